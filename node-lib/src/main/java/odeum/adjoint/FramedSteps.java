package odeum.adjoint;

import odeum.compile.Pullback;

/** Steps whose evaluations left frames to go back through. */
sealed interface FramedSteps extends TapedSteps permits Tape, CheckpointTape {
  /** What the evaluation of a stage left; to be used before another step is asked for. */
  Pullback.Frame frame(int step, int stage);

  /** What the frames are to be gone back through with. */
  Pullback.Run run();
}
