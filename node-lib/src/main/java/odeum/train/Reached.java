package odeum.train;

import java.util.function.Supplier;
import odeum.tensor.Tensor;

/** A point from which the training can go on later; its memory is asked for only then. */
record Reached(
    StageStart stage,
    int epochs,
    boolean ended,
    Tensor position,
    Supplier<OptimizerMemory> memory) {
  static Reached start(StageStart stage) {
    return new Reached(stage, stage.epochs(), false, stage.position(), stage::memory);
  }

  TrainingState.Stage saved() {
    return new TrainingState.Stage(
        stage.number(), epochs, ended, stage.start(), position, memory.get());
  }
}
