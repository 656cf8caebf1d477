package odeum.solver;

import java.util.Locale;
import odeum.tensor.Tensor;

/**
 * Where a system comes to rest, and how that was found.
 *
 * @param y the state; if none was found, how far the solve got
 * @param residual the largest {@code |f(t, y)|} of all values there
 * @param outcome how it was found, or that it was not
 * @param solution the way there in time: start and end
 * @param message how it ended, in a sentence: where, why, what to try
 */
public record SteadyState(
    Tensor y, double residual, Outcome outcome, Solution solution, String message) {
  /** How a steady state was found. */
  public enum Outcome {
    /** The solve settled, and Newton's method took the state to rounding. */
    POLISHED,

    /** The solve settled; Newton's method did not converge, the state is what came closest. */
    SETTLED,

    /** The solve did not settle. */
    NOT_FOUND
  }

  /** {@return whether y is a steady state} */
  public boolean isFound() {
    return outcome != Outcome.NOT_FOUND;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %s", message, y);
  }
}
