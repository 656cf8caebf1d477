package odeum.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.tensor.Names;
import odeum.tensor.RandomKey;

/** What is learned of a field written in Java: where its parameters start. */
sealed interface Learned {
  Parameters initial(RandomKey key);

  Layer layer(String name);

  /** {@return the weights of a net among all parameters} */
  Parameters weights(Parameters all, String name);

  /** One network, whose parameters are all there are. */
  record Single(Layer layer) implements Learned {
    @Override
    public Parameters initial(RandomKey key) {
      return layer.initial(key);
    }

    @Override
    public Layer layer(String name) {
      return layer;
    }

    @Override
    public Parameters weights(Parameters all, String name) {
      return all;
    }

    @Override
    public String toString() {
      return layer.toString();
    }
  }

  /** Numbers, then networks, by name. */
  record Parts(Map<String, Double> numbers, Map<String, Layer> nets) implements Learned {
    static final Parts NONE = new Parts(Map.of(), Map.of());

    public Parts {
      numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
      nets = Collections.unmodifiableMap(new LinkedHashMap<>(nets));
    }

    Parts withNumber(String name, double value) {
      Map<String, Double> more = new LinkedHashMap<>(numbers);
      more.put(name, value);
      return new Parts(more, nets);
    }

    Parts withNet(String name, Layer layer) {
      Map<String, Layer> more = new LinkedHashMap<>(nets);
      more.put(name, layer);
      return new Parts(numbers, more);
    }

    @Override
    public Parameters initial(RandomKey key) {
      Parameters parameters = Parameters.EMPTY;
      for (Map.Entry<String, Double> number : numbers.entrySet()) {
        parameters = parameters.and(number.getKey(), number.getValue());
      }
      int position = 0;
      for (Map.Entry<String, Layer> net : nets.entrySet()) {
        parameters = parameters.and(net.getKey(), net.getValue().initial(key.fold(position++)));
      }
      return parameters;
    }

    @Override
    public Layer layer(String name) {
      if (!nets.containsKey(name)) {
        throw new IllegalArgumentException(
            "There is no net '%s'. Known: %s.%s"
                .formatted(
                    name,
                    String.join(" ", nets.keySet()),
                    Names.nearest(name, nets.keySet())
                        .map(" Did you mean '%s'?"::formatted)
                        .orElse("")));
      }
      return nets.get(name);
    }

    @Override
    public Parameters weights(Parameters all, String name) {
      return all.structure().has(name) ? all.at(name) : Parameters.EMPTY;
    }
  }
}
