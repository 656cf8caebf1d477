package odeum.model;

import java.util.List;
import java.util.stream.IntStream;
import odeum.solver.Integrator;
import odeum.tensor.Tensor;

/**
 * What a model knows besides its equation and parameters. A number that is not known is NaN.
 *
 * @param names the name of each value of the state
 * @param integrator how it is solved
 * @param initial the state at the start, shape {@code (size)}
 * @param start the start of the span
 * @param end the end of the span
 */
record ModelSettings(
    List<String> names, Integrator integrator, Tensor initial, double start, double end) {
  ModelSettings {
    names = List.copyOf(names);
  }

  ModelSettings withNames(List<String> others) {
    return new ModelSettings(others, integrator, initial, start, end);
  }

  ModelSettings withIntegrator(Integrator other) {
    return new ModelSettings(names, other, initial, start, end);
  }

  ModelSettings withInitial(Tensor other) {
    return new ModelSettings(names, integrator, other, start, end);
  }

  ModelSettings withSpan(double from, double to) {
    return new ModelSettings(names, integrator, initial, from, to);
  }

  /** {@return the first value of the state that no start is known of, or -1} */
  int open() {
    double[] values = initial.toArray();
    return IntStream.range(0, values.length)
        .filter(i -> Double.isNaN(values[i]))
        .findFirst()
        .orElse(-1);
  }
}
