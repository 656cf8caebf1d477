package odeum.train;

import java.util.List;
import java.util.OptionalDouble;

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
   * @param validation the loss of the validation samples after it, if there are any
   * @param best the smallest loss so far; of the validation samples, if there are any
   * @param seconds training time since the start
   * @param optimizer the method's name
   */
  public record Epoch(
      int number,
      double loss,
      OptionalDouble validation,
      double best,
      double seconds,
      String optimizer) {}

  /** {@return the loss after each epoch} */
  public double[] losses() {
    return epochs.stream().mapToDouble(Epoch::loss).toArray();
  }

  /** {@return the loss of the validation samples after each epoch; empty if there are none} */
  public double[] validationLosses() {
    return epochs.stream().map(Epoch::validation).flatMapToDouble(OptionalDouble::stream).toArray();
  }

  /** {@return the smallest loss up to each epoch} */
  public double[] bests() {
    return epochs.stream().mapToDouble(Epoch::best).toArray();
  }

  /** {@return the seconds since the start at the end of each epoch} */
  public double[] seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).toArray();
  }

  /** {@return how many epochs were done} */
  public int size() {
    return epochs.size();
  }

  /** {@return how many epochs, and where they led} */
  @Override
  public String toString() {
    if (epochs.isEmpty()) {
      return "no epochs, loss %s at the start".formatted(startLoss);
    }
    return "%s epoch%s, loss %s at the start, %s after the last, %s at best"
        .formatted(
            size(),
            size() == 1 ? "" : "s",
            startLoss,
            epochs.getLast().loss(),
            epochs.getLast().best());
  }
}
