package odeum.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.model.Model;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.nn.Activation;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.train.TrainingResult;

/** What a model consists of: its layers with the shapes they give and their parameters. */
public final class ModelSummary {
  private ModelSummary() {}

  /** {@return the layers of a network, the shapes of one sample, and the counts of parameters} */
  public static MimeBundle of(Layer layer) {
    return HtmlTable.bundle(layer.toString(), layers(layer));
  }

  /** {@return the layers of a trained network} */
  public static MimeBundle of(NetFunction net) {
    return HtmlTable.bundle(net.toString(), layers(net.layer()));
  }

  /** {@return the layers of the network that gives the slope} */
  public static MimeBundle of(NeuralOde model) {
    return HtmlTable.bundle(model.toString(), layers(model.net().layer()));
  }

  /** {@return the numbers and networks that are learned} */
  public static MimeBundle of(UniversalDifferentialEquation model) {
    return HtmlTable.bundle(model.toString(), parameters(model.parameters()));
  }

  /** {@return the parameters of a model and the solver it is solved by} */
  public static MimeBundle of(Model model) {
    String caption =
        "Model of (%s) by %s"
            .formatted(String.join(", ", model.names()), model.integrator().solver().name());
    return HtmlTable.bundle(caption, parameters(model.parameters()));
  }

  /** {@return the name, shape, count and range of each array of parameters} */
  public static MimeBundle of(Parameters parameters) {
    int size = parameters.size();
    return HtmlTable.bundle(
        "%s parameter%s".formatted(size, size == 1 ? "" : "s"), parameters(parameters));
  }

  /** {@return how a training ended, and the best parameters it found} */
  public static MimeBundle of(TrainingResult<?> result) {
    String caption =
        "loss %s after %s epoch%s: %s"
            .formatted(
                NumberText.brief(result.loss()),
                result.epochs(),
                result.epochs() == 1 ? "" : "s",
                result.message());
    return HtmlTable.bundle(caption, parameters(result.best()));
  }

  private static TextTable parameters(Parameters parameters) {
    TextTable table = TextTable.of("parameter", "shape", "count", "value");
    for (Structure.Part part : parameters.structure().parts()) {
      boolean number = part.shape().rank() == 0;
      table =
          table.row(
              part.name(),
              number ? "" : part.shape(),
              part.shape().size(),
              number
                  ? NumberText.brief(parameters.flat().at(part.offset()))
                  : range(parameters, part));
    }
    return table.row("in all", "", parameters.size(), "");
  }

  private static String range(Parameters parameters, Structure.Part part) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = part.offset(); i < part.offset() + part.shape().size(); i++) {
      low = Math.min(low, parameters.flat().at(i));
      high = Math.max(high, parameters.flat().at(i));
    }
    return part.shape().size() == 0 ? "" : String.format(Locale.ROOT, "%.3g .. %.3g", low, high);
  }

  private static TextTable layers(Layer layer) {
    List<Row> rows = new ArrayList<>();
    collect("", layer, inputs(layer), rows);
    TextTable table = TextTable.of("name", "layer", "output", "parameters");
    for (Row row : rows) {
      String shape = row.output.map(Shape::toString).orElse("");
      table = table.row(row.name, row.layer, shape, row.parameters);
    }
    return table.row("", "in all", "", layer.parameterCount());
  }

  private record Row(String name, Layer layer, Optional<Shape> output, int parameters) {}

  /** Adds the parts of a layer; gives the shape that comes out of it, if known. */
  private static Optional<Shape> collect(
      String name, Layer layer, Optional<Shape> input, List<Row> rows) {
    return switch (layer) {
      case Mlp mlp -> collect(name, mlp.chain(), input, rows);
      case Chain chain -> {
        Optional<Shape> shape = input;
        for (int i = 0; i < chain.layers().size(); i++) {
          String part = name.isEmpty() ? Integer.toString(i) : name + "." + i;
          shape = collect(part, chain.layers().get(i), shape, rows);
        }
        yield shape;
      }
      default -> {
        Optional<Shape> output = input.flatMap(shape -> output(layer, shape));
        rows.add(new Row(name, layer, output, layer.parameterCount()));
        yield output;
      }
    };
  }

  private static Optional<Shape> inputs(Layer layer) {
    return switch (layer) {
      case Mlp mlp -> Optional.of(Shape.of(mlp.inputs()));
      case Linear linear -> Optional.of(Shape.of(linear.inputs()));
      case Chain chain ->
          chain.layers().stream()
              .filter(part -> !(part instanceof Activation))
              .findFirst()
              .flatMap(ModelSummary::inputs);
      default -> Optional.empty();
    };
  }

  /** A layer of the user's may refuse the shape; then nothing is shown. */
  private static Optional<Shape> output(Layer layer, Shape input) {
    try {
      Parameters parameters = layer.initial(RandomKey.of(0));
      Structure structure = parameters.structure();
      Graph graph =
          Graph.trace(
              List.of(input, parameters.flat().shape()),
              in -> List.of(layer.apply(new Traced(structure, in.get(1)), in.get(0))));
      return Optional.of(graph.output(0));
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }
}
