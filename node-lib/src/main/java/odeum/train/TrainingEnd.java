package odeum.train;

/** Why a training ended. */
public enum TrainingEnd {
  /** All epochs were done. */
  FINISHED,
  /** The method found no better parameters: a minimum, to its tolerance. */
  CONVERGED,
  /** The loss did not become smaller for as many epochs as the patience allows. */
  NO_PROGRESS,
  /** The time was up. */
  OUT_OF_TIME,
  /** Someone stopped it. */
  INTERRUPTED,
  /** The loss or its gradient was no longer a number. */
  NOT_FINITE
}
