package odeum.solver;

import odeum.term.Term;

/** Explicit Runge-Kutta steps from time to time. */
final class RungeKuttaPropagator implements Propagator {
  private final Interrupt interrupt;
  private final int maxSteps;
  private final RungeKuttaStep step;
  private final StepSequence sequence;
  private int accepted;
  private int rejected;

  RungeKuttaPropagator(Settings settings, ExplicitRungeKutta solver, Term term) {
    this.interrupt = new Interrupt(settings.interrupts());
    this.maxSteps = settings.maxSteps();
    this.step = new RungeKuttaStep(solver.tableau(), term.open(), term.size());
    this.sequence = settings.sequence(solver.tableau(), term.size());
  }

  @Override
  public Result advance(double from, double to, double[] state) {
    ProblemCheck.checkSpan(from, to);
    if (!RungeKuttaStep.isFinite(state)) {
      return Result.NOT_FINITE;
    }
    if (from == to) {
      return Result.SUCCESS;
    }
    step.moveTo(from, state);
    sequence.begin(step, to);
    Result result = null;
    for (int tried = 0; result == null; tried++) {
      result = tried == maxSteps ? Result.MAX_STEPS_REACHED : tryStep(to);
    }
    System.arraycopy(step.before(), 0, state, 0, state.length);
    return result;
  }

  /** Tries a step; how the solve ended, or null to go on. */
  private Result tryStep(double to) {
    if (interrupt.requested()) {
      return Result.INTERRUPTED;
    }
    step.attempt(sequence.next(step.start()));
    StepSequence.Verdict verdict = sequence.judge(step);
    if (verdict != StepSequence.Verdict.ACCEPT) {
      rejected++;
      return switch (verdict) {
        case TOO_SMALL -> Result.STEP_TOO_SMALL;
        case NOT_FINITE -> Result.NOT_FINITE;
        case ACCEPT, REJECT -> null;
      };
    }
    accepted++;
    step.advance();
    return step.start() == to ? Result.SUCCESS : null;
  }

  @Override
  public void restart() {
    sequence.forget();
  }

  @Override
  public Statistics statistics() {
    return new Statistics(accepted, rejected, step.evaluations());
  }
}
