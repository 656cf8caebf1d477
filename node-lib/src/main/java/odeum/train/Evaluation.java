package odeum.train;

import odeum.nn.Parameters;

/**
 * A loss and its derivative.
 *
 * @param value the loss, the mean over the batch
 * @param gradient the derivative by each parameter, under the parameters' names
 */
public record Evaluation(double value, Parameters gradient) {
  /** {@return whether loss and gradient are numbers} */
  public boolean isFinite() {
    return Double.isFinite(value) && Double.isFinite(gradient.norm());
  }
}
