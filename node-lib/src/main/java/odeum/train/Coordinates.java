package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.nn.Parameters;
import odeum.simd.Elementary;
import odeum.tensor.Structure;

/**
 * The unbounded numbers that an optimiser moves, and the parameters they stand for (see {@link
 * Bounds}). At the start every coordinate moves its parameter by one unit per unit.
 */
final class Coordinates {
  private final Parameters start;
  private final List<Axis> axes;

  private Coordinates(Parameters start, List<Axis> axes) {
    this.start = start;
    this.axes = axes;
  }

  /**
   * {@return the coordinates around a start}
   *
   * @param relative whether parameters that are numbers count in units of their size at the start.
   *     Rates and populations differ by orders of magnitude; the weights of networks do not.
   */
  static Coordinates of(Parameters start, Bounds bounds, boolean relative) {
    bounds.intervals().keySet().forEach(name -> start.structure().part(name));
    List<Axis> axes = new ArrayList<>();
    for (Structure.Part part : start.structure().parts()) {
      for (int i = 0; i < part.shape().size(); i++) {
        double value = start.flat().at(part.offset() + i);
        boolean scaled = relative && part.shape().rank() == 0 && value != 0;
        axes.add(axis(part.name(), value, scaled ? Math.abs(value) : 1, bounds));
      }
    }
    return new Coordinates(start, axes);
  }

  private static Axis axis(String name, double value, double unit, Bounds bounds) {
    Bounds.Interval limits = bounds.interval(name);
    if (!limits.contains(value)) {
      throw new IllegalArgumentException(
          "The start of '%s' is %s, outside of its limits %s.".formatted(name, value, limits));
    }
    boolean below = Double.isFinite(limits.low());
    boolean above = Double.isFinite(limits.high());
    if (below && above) {
      return Between.of(limits.low(), limits.high(), value, unit);
    }
    if (below) {
      return OneSided.of(limits.low(), 1, value, unit);
    }
    return above ? OneSided.of(limits.high(), -1, value, unit) : new Free(value / unit, unit);
  }

  double[] start() {
    return axes.stream().mapToDouble(Axis::start).toArray();
  }

  Parameters at(double[] u) {
    double[] values = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      values[i] = axes.get(i).value(u[i]);
    }
    return start.withFlat(values);
  }

  /** {@return the derivative of each parameter by its coordinate} */
  double[] slopes(double[] u) {
    double[] slopes = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      slopes[i] = axes.get(i).slope(u[i]);
    }
    return slopes;
  }

  /** One coordinate. */
  private sealed interface Axis {
    double start();

    double value(double u);

    double slope(double u);
  }

  private record Free(double start, double unit) implements Axis {
    @Override
    public double value(double u) {
      return u * unit;
    }

    @Override
    public double slope(double u) {
      return unit;
    }
  }

  /** The angle is {@code stretch * u}. */
  private record Between(double low, double high, double start, double stretch) implements Axis {
    static Between of(double low, double high, double value, double unit) {
      double half = 0.5 * (high - low);
      double nudged = Math.clamp(value, low + 2e-3 * half, high - 2e-3 * half);
      double sine = (nudged - low) / half - 1;
      double stretch = unit / (half * Math.sqrt(1 - sine * sine));
      return new Between(low, high, StrictMath.asin(sine) / stretch, stretch);
    }

    @Override
    public double value(double u) {
      double half = 0.5 * (high - low);
      return Math.clamp(low + half * (1 + Elementary.sin(stretch * u)), low, high);
    }

    @Override
    public double slope(double u) {
      return 0.5 * (high - low) * stretch * Elementary.cos(stretch * u);
    }
  }

  /** Side 1 is above the limit, -1 below. The scale is the distance at the start. */
  private record OneSided(double limit, int side, double scale, double start, double stretch)
      implements Axis {
    static OneSided of(double limit, int side, double value, double unit) {
      double distance = side * (value - limit);
      double scale = distance > 0 ? distance : 1e-3 * Math.max(1, Math.abs(limit));
      // At the start the root is 2, so its argument's u is the root of 3.
      double u = Math.sqrt(3);
      double stretch = unit * 2 / (scale * u);
      return new OneSided(limit, side, scale, side * u / stretch, side * stretch);
    }

    @Override
    public double value(double u) {
      double angle = stretch * u;
      double value = limit + side * scale * (Math.sqrt(1 + angle * angle) - 1);
      return side > 0 ? Math.max(limit, value) : Math.min(limit, value);
    }

    @Override
    public double slope(double u) {
      double angle = stretch * u;
      return side * scale * stretch * angle / Math.sqrt(1 + angle * angle);
    }
  }
}
