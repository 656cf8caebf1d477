package odeum.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import odeum.adjoint.StoredSolves;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.file.StoredGraph;
import odeum.nn.Parameters;
import odeum.path.Kink;
import odeum.solver.IntegratorData;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.InputSpan;
import odeum.term.TracedField;

/** A model on disk. */
final class ModelFile {
  private static final String KIND = "model";
  private static final String CONSTANTS = "odeum.constants";

  private ModelFile() {}

  static void write(Model model, Path file) {
    Structure structure = model.parameters().structure();
    StoredGraph graph = StoredGraph.of(model.field().graph(), StoredSolves.algorithms());
    ModelSettings settings = model.settings();
    Json.Fields data =
        Json.fields()
            .with("names", Json.ofTexts(settings.names()))
            .with("parameters", structure) // a program that rewrites the tensors may sort them
            .with("integrator", IntegratorData.write(settings.integrator()))
            .with("initial", Json.ofReals(settings.initial().toArray()))
            .with("span", Json.ofReals(settings.start(), settings.end()))
            .with("inputs", inputs(model.field()))
            .with("graph", graph.json());
    if (structure.find(CONSTANTS).isPresent()) {
      throw new IllegalArgumentException(
          "A parameter of a saved model cannot be called '%s': the file has its own."
              .formatted(CONSTANTS));
    }
    Safetensors.EMPTY
        .with("", structure, model.parameters().flat())
        .with(CONSTANTS, graph.constants())
        .withData(KIND, data)
        .write(file);
  }

  private static Json inputs(TracedField field) {
    return new Json.Items(
        field.inputs().stream()
            .<Json>map(
                input ->
                    Json.fields()
                        .with("name", input.name())
                        .with("span", Json.ofReals(input.start(), input.end()))
                        .with("kinks", reals(input, Kink::time))
                        .with("sharpness", reals(input, Kink::sharpness)))
            .toList());
  }

  private static Json reals(InputSpan input, ToDoubleFunction<Kink> part) {
    return Json.ofReals(input.kinks().stream().mapToDouble(part).toArray());
  }

  /** Files from before there were inputs say nothing of them. */
  private static List<InputSpan> inputs(Json data) {
    return data.has("inputs")
        ? data.get("inputs").items().stream().map(ModelFile::input).toList()
        : List.of();
  }

  private static InputSpan input(Json input) {
    double[] span = input.get("span").reals();
    if (span.length != 2) {
      throw new IllegalArgumentException("the span of an input should be two numbers");
    }
    double[] times = input.get("kinks").reals();
    double[] sharpness = input.get("sharpness").reals();
    if (times.length != sharpness.length) {
      throw new IllegalArgumentException("each kink of an input should have a sharpness");
    }
    List<Kink> kinks =
        IntStream.range(0, times.length).mapToObj(i -> new Kink(times[i], sharpness[i])).toList();
    return new InputSpan(input.get("name").text(), span[0], span[1], kinks);
  }

  static Model read(Path file) {
    return Safetensors.read(file, ModelFile::model);
  }

  private static Model model(Safetensors content) {
    Json data = content.data(KIND);
    Structure structure = data.get("parameters").structure();
    Parameters parameters = Parameters.of(structure, content.flat("", structure));
    StoredGraph graph = new StoredGraph(data.get("graph"), content.tensor(CONSTANTS));
    TracedField field =
        TracedField.of(graph.graph(StoredSolves.algorithms()), structure).withInputs(inputs(data));
    double[] span = data.get("span").reals();
    if (span.length != 2) {
      throw new IllegalArgumentException("its span should be two numbers");
    }
    return new Model(
        field,
        parameters,
        new ModelSettings(
            data.get("names").items().stream().map(Json::text).toList(),
            IntegratorData.read(data.get("integrator")),
            Tensor.vector(data.get("initial").reals()),
            span[0],
            span[1]));
  }
}
