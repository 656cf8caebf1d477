package odeum.train;

import java.util.Locale;
import odeum.tensor.RandomKey;

/**
 * How a field of a data set gets new values for each batch: noise of an estimator, or a weight that
 * grows while a training goes on. The values depend on the training's seed, the epoch and the batch
 * only, so a training that is resumed draws what it would have drawn.
 *
 * <pre>{@code
 * Dataset data = Dataset.samples("x", x)
 *     .and("noise", Shape.of(4), Drawn.normal())           // four numbers for each sample
 *     .and("end", Shape.of(), Drawn.uniform(0.5, 1.5).shared())  // one for the whole batch
 *     .and("weight", Shape.of(), Drawn.ramp(0, 1, 100));   // 0 at first, 1 from epoch 100 on
 * }</pre>
 *
 * <p>Losses of different draws cannot be compared, so without a validation a training hands out its
 * last parameters, not those with the smallest loss, and patience has no effect.
 *
 * <p>What is computed for all samples at once, outside any epoch (the loss at the start, of a
 * validation, in a method that needs the whole data), always has the same draw, and ramps at their
 * end.
 */
public final class Drawn {
  private enum Kind {
    NORMAL,
    RADEMACHER,
    UNIFORM,
    RAMP
  }

  private final Kind kind;
  private final double from;
  private final double to;
  private final int epochs;
  private final boolean shared;

  private Drawn(Kind kind, double from, double to, int epochs, boolean shared) {
    this.kind = kind;
    this.from = from;
    this.to = to;
    this.epochs = epochs;
    this.shared = shared;
  }

  /** {@return standard normal numbers} */
  public static Drawn normal() {
    return new Drawn(Kind.NORMAL, 0, 1, 0, false);
  }

  /** {@return -1 or 1, each as often} */
  public static Drawn rademacher() {
    return new Drawn(Kind.RADEMACHER, -1, 1, 0, false);
  }

  /** {@return numbers spread evenly over (low, high)} */
  public static Drawn uniform(double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          "Numbers are drawn between a low and a higher end, got %s and %s.".formatted(low, high));
    }
    return new Drawn(Kind.UNIFORM, low, high, 0, false);
  }

  /**
   * {@return a number that goes evenly from one value to another during the first epochs, and then
   * stays} All samples share it.
   */
  public static Drawn ramp(double from, double to, int epochs) {
    Require.that(epochs > 0, "A ramp takes one epoch or more, got %s.", epochs);
    return new Drawn(Kind.RAMP, from, to, epochs, true);
  }

  /** {@return the same numbers, but one draw for all samples of a batch} */
  public Drawn shared() {
    return new Drawn(kind, from, to, epochs, true);
  }

  boolean isShared() {
    return shared;
  }

  /** {@return number {@code counter} of a key, in an epoch counted from 0} */
  double value(RandomKey key, long counter, int epoch) {
    return switch (kind) {
      case NORMAL -> key.normal(counter);
      case RADEMACHER -> key.bits(counter) < 0 ? -1 : 1;
      case UNIFORM -> from + (to - from) * key.uniform(counter);
      case RAMP -> from + (to - from) * Math.min(1, (double) epoch / epochs);
    };
  }

  @Override
  public String toString() {
    String text =
        switch (kind) {
          case NORMAL -> "normal";
          case RADEMACHER -> "rademacher";
          case UNIFORM -> String.format(Locale.ROOT, "uniform(%s, %s)", from, to);
          case RAMP -> String.format(Locale.ROOT, "ramp(%s, %s, %d epochs)", from, to, epochs);
        };
    return shared && kind != Kind.RAMP ? "shared " + text : text;
  }
}
