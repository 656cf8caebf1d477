package odeum.nonlinear;

import odeum.tensor.Tensor;

/**
 * Where a search for a root ended.
 *
 * @param y the root; if the search failed, the last point it accepted
 * @param outcome how it ended
 * @param steps how many steps were taken
 * @param correction the largest part of the last correction in units of the tolerances: at most 1
 *     at a root; NaN if none was computed
 */
public record Root(Tensor y, Outcome outcome, int steps, double correction) {
  /** How a search ended. */
  public enum Outcome {
    /** The last correction is within the tolerances. */
    FOUND("found"),

    /** The derivative cannot be inverted here. */
    SINGULAR(
        "the derivative is singular here: a conserved quantity, or a fold. Fix one state, or start elsewhere"),

    /** No step in the direction of Newton comes closer. */
    STUCK("no step comes closer. Start elsewhere, or solve for long and start from the end"),

    /** The function gave no finite number at the start. */
    NOT_FINITE("the function is no finite number here. Start elsewhere"),

    /** The number of steps was not enough. */
    TOO_MANY_STEPS("there were too many steps. Allow more, or start closer");

    private final String message;

    Outcome(String message) {
      this.message = message;
    }

    /** {@return what happened, and what to try} */
    public String message() {
      return message;
    }
  }

  /** {@return whether y is a root} */
  public boolean isFound() {
    return outcome == Outcome.FOUND;
  }
}
