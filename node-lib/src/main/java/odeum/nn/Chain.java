package odeum.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * Layers one after the other. Their parameters are the members {@code "0"}, {@code "1"}, ...;
 * layers without parameters count too, as in PyTorch's {@code Sequential}. Layers that look at the
 * time are given it.
 *
 * @param layers the layers, first to last
 */
public record Chain(List<Layer> layers) implements TimeLayer {
  public Chain {
    layers = List.copyOf(layers);
  }

  /** {@return the layers one after the other} */
  public static Chain of(Layer... layers) {
    return new Chain(Arrays.asList(layers));
  }

  @Override
  public Parameters initial(RandomKey key) {
    Parameters parameters = Parameters.EMPTY;
    for (int i = 0; i < layers.size(); i++) {
      parameters = parameters.and(Integer.toString(i), layers.get(i).initial(key.fold(i)));
    }
    return parameters;
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    Tracer value = x;
    for (int i = 0; i < layers.size(); i++) {
      value = layers.get(i).apply(p.atIfPresent(Integer.toString(i)), value);
    }
    return value;
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x) {
    Tracer value = x;
    for (int i = 0; i < layers.size(); i++) {
      value = TimeLayer.apply(layers.get(i), p.atIfPresent(Integer.toString(i)), t, value);
    }
    return value;
  }

  @Override
  public int parameterCount() {
    return layers.stream().mapToInt(Layer::parameterCount).sum();
  }

  @Override
  public String toString() {
    return layers.stream().map(String::valueOf).collect(Collectors.joining(", ", "chain(", ")"));
  }
}
