package odeum.adjoint;

import odeum.solver.StepListener;
import odeum.term.OdeTerm;

/** The accepted steps of one solve, as its derivatives go through them: forward or back. */
sealed interface TapedSteps extends StepListener, TimedSteps
    permits FramedSteps, CarriedSteps, SwitchedTape {
  /**
   * Forgets the last solve and prepares for one of a term.
   *
   * @param end where the solve is to end
   * @return the term to solve
   */
  OdeTerm begin(OdeTerm term, double end);

  /** Copies the state before a step. */
  void state(int step, double[] target);

  /** Copies a stage of a step. */
  void stage(int step, int stage, double[] target);

  /** Computes the slope of the dense output of a step. */
  void slope(int step, double theta, double[] target);

  /** The step that computed the state at a time: the first one that does not end before it. */
  default int stepAt(double time, int from) {
    int step = from;
    while (step < steps() - 1 && past(step, time)) {
      step++;
    }
    return step;
  }

  private boolean past(int step, double time) {
    double end = time(step + 1);
    return length(step) > 0 ? time > end : time < end;
  }
}
