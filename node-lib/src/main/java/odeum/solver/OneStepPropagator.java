package odeum.solver;

import odeum.term.Term;

/** Steps of a method of our own from time to time. */
final class OneStepPropagator implements Propagator {
  private final Interrupt interrupt;
  private final int maxSteps;
  private final Stepper step;
  private final StepSequence sequence;
  private int accepted;
  private int rejected;

  OneStepPropagator(Settings settings, OneStepMethod solver, Term term) {
    this.interrupt = settings.interrupt();
    this.maxSteps = settings.maxSteps();
    this.step = Steppers.open(solver, term, settings.controller());
    this.sequence = settings.sequence(solver, term.size());
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
    Result stop = interrupt.requested();
    if (stop != null) {
      return stop;
    }
    step.attempt(sequence.next(step.start()));
    StepSequence.Verdict verdict = sequence.judge(step);
    if (verdict != StepSequence.Verdict.ACCEPT) {
      rejected++;
      return switch (verdict) {
        case TOO_SMALL -> Result.STEP_TOO_SMALL;
        case NOT_FINITE -> Result.NOT_FINITE;
        case NOT_SOLVED -> Result.NOT_SOLVED;
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
