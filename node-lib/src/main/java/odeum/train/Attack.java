package odeum.train;

import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * A disturbance of the inputs of a model, to see how much of it the model stands. It needs nothing
 * of the model but its loss, whose gradient by the inputs says where they hurt most. Immutable.
 *
 * <pre>{@code
 * Dataset noisy = Attack.gaussian(0.3).within(0, 1).on(data, "x", RandomKey.of(0));
 * Dataset worst = Attack.fastGradient(0.1).within(0, 1)
 *     .on(data, "x", model.objective(), model.parameters(), RandomKey.of(0));
 * double accuracy = model.accuracy(worst);
 * }</pre>
 */
public final class Attack {
  private static final int MOST_AT_ONCE = 512;

  private enum Start {
    AT_THE_INPUT,
    NORMAL,
    UNIFORM
  }

  private final Start start;
  private final double size;
  private final double step;
  private final int steps;
  private final double low;
  private final double high;

  private Attack(Start start, double size, double step, int steps, double low, double high) {
    Require.that(size >= 0, "The size of a disturbance cannot be negative, got %s.", size);
    Require.that(step >= 0, "The step of an attack cannot be negative, got %s.", step);
    Require.that(steps >= 0, "The number of steps cannot be negative, got %s.", steps);
    this.start = start;
    this.size = size;
    this.step = step;
    this.steps = steps;
    this.low = low;
    this.high = high;
  }

  private static Attack unbounded(Start start, double size, double step, int steps) {
    return new Attack(start, size, step, steps, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** {@return normal noise on each value, which knows nothing of the model} */
  public static Attack gaussian(double standardDeviation) {
    return unbounded(Start.NORMAL, standardDeviation, 0, 0);
  }

  /**
   * {@return one step of this size of each value in the direction in which the loss grows} The fast
   * gradient sign method (FGSM): Goodfellow et al. 2015, arXiv:1412.6572.
   */
  public static Attack fastGradient(double size) {
    return unbounded(Start.AT_THE_INPUT, size, size, 1);
  }

  /**
   * {@return many such steps, from a random start, each brought back to within {@code size} of the
   * value it began with} Projected gradient descent (PGD): Madry et al. 2018, arXiv:1706.06083.
   *
   * @param size how far a value may be moved
   * @param step how far one step moves it
   * @param steps how many steps there are
   */
  public static Attack projectedGradient(double size, double step, int steps) {
    return unbounded(Start.UNIFORM, size, step, steps);
  }

  /** {@return this attack with values kept in a range, as those of pixels are} */
  public Attack within(double lowest, double highest) {
    if (!(lowest <= highest)) {
      throw new IllegalArgumentException(
          "A range goes from its lower end up, got %s and %s.".formatted(lowest, highest));
    }
    return new Attack(start, size, step, steps, lowest, highest);
  }

  /**
   * {@return the data with a field disturbed by noise}
   *
   * @throws IllegalStateException if this attack asks for a gradient
   */
  public Dataset on(Dataset data, String field, RandomKey key) {
    if (steps > 0) {
      throw new IllegalStateException(
          "This attack follows the gradient of a loss: say on(data, field, loss, parameters,"
              + " key).");
    }
    return started(data, field, key);
  }

  /**
   * {@return the data with a field disturbed so that the loss grows}
   *
   * @param field the inputs that are changed; the others stay
   * @param loss the loss of one sample, as it was trained on or another
   * @param parameters of the model
   * @param key where random numbers come from
   */
  public Dataset on(
      Dataset data, String field, Objective loss, Parameters parameters, RandomKey key) {
    Dataset attacked = started(data, field, key);
    if (steps == 0) {
      return attacked;
    }
    Tensor inputs = data.all().field(field);
    InputGradients gradients = InputGradients.of(loss, parameters, data.structure(), field);
    for (int i = 0; i < steps; i++) {
      double[] moved = attacked.all().field(field).toArray();
      double[] direction = gradients.at(attacked, MOST_AT_ONCE);
      for (int j = 0; j < moved.length; j++) {
        double near = moved[j] + step * Math.signum(direction[j]);
        double middle = inputs.at(j);
        // The ends are reached exactly, though the sums are rounded.
        moved[j] = bounded(Math.clamp(near, middle - size, middle + size));
      }
      attacked = attacked.with(field, Tensor.of(inputs.shape(), moved));
    }
    return attacked;
  }

  private Dataset started(Dataset data, String field, RandomKey key) {
    Structure.Part part = data.structure().part(field);
    Shape shape = part.shape().prepend(data.size());
    double[] values = data.all().field(field).toArray();
    double[] noise =
        switch (start) {
          case AT_THE_INPUT -> new double[values.length];
          case NORMAL -> key.normal(shape).toArray();
          case UNIFORM -> key.uniform(shape, -1, 1).toArray();
        };
    for (int j = 0; j < values.length; j++) {
      values[j] = bounded(values[j] + size * noise[j]);
    }
    return data.with(field, Tensor.of(shape, values));
  }

  private double bounded(double value) {
    return Double.isNaN(value) ? value : Math.clamp(value, low, high);
  }

  @Override
  public String toString() {
    String range = Double.isInfinite(low) ? "" : ", within %s .. %s".formatted(low, high);
    return switch (start) {
      case NORMAL -> "gaussian(%s)%s".formatted(size, range);
      case AT_THE_INPUT -> "fastGradient(%s)%s".formatted(size, range);
      case UNIFORM -> "projectedGradient(%s, %s, %s)%s".formatted(size, step, steps, range);
    };
  }
}
