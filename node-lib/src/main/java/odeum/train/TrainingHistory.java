package odeum.train;

import java.util.List;

/**
 * How a training went.
 *
 * @param startLoss the loss at the start
 * @param epochs what happened in each epoch, in order
 */
public record TrainingHistory(double startLoss, List<Epoch> epochs) {
  public TrainingHistory {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the data, or one iteration of a whole-batch method.
   *
   * @param number counted from 1, through all stages
   * @param loss the loss after it; with several batches, their mean as they were met
   * @param best the smallest loss so far
   * @param seconds time since the start
   * @param optimizer the method's name
   */
  public record Epoch(int number, double loss, double best, double seconds, String optimizer) {}

  /** {@return the loss after each epoch} */
  public double[] losses() {
    return epochs.stream().mapToDouble(Epoch::loss).toArray();
  }

  /** {@return the smallest loss up to each epoch} */
  public double[] bests() {
    return epochs.stream().mapToDouble(Epoch::best).toArray();
  }

  /** {@return how many epochs were done} */
  public int size() {
    return epochs.size();
  }
}
