package odeum.solver;

import java.util.Locale;

/**
 * Steps of one size. The last is shortened to end at the end; a rest below a thousandth of a step
 * is added to the last step instead.
 *
 * @param size the step, positive in either direction of time
 */
public record FixedStep(double size) implements StepSizeController {
  public FixedStep {
    if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A fixed step is a positive number, also backward in time; got %s.",
              size));
    }
  }
}
