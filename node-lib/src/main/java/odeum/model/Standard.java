package odeum.model;

import java.util.Arrays;
import java.util.List;
import odeum.path.TimeSeries;

/**
 * The unit that columns are learnt in: their mean becomes 0 and their standard deviation 1.
 *
 * @param names the columns
 * @param means of each column
 * @param deviations of each column
 */
record Standard(List<String> names, List<Double> means, List<Double> deviations) {
  Standard {
    names = List.copyOf(names);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /** {@return the unit of the measured values of these series} */
  static Standard of(List<TimeSeries> series) {
    List<String> names = series.getFirst().names();
    double[] means = new double[names.size()];
    double[] deviations = new double[names.size()];
    for (int i = 0; i < means.length; i++) {
      String name = names.get(i);
      double[] values =
          series.stream()
              .flatMapToDouble(one -> Arrays.stream(one.column(name)))
              .filter(value -> !Double.isNaN(value))
              .toArray();
      if (values.length == 0) {
        throw new IllegalArgumentException(
            "Every value of %s is missing: give a column with values.".formatted(name));
      }
      means[i] = Arrays.stream(values).sum() / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - means[i]) * (value - means[i]);
      }
      double deviation = Math.sqrt(squares / values.length);
      deviations[i] = deviation > 0 ? deviation : 1;
    }
    return new Standard(names, boxed(means), boxed(deviations));
  }

  /** {@return the unit that changes nothing} */
  static Standard none(List<String> names) {
    return new Standard(
        names, names.stream().map(_ -> 0.0).toList(), names.stream().map(_ -> 1.0).toList());
  }

  private static List<Double> boxed(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** {@return the columns of these names, in this unit} */
  TimeSeries in(TimeSeries series) {
    TimeSeries result = TimeSeries.named(series.timeName(), series.times());
    for (int i = 0; i < names.size(); i++) {
      double[] values = series.column(names.get(i));
      for (int row = 0; row < values.length; row++) {
        values[row] = (values[row] - means.get(i)) / deviations.get(i);
      }
      result = result.and(names.get(i), values);
    }
    return result;
  }

  /** {@return a value of a column in the unit of the data} */
  double out(int column, double value) {
    return means.get(column) + deviations.get(column) * value;
  }
}
