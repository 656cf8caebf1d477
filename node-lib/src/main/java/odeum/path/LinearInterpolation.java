package odeum.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Measured values as a function of time: straight lines between the points, and the end values
 * beyond the ends. Immutable.
 *
 * <p>Inside a trace {@link #at(Tracer, Tracer, Tracer)} takes points that are traced, so that
 * gradients reach the data.
 */
public final class LinearInterpolation {
  private final double[] times;
  private final double[] values;

  private LinearInterpolation(double[] times, double[] values) {
    this.times = times;
    this.values = values;
  }

  /**
   * {@return the lines through these points}
   *
   * @param times two or more, strictly increasing
   * @param values one per time; NaN marks a missing one, which is left out
   */
  public static LinearInterpolation of(double[] times, double[] values) {
    TimeSeries series = TimeSeries.of(times).and("x", values);
    double[] known = new double[times.length];
    double[] there = new double[times.length];
    int count = 0;
    for (int i = 0; i < times.length; i++) {
      if (!Double.isNaN(values[i])) {
        known[count] = times[i];
        there[count++] = values[i];
      }
    }
    if (count < 2) {
      throw new IllegalArgumentException(
          "A line needs two points or more, got %s%s."
              .formatted(count, series.missing() == 0 ? "" : " besides missing values"));
    }
    return new LinearInterpolation(Arrays.copyOf(known, count), Arrays.copyOf(there, count));
  }

  /** {@return the first time} */
  public double start() {
    return times[0];
  }

  /** {@return the last time} */
  public double end() {
    return times[times.length - 1];
  }

  /** {@return how many points there are} */
  public int size() {
    return times.length;
  }

  /** {@return the times of the points} */
  public double[] times() {
    return times.clone();
  }

  /** {@return the values at these times} */
  public double[] values() {
    return values.clone();
  }

  /** {@return the points at which two lines meet at an angle} */
  public List<Kink> kinks() {
    double range =
        Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
    List<Kink> kinks = new ArrayList<>();
    for (int i = 1; i + 1 < times.length && range > 0; i++) {
      double before = times[i] - times[i - 1];
      double after = times[i + 1] - times[i];
      double turn = (values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before;
      double sharpness = Math.abs(turn) * Math.min(before, after) / range;
      if (sharpness > 0) {
        kinks.add(new Kink(times[i], sharpness));
      }
    }
    return List.copyOf(kinks);
  }

  /** {@return the value at a time, shape {@code ()}} */
  public Tracer at(Tracer t) {
    return at(t.constant(Tensor.vector(times)), t.constant(Tensor.vector(values)), t);
  }

  /**
   * {@return the value at a time, shape {@code ()}, or {@code (channels)} for as many values per
   * point}
   *
   * @param times strictly increasing, shape {@code (points)}
   * @param values shape {@code (points)} or {@code (points, channels)}
   * @param t shape {@code ()}
   */
  public static Tracer at(Tracer times, Tracer values, Tracer t) {
    int n = times.shape().size();
    if (n < 2 || times.shape().rank() != 1 || values.shape().extent(0) != n) {
      throw new IllegalArgumentException(
          "Lines need two times or more and as many values, got shapes %s and %s."
              .formatted(times.shape(), values.shape()));
    }
    int channels = values.shape().size() / n;
    Shape column = Shape.of(n, 1);
    Tracer knots = times.reshape(column);
    Tracer points = values.reshape(Shape.of(n, channels));
    Tracer lengths = knots.slice(0, 1, n).minus(knots.slice(0, 0, n - 1));
    Tracer rises = points.slice(0, 1, n).minus(points.slice(0, 0, n - 1));
    // Behind the last point the line is level; before the first one the time stands still.
    Tracer slopes = rises.div(lengths).pad(0, 0, 1);
    Tracer table = Tracer.concatenate(1, List.of(knots, points, slopes));
    Tracer time = t.reshape(Shape.of(1, 1));
    Tracer row =
        table
            .take(knots.search(time).broadcast(Shape.of(1, table.shape().extent(1))))
            .reshape(Shape.of(table.shape().extent(1)));
    Tracer since = t.max(times.get(0)).minus(row.get(0));
    Tracer value =
        row.slice(0, 1, 1 + channels)
            .plus(row.slice(0, 1 + channels, 1 + 2 * channels).times(since));
    return value.reshape(values.shape().without(0));
  }
}
