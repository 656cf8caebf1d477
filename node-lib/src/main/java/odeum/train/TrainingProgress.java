package odeum.train;

import java.util.OptionalDouble;
import odeum.nn.Parameters;

/**
 * Where a training is, after an epoch.
 *
 * @param epoch epochs done; 0 before the first
 * @param epochs epochs wanted in all
 * @param optimizer the method's name
 * @param loss the present loss
 * @param validation the loss of the validation samples, if there are any
 * @param best the smallest loss so far; of the validation samples, if there are any
 * @param parameters the present parameters
 * @param bestParameters the parameters of the smallest loss
 * @param seconds time since the start
 * @param start which of the points to start from it is, counted from 1
 * @param starts how many there are
 */
public record TrainingProgress(
    int epoch,
    int epochs,
    String optimizer,
    double loss,
    OptionalDouble validation,
    double best,
    Parameters parameters,
    Parameters bestParameters,
    double seconds,
    int start,
    int starts) {

  /** {@return this progress, where an earlier start may be the best} */
  TrainingProgress with(TrainingState.Kept kept) {
    return best < kept.loss()
        ? this
        : new TrainingProgress(
            epoch,
            epochs,
            optimizer,
            loss,
            validation,
            kept.loss(),
            parameters,
            kept.parameters(),
            seconds,
            start,
            starts);
  }
}
