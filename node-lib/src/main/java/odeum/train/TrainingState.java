package odeum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.nn.Parameters;
import odeum.tensor.Tensor;

/**
 * All that a training needs to go on later as if it had never stopped: plain data, see {@link
 * Trainer#checkpoint} and {@link Trainer#resume}. Methods that step, and L-BFGS, go on after their
 * last epoch; Levenberg-Marquardt and CMA-ES begin their stage again.
 *
 * @param seed the seed of random numbers
 * @param best the parameters of the smallest loss
 * @param bestLoss the smallest loss; of the validation samples, if there are any
 * @param bestEpoch the epoch of the smallest loss; 0 is the start
 * @param history what happened so far
 * @param stage where the present method is
 * @param training what the training was set to, as texts by name: {@link Trainer#resume} refuses
 *     the state of another one; nothing fits any
 * @param starts what came of the points it started from before, see {@link Trainer#starts}
 */
public record TrainingState(
    long seed,
    Parameters best,
    double bestLoss,
    int bestEpoch,
    TrainingHistory history,
    Stage stage,
    Map<String, String> training,
    Starts starts) {
  public TrainingState {
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
  }

  /**
   * Where a method is.
   *
   * @param number which of the methods in turn it is, counted from 0
   * @param epochs how many epochs it has done
   * @param ended whether it has converged, so that the next one is in turn
   * @param start the parameters it began with, the best of before
   * @param position where it is, as the method counts: without limits, the present parameters
   * @param memory what the method remembers
   */
  public record Stage(
      int number,
      int epochs,
      boolean ended,
      Parameters start,
      Tensor position,
      OptimizerMemory memory) {}

  /**
   * What came of the points that a training started from before the present one.
   *
   * @param done how it went from each
   * @param best what the best of them gave, if there were any
   */
  public record Starts(List<TrainingStart> done, Optional<Kept> best) {
    /** There were none. */
    public static final Starts NONE = new Starts(List.of(), Optional.empty());

    public Starts {
      done = List.copyOf(done);
    }

    /** {@return how long they took} */
    double seconds() {
      return done.stream().mapToDouble(TrainingStart::seconds).sum();
    }
  }

  /**
   * What is kept of the best start.
   *
   * @param number which start it is, counted from 1
   * @param parameters the parameters of the smallest loss
   * @param loss the smallest loss; of the validation samples, if there are any
   * @param epoch the epoch of the smallest loss; 0 is the start
   * @param history what happened there
   */
  public record Kept(
      int number, Parameters parameters, double loss, int epoch, TrainingHistory history) {}

  /** {@return this state after other starts} */
  TrainingState with(Starts before) {
    return new TrainingState(seed, best, bestLoss, bestEpoch, history, stage, training, before);
  }

  /** {@return how many epochs were done} */
  public int epoch() {
    return history.size();
  }

  /** {@return where it is, without what it remembers} */
  @Override
  public String toString() {
    return "state of a training after %s epoch%s, seed %s, smallest loss %s after epoch %s"
        .formatted(epoch(), epoch() == 1 ? "" : "s", seed, bestLoss, bestEpoch);
  }
}
