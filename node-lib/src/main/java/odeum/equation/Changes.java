package odeum.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.nn.Layer;
import odeum.nn.Parameters;

/**
 * What was changed after a system was read.
 *
 * @param values of parameters and constants by name
 * @param starts start values by state
 * @param span the span of time
 * @param layers the layers of nets that come from Java
 * @param seed of the weights that were not set
 * @param inputs the data of the inputs
 * @param weights the weights that were set, by net
 */
record Changes(
    Map<String, Double> values,
    Map<String, Double> starts,
    Optional<Span> span,
    Map<String, Layer> layers,
    List<InputData> inputs,
    Optional<Long> seed,
    Map<String, Parameters> weights) {
  static final Changes NONE =
      new Changes(
          Map.of(), Map.of(), Optional.empty(), Map.of(), List.of(), Optional.empty(), Map.of());

  /** From when to when; backward if the end comes first. */
  record Span(double start, double end) {
    Span {
      requireFinite("The start of the time span", start);
      requireFinite("The end of the time span", end);
      if (start == end) {
        throw new IllegalArgumentException(
            "The time span is empty: it starts and ends at %s.".formatted(Text.number(start)));
      }
    }
  }

  Changes withValue(String name, double value) {
    requireFinite(name, value);
    return new Changes(added(values, name, value), starts, span, layers, inputs, seed, weights);
  }

  Changes withStart(String state, double value) {
    requireFinite(state, value);
    return new Changes(values, added(starts, state, value), span, layers, inputs, seed, weights);
  }

  Changes withSpan(double start, double end) {
    return new Changes(
        values, starts, Optional.of(new Span(start, end)), layers, inputs, seed, weights);
  }

  /** Another layer for a net, whose weights no longer count. */
  Changes withLayer(String net, Layer layer) {
    Map<String, Parameters> others = new LinkedHashMap<>(weights);
    others.remove(net);
    return new Changes(values, starts, span, added(layers, net, layer), inputs, seed, others);
  }

  /** Other data for the inputs, all of them. */
  Changes withInputs(List<InputData> data) {
    return new Changes(values, starts, span, layers, List.copyOf(data), seed, weights);
  }

  /** Weights drawn from a seed, for all nets. */
  Changes withSeed(long number) {
    return new Changes(values, starts, span, layers, inputs, Optional.of(number), Map.of());
  }

  Changes withWeights(String net, Parameters values) {
    for (double value : values.flat().toArray()) {
      requireFinite("A weight of " + net, value);
    }
    return new Changes(
        this.values, starts, span, layers, inputs, seed, added(weights, net, values));
  }

  private static <T> Map<String, T> added(Map<String, T> map, String name, T value) {
    Map<String, T> longer = new LinkedHashMap<>(map);
    longer.put(name, value);
    return Collections.unmodifiableMap(longer);
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s must be a finite number, got %s.".formatted(name, value));
    }
  }
}
