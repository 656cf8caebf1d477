package odeum.solver;

import odeum.term.Term;

/**
 * Takes steps of a method that were taken before, with the same bits: from
 * the same state, start and end. Each stage is evaluated once, in the order of the tableau. For one
 * thread.
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

  /** Goes to a state; its slope is not known. */
  public void moveTo(double t, double[] state) {
    step.moveTo(t, state);
  }

  /** {@return how many rows a step takes over from the one before, besides the state} */
  public int carriedRows() {
    return step.carriedRows();
  }

  /**
   * Goes to a state with the rows that a step takes over.
   *
   * @param rows the state, then those rows
   */
  public void resume(double t, double[] rows) {
    step.moveTo(t, rows);
    step.carry(rows, step.size());
  }

  /** Copies the state at the start of the step and the rows it takes over. */
  public void rows(double[] target) {
    step.slope();
    int n = step.size();
    System.arraycopy(step.before(), 0, target, 0, n);
    for (int i = 0; i < step.carriedRows(); i++) {
      System.arraycopy(step.stages()[i], 0, target, (i + 1) * n, n);
    }
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

  /** Copies the state at the end of the step. */
  public void after(double[] target, int offset) {
    System.arraycopy(step.after(), 0, target, offset, step.size());
  }
}
