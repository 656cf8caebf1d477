package odeum.equation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.autodiff.Vmap;
import odeum.equation.Definition.Net;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.tensor.Names;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/** The networks of a system: the layer of each, in the order of the source. */
final class Nets {
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  /**
   * The networks of a definition.
   *
   * @param given layers from Java by the net's name; they come before what is written
   */
  Nets(Definition definition, Map<String, Layer> given) {
    for (Net net : definition.nets()) {
      Layer layer = given.get(net.name());
      switch (net) {
        case Net.Perceptron(String name, Place _, var mlp) -> {
          layers.put(name, layer == null ? new SmallStart(mlp) : layer);
          texts.put(name, layer == null ? mlp.toString() : title(layer));
        }
        case Net.Java(String name, Place _, String code, Place braces) -> {
          if (layer == null) {
            throw definition.source().error(braces, missing(name));
          }
          layers.put(name, layer);
          texts.put(name, "{" + code + "}");
        }
      }
    }
    for (String name : given.keySet().stream().sorted().toList()) {
      require(definition.source(), name);
    }
  }

  private static String missing(String name) {
    return "The layer of %s comes from Java: Ode.parse(name, body, Map.of(\"%1$s\", layer))."
        .formatted(name);
  }

  /** A layer's own text, or only its kind when that says nothing. */
  private static String title(Layer layer) {
    String text = layer.toString();
    return text.contains("@") || text.contains("\n") ? layer.getClass().getSimpleName() : text;
  }

  private void require(Source source, String name) {
    if (!layers.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s has no net '%s'. Known: %s.%s"
              .formatted(
                  source.name().isEmpty() ? "The system" : source.name(),
                  name,
                  layers.isEmpty() ? "none" : String.join(" ", names()),
                  Names.nearest(name, layers.keySet())
                      .map(" Did you mean '%s'?"::formatted)
                      .orElse("")));
    }
  }

  /** {@return the layer of a net; {@code source} is that of the system, for the message} */
  Layer layer(Source source, String name) {
    require(source, name);
    return layers.get(name);
  }

  List<String> names() {
    return List.copyOf(layers.keySet());
  }

  boolean has(String name) {
    return layers.containsKey(name);
  }

  /** {@return the net as one writes it} */
  String text(String name) {
    return texts.get(name);
  }

  /** {@return how many values a net takes, if that is known without trying} */
  Optional<Integer> inputs(String name) {
    return layers.get(name) instanceof SmallStart(var mlp)
        ? Optional.of(mlp.inputs())
        : Optional.empty();
  }

  /**
   * {@return how many values a net gives for so many}
   *
   * @throws IllegalArgumentException if it does not take them
   */
  int outputs(String name, int inputs) {
    Layer layer = layers.get(name);
    if (layer instanceof SmallStart(var mlp) && mlp.inputs() == inputs) {
      return mlp.outputs();
    }
    Parameters start = layer.initial(RandomKey.of(0));
    Graph graph =
        Graph.trace(
            List.of(Shape.of(inputs), start.flat().shape()),
            in -> List.of(layer.apply(new Traced(start.structure(), in.get(1)), in.get(0))));
    Shape shape = graph.output(0);
    if (shape.rank() > 1) {
      throw new IllegalArgumentException(
          "a net in an equation gives a list of numbers, but its layer gives shape %s."
              .formatted(shape));
    }
    return shape.size();
  }

  /** {@return the weights all nets start with, as members named like their nets} */
  Parameters start(Parameters numbers, Map<String, Parameters> known, RandomKey key) {
    Parameters all = numbers;
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Parameters weights = known.get(name);
      all = all.and(name, weights == null ? layers.get(name).initial(key.fold(i)) : weights);
    }
    return all;
  }

  /**
   * {@return what a net gives, shape {@code (outputs)}; {@code (outputs, count)} for inputs of
   * shape {@code (inputs, count)}}
   *
   * @param p all parameters
   */
  Tracer apply(Traced p, String name, Tracer inputs) {
    Traced weights =
        p.structure().has(name) ? p.at(name) : new Traced(Structure.EMPTY, p.flat().slice(0, 0, 0));
    if (inputs.shape().rank() == 1) {
      return layers.get(name).apply(weights, inputs).flatten();
    }
    Structure structure = weights.structure();
    Graph one =
        Graph.trace(
            List.of(Shape.of(inputs.shape().extent(0)), weights.flat().shape()),
            in ->
                List.of(
                    layers.get(name).apply(new Traced(structure, in.get(1)), in.get(0)).flatten()));
    return Vmap.of(one, List.of(true, false), inputs.shape().extent(1))
        .inline(List.of(inputs, weights.flat()))
        .getFirst();
  }

  /** {@return the weights of a net, of which there may be none} */
  static Parameters weights(Parameters all, String name) {
    return all.structure().has(name) ? all.at(name) : Parameters.EMPTY;
  }
}
