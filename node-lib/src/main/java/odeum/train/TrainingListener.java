package odeum.train;

/** Is told how a training goes. It runs on the training thread, so it should be quick. */
@FunctionalInterface
public interface TrainingListener {
  /** Called before the first epoch and after each one. */
  void epoch(TrainingProgress progress);
}
