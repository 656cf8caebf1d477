package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.nn.Parameters;
import odeum.simd.Elementary;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * The unbounded numbers that an optimiser moves, and the parameters they stand for (see {@link
 * Limits}). A coordinate never moves its parameter faster than without limits, so learning rates
 * that are right without limits are right with them.
 */
final class Coordinates {
  private final Parameters start;
  private final List<Axis> axes;
  private final boolean same;

  private Coordinates(Parameters start, List<Axis> axes) {
    this.start = start;
    this.axes = axes;
    this.same = axes.stream().allMatch(axis -> axis instanceof Free free && free.unit == 1);
  }

  /**
   * {@return the coordinates around a start}
   *
   * @param relative whether parameters that are numbers count in units of their size at the start.
   *     Rates and populations differ by orders of magnitude; the weights of networks do not.
   */
  static Coordinates of(Parameters start, Limits limits, boolean relative) {
    limits.intervals().keySet().forEach(name -> start.structure().part(name));
    List<Axis> axes = new ArrayList<>();
    for (Structure.Part part : start.structure().parts()) {
      for (int i = 0; i < part.shape().size(); i++) {
        double value = start.flat().at(part.offset() + i);
        boolean scaled = relative && part.shape().rank() == 0 && value != 0;
        axes.add(axis(part.name(), value, scaled ? Math.abs(value) : 1, limits));
      }
    }
    return new Coordinates(start, axes);
  }

  private static Axis axis(String name, double value, double unit, Limits limits) {
    Limits.Interval interval = limits.interval(name);
    if (!interval.contains(value)) {
      throw new IllegalArgumentException(
          "The start of '%s' is %s, outside of its limits %s.".formatted(name, value, interval));
    }
    boolean below = Double.isFinite(interval.low());
    boolean above = Double.isFinite(interval.high());
    if (below && above) {
      return Between.of(interval.low(), interval.high(), value, unit);
    }
    if (below) {
      return OneSided.of(interval.low(), 1, value, unit);
    }
    return above ? OneSided.of(interval.high(), -1, value, unit) : new Free(value / unit, unit);
  }

  double[] start() {
    return axes.stream().mapToDouble(Axis::start).toArray();
  }

  /** {@return the parameters at a point; the vector itself if no parameter has limits or a unit} */
  Parameters at(Tensor u) {
    return same ? Parameters.of(start.structure(), u) : at(u.toArray());
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

  /** {@return the derivative by the coordinates, from the one by the parameters} */
  Parameters gradient(Tensor u, Parameters byParameter) {
    return same ? byParameter : byParameter.withFlat(gradient(u.toArray(), byParameter));
  }

  /** {@return the derivative by the coordinates, from the one by the parameters} */
  double[] gradient(double[] u, Parameters byParameter) {
    double[] products = slopes(u);
    for (int i = 0; i < products.length; i++) {
      products[i] *= byParameter.flat().at(i);
    }
    return products;
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

  private record Between(double low, double high, double start, double unit) implements Axis {
    static Between of(double low, double high, double value, double unit) {
      double half = 0.5 * (high - low);
      double nudged = Math.clamp(value, low + 2e-3 * half, high - 2e-3 * half);
      double start = StrictMath.asin((nudged - low) / half - 1) * half / unit;
      return new Between(low, high, start, unit);
    }

    private double half() {
      return 0.5 * (high - low);
    }

    @Override
    public double value(double u) {
      double sine = Elementary.sin(u * unit / half());
      return Math.clamp(low + half() * (1 + sine), low, high);
    }

    @Override
    public double slope(double u) {
      return unit * Elementary.cos(u * unit / half());
    }
  }

  /** Side 1 is above the limit, -1 below. The scale is the distance at the start. */
  private record OneSided(double limit, int side, double scale, double start, double unit)
      implements Axis {
    static OneSided of(double limit, int side, double value, double unit) {
      double distance = side * (value - limit);
      double scale = distance > 0 ? distance : 1e-3 * Math.max(1, Math.abs(limit));
      // The root of 1 + 3 is 2, so the start lies one scale away from the limit.
      return new OneSided(limit, side, scale, side * Math.sqrt(3) * scale / unit, unit);
    }

    @Override
    public double value(double u) {
      double ratio = u * unit / scale;
      double value = limit + side * scale * (Math.sqrt(1 + ratio * ratio) - 1);
      return side > 0 ? Math.max(limit, value) : Math.min(limit, value);
    }

    @Override
    public double slope(double u) {
      double ratio = u * unit / scale;
      return side * unit * ratio / Math.sqrt(1 + ratio * ratio);
    }
  }
}
