package odeum.train;

import java.util.List;
import odeum.nn.NetFunction;
import odeum.nn.Networks;
import odeum.nn.Parameters;

/**
 * What a training gave.
 *
 * @param model the model with the best parameters
 * @param best the parameters of the smallest loss
 * @param loss the smallest loss; of the validation samples, if there are any
 * @param bestEpoch the epoch of the smallest loss; 0 is the start
 * @param history the loss after each epoch
 * @param end why it ended
 * @param message how it ended, in a sentence
 * @param seed the seed of random numbers
 * @param seconds how long it took, in all
 * @param state from where {@link Trainer#resume} goes on
 * @param starts how it went from each point it started from; see {@link Trainer#starts}
 * @param <M> the model
 */
public record TrainingResult<M>(
    M model,
    Parameters best,
    double loss,
    int bestEpoch,
    TrainingHistory history,
    TrainingEnd end,
    String message,
    long seed,
    double seconds,
    TrainingState state,
    List<TrainingStart> starts) {
  public TrainingResult {
    starts = List.copyOf(starts);
  }

  /** {@return the loss after each epoch} */
  public double[] losses() {
    return history.losses();
  }

  /** {@return the loss of the validation samples after each epoch; empty if there are none} */
  public double[] validationLosses() {
    return history.validationLosses();
  }

  /** {@return the best value of a parameter that is a number} */
  public double parameter(String name) {
    return best.get(name);
  }

  /** {@return a trained network of the model, as a plain function of numbers} */
  public NetFunction net(String name) {
    if (model instanceof Networks networks) {
      return networks.net(name);
    }
    throw new IllegalStateException("The trained model has no networks with names.");
  }

  /** {@return how many epochs were done} */
  public int epochs() {
    return history.size();
  }

  /** {@return whether someone stopped it before its end} */
  public boolean interrupted() {
    return end == TrainingEnd.INTERRUPTED;
  }

  /** {@return loss, end and parameters} */
  @Override
  public String toString() {
    return "loss %s: %s\n%s".formatted(loss, message, best);
  }
}
