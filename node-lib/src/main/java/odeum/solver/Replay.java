package odeum.solver;

import odeum.term.Term;

/**
 * Takes steps that were taken before, with the same bits: from the same state, start and end. Each
 * stage is evaluated once, in the order of the tableau. For one thread.
 */
public final class Replay {
  private final Stepper step;

  private Replay(Stepper step) {
    this.step = step;
  }

  /** {@return a replay of steps of a term} */
  public static Replay of(OneStepMethod solver, Term term, StepSizeController controller) {
    return new Replay(Steppers.open(solver, term, controller));
  }

  /**
   * Goes to a state.
   *
   * @param values the state, then the rows that a step takes over from the one before; without such
   *     rows nothing is known of the slope
   */
  public void moveTo(double t, double[] values) {
    step.moveTo(t, values);
    if (step.carriedRows() > 0) {
      step.carry(values, step.size());
    }
  }

  /** Goes to a state and evaluates the slope there, as a solve begins. */
  public void restart(double t, double[] state) {
    step.moveTo(t, state);
    step.slope();
  }

  /** Takes the step from there to an end, as far as the state at the end needs it. */
  public void attempt(double end) {
    step.attempt(end);
  }

  /** Evaluates the stages of this step that come first, up to a count, unless they are there. */
  public void evaluate(int count) {
    step.evaluateUpTo(count);
  }

  /** Goes to the end of this step; a slope known there is the first stage of the next. */
  public void advance() {
    step.advance();
  }

  /** {@return the start of the step} */
  public double start() {
    return step.start();
  }

  /** Copies the state at the start of the step. */
  public void before(double[] target, int offset) {
    System.arraycopy(step.before(), 0, target, offset, step.size());
  }

  /** Copies the state at the start, and the rows that a step takes over from the one before. */
  public void copyStart(double[] target) {
    before(target, 0);
    for (int row = 0; row < step.carriedRows(); row++) {
      System.arraycopy(step.stages()[row], 0, target, (1 + row) * step.size(), step.size());
    }
  }

  /**
   * Copies the stages that are there.
   *
   * @return how many
   */
  public int copyStages(double[][] target) {
    for (int i = 0; i < step.evaluated(); i++) {
      System.arraycopy(step.stages()[i], 0, target[i], 0, step.size());
    }
    return step.evaluated();
  }

  /** Copies the state at the end of the step. */
  public void after(double[] target, int offset) {
    System.arraycopy(step.after(), 0, target, offset, step.size());
  }
}
