package odeum.adjoint;

import odeum.compile.Pullback;

/**
 * Steps of a reversible method: each has one evaluation, and takes rows over from the one before
 * unless it begins afresh. Their stages are those rows, then the evaluation.
 */
sealed interface CarriedSteps extends TapedSteps permits CarriedTape, CarriedWindow {
  /** Whether a step took nothing over: its slope is that of its state. */
  boolean isFresh(int step);

  /** What the evaluation of a step left; to be used before another step is asked for. */
  Pullback.Frame frame(int step);

  /** What the evaluation of the slope at the start of a fresh step left. */
  Pullback.Frame opening(int step);

  /** What the frames are to be gone back through with. */
  Pullback.Run run();
}
