package odeum.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.file.StoredGraph;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/** A model on disk. */
final class ModelFile {
  private static final String KIND = "model";
  private static final String CONSTANTS = "odeum.constants";

  private ModelFile() {}

  static void write(Model model, Path file) {
    StoredGraph graph = StoredGraph.of(model.field().graph());
    Model.Settings settings = model.settings();
    Json.Fields data =
        Json.fields()
            .with("names", Json.ofTexts(settings.names()))
            .with("parameters", parts(model.parameters().structure()))
            .with("integrator", IntegratorData.write(settings.integrator()))
            .with("initial", Json.ofReals(settings.initial().toArray()))
            .with("span", Json.ofReals(settings.start(), settings.end()))
            .with("graph", graph.json());
    Safetensors content = Safetensors.EMPTY;
    for (String name : model.parameters().structure().names()) {
      if (name.equals(CONSTANTS)) {
        throw new IllegalArgumentException(
            "A parameter of a saved model cannot be called '%s': the file has its own."
                .formatted(CONSTANTS));
      }
      content = content.with(name, model.parameters().tensor(name));
    }
    content.with(CONSTANTS, graph.constants()).withData(KIND, data).write(file);
  }

  private static Json parts(Structure structure) {
    List<Json> parts = new ArrayList<>();
    for (Structure.Part part : structure.parts()) {
      parts.add(Json.fields().with("name", part.name()).with("shape", part.shape()));
    }
    return new Json.Items(parts);
  }

  static Model read(Path file) {
    return Safetensors.read(file, ModelFile::model);
  }

  private static Model model(Safetensors content) {
    Json data = content.data(KIND);
    Parameters parameters = parameters(content, data.get("parameters").items());
    StoredGraph graph = new StoredGraph(data.get("graph"), content.tensor(CONSTANTS));
    TracedField field = TracedField.of(graph.graph(), parameters.structure());
    double[] span = reals(data.get("span"));
    if (span.length != 2) {
      throw new IllegalArgumentException("its span should be two numbers");
    }
    return new Model(
        field,
        parameters,
        new Model.Settings(
            data.get("names").items().stream().map(Json::text).toList(),
            IntegratorData.read(data.get("integrator")),
            Tensor.vector(reals(data.get("initial"))),
            span[0],
            span[1]));
  }

  static double[] reals(Json list) {
    return list.items().stream().mapToDouble(Json::real).toArray();
  }

  /** The order is in the JSON: a program that rewrites the tensors may sort them. */
  private static Parameters parameters(Safetensors content, List<Json> parts) {
    SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    for (Json part : parts) {
      String name = part.get("name").text();
      Shape shape = part.get("shape").shape();
      if (!content.tensor(name).shape().equals(shape)) {
        throw new IllegalArgumentException(
            "'%s' has shape %s, the model needs %s"
                .formatted(name, content.tensor(name).shape(), shape));
      }
      shapes.put(name, shape);
    }
    Structure structure = Structure.of(shapes);
    double[] flat = new double[structure.size()];
    for (Structure.Part part : structure.parts()) {
      content.tensor(part.name()).copyTo(flat, part.offset());
    }
    return Parameters.of(structure, Tensor.vector(flat));
  }
}
