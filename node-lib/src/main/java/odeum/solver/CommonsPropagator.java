package odeum.solver;

import java.util.OptionalDouble;
import odeum.term.Term;

/** A black box from time to time. */
final class CommonsPropagator implements Propagator, CommonsRun.Observer {
  private final Settings settings;
  private final CommonsRun run;
  private double last;
  private double beforeLast;

  CommonsPropagator(Settings settings, CommonsSolver solver, Term term) {
    this.settings = settings;
    this.run = new CommonsRun(solver, settings, term.open(), term.size(), this);
  }

  @Override
  public Result advance(double from, double to, double[] state) {
    ProblemCheck.checkSpan(from, to);
    if (!Stepper.isFinite(state)) {
      return Result.NOT_FINITE;
    }
    if (from == to) {
      return Result.SUCCESS;
    }
    run.restart();
    Result result = run.solve(from, to, state, first());
    System.arraycopy(run.step().after(), 0, state, 0, state.length);
    return result;
  }

  /** The larger of the last two steps: the last one may have been shortened to end at the end. */
  private OptionalDouble first() {
    return last == 0 ? settings.first() : OptionalDouble.of(Math.max(last, beforeLast));
  }

  @Override
  public boolean stopsAt(CommonsStep step) {
    beforeLast = last;
    last = Math.abs(step.step());
    return false;
  }

  @Override
  public void restart() {
    last = 0;
    beforeLast = 0;
  }

  @Override
  public Statistics statistics() {
    return run.statistics();
  }
}
