package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;

/**
 * Makes samples of rows of series. Their fields:
 *
 * <pre>
 *   times     (rows)
 *   y         (rows, columns)
 *   measured  (rows, columns)  1 where a value counts; only if some do not
 *   share     ()               of the values that count; only if samples differ in it
 *   y0        (states)         where the solve starts; only if the system does not say so
 *   given     (states)         1 where y0 counts, else the system's own start; only if some do not
 * </pre>
 *
 * <p>Samples have equal shapes, so a shorter one is filled up with times inside its last interval
 * whose values do not count. They cost an interpolation each, and never lead outside the data.
 */
final class Samples {
  // Beyond this share of a sample's span, differences of times are more than rounding.
  private static final double ROUNDING = 1e-9;

  private final Dynamics dynamics;
  private final List<Segment> segments;
  private final List<String> columns;
  private final int rows;
  private final boolean ownStart;
  private final boolean windows;
  private final List<double[]> times = new ArrayList<>();
  private final List<double[]> measured = new ArrayList<>();
  private final List<double[]> given = new ArrayList<>();

  /**
   * Samples of all these rows.
   *
   * @param windows whether a sample may start anywhere in its series
   * @param several whether there are several series
   */
  Samples(Dynamics dynamics, List<Segment> segments, boolean windows, boolean several) {
    this.dynamics = dynamics;
    this.segments = List.copyOf(segments);
    this.columns = segments.getFirst().rows().names();
    this.rows = segments.stream().mapToInt(Segment::size).max().orElseThrow();
    this.windows = windows;
    this.ownStart = dynamics.startsItself() && !windows && !several;
    for (Segment segment : segments) {
      times.add(times(segment));
      measured.add(measured(segment));
      given.add(ownStart ? new double[0] : given(segment));
    }
    shareTimes();
  }

  private double[] times(Segment segment) {
    double[] known = segment.rows().times();
    double[] result = Arrays.copyOf(known, rows);
    int missing = rows - segment.size();
    if (missing > 0) {
      double last = known[segment.size() - 1];
      double before = known[segment.size() - 2];
      for (int i = 0; i < missing; i++) {
        result[segment.size() - 1 + i] = before + (last - before) * (i + 1) / (missing + 1);
      }
      result[rows - 1] = last;
    }
    return result;
  }

  /** The row of a sample that stands for a row of its segment: fillers come before the last. */
  private int row(Segment segment, int row) {
    return row == segment.size() - 1 ? rows - 1 : row;
  }

  private double[] measured(Segment segment) {
    double[] mask = new double[rows * columns.size()];
    for (int column = 0; column < columns.size(); column++) {
      double[] values = segment.rows().column(columns.get(column));
      for (int i = segment.counted(); i < segment.size(); i++) {
        if (!Double.isNaN(values[i])) {
          mask[row(segment, i) * columns.size() + column] = 1;
        }
      }
    }
    return mask;
  }

  private double[] values(Segment segment) {
    double[] all = new double[rows * columns.size()];
    for (int column = 0; column < columns.size(); column++) {
      double[] values = segment.rows().column(columns.get(column));
      for (int i = 0; i < segment.size(); i++) {
        all[row(segment, i) * columns.size() + column] = Double.isNaN(values[i]) ? 0 : values[i];
      }
    }
    return all;
  }

  private double[] given(Segment segment) {
    List<String> states = dynamics.names();
    double[] mask = new double[states.size()];
    for (int i = 0; i < mask.length; i++) {
      String state = states.get(i);
      boolean known = columns.contains(state) && !Double.isNaN(segment.rows().column(state)[0]);
      boolean trained = !windows && dynamics.trainedStarts().contains(state);
      mask[i] = known && !trained ? 1 : 0;
      if (windows && !known) {
        throw new IllegalArgumentException(
            "A window starts at a row of its own, but the data have no values of %s to start from. Train on the whole series, without windows."
                .formatted(state));
      }
      if (!known && !dynamics.hasInitial()) {
        throw new IllegalArgumentException(
            "The solve starts at the data, but %s has no value at %s = %s."
                .formatted(state, segment.rows().timeName(), segment.rows().times()[0]));
      }
    }
    return mask;
  }

  /**
   * Where only differences of times count, each sample starts at zero: then samples of evenly
   * spaced rows have the same times, and are solved together.
   */
  private void shareTimes() {
    if (segments.size() == 1 || dynamics.usesTime()) {
      return;
    }
    for (double[] sample : times) {
      double start = sample[0];
      for (int i = 0; i < rows; i++) {
        sample[i] -= start;
      }
    }
    double[] first = times.getFirst();
    double rounding = ROUNDING * first[rows - 1];
    for (double[] sample : times) {
      for (int i = 0; i < rows; i++) {
        if (Math.abs(sample[i] - first[i]) > rounding) {
          return;
        }
      }
    }
    times.replaceAll(_ -> first);
  }

  /**
   * {@return all samples, in the order of the segments}
   *
   * @param parts how many samples each part of the data has; every part has a mean of its own
   */
  Dataset dataset(int... parts) {
    int width = columns.size();
    List<double[]> values = segments.stream().map(this::values).toList();
    Dataset data =
        Dataset.samples("times", stacked(times, Shape.of(rows)))
            .and("y", stacked(values, Shape.of(rows, width)));
    double[] counts = measured.stream().mapToDouble(mask -> Arrays.stream(mask).sum()).toArray();
    if (Arrays.stream(counts).anyMatch(count -> count == 0)) {
      throw new IllegalArgumentException("A sample of the data has no value that counts.");
    }
    if (Arrays.stream(counts).anyMatch(count -> count != rows * width)) {
      data = data.and("measured", stacked(measured, Shape.of(rows, width)));
    }
    double[] shares = shares(counts, parts);
    if (Arrays.stream(shares).anyMatch(share -> share != 1)) {
      data = data.and("share", Tensor.vector(shares));
    }
    return ownStart ? data : withStarts(data);
  }

  private static double[] shares(double[] counts, int... parts) {
    double[] shares = new double[counts.length];
    int from = 0;
    for (int part : parts) {
      double mean = Arrays.stream(counts, from, from + part).sum() / part;
      for (int i = from; i < from + part; i++) {
        shares[i] = counts[i] / mean;
      }
      from += part;
    }
    return shares;
  }

  private Dataset withStarts(Dataset data) {
    List<String> states = dynamics.names();
    Shape shape = Shape.of(states.size());
    List<double[]> starts = new ArrayList<>();
    for (int sample = 0; sample < segments.size(); sample++) {
      Segment segment = segments.get(sample);
      double[] start = new double[states.size()];
      for (int i = 0; i < start.length; i++) {
        start[i] = given.get(sample)[i] == 1 ? segment.rows().column(states.get(i))[0] : 0;
      }
      starts.add(start);
    }
    Dataset started = data.and("y0", stacked(starts, shape));
    boolean all = given.stream().flatMapToDouble(Arrays::stream).allMatch(mask -> mask == 1);
    return all ? started : started.and("given", stacked(given, shape));
  }

  private static Tensor stacked(List<double[]> samples, Shape shape) {
    double[] all = new double[samples.size() * shape.size()];
    for (int i = 0; i < samples.size(); i++) {
      System.arraycopy(samples.get(i), 0, all, i * shape.size(), shape.size());
    }
    return Tensor.of(shape.prepend(samples.size()), all);
  }
}
