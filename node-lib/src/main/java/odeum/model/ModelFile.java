package odeum.model;

import java.nio.file.Path;
import odeum.adjoint.StoredSolves;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.file.StoredGraph;
import odeum.nn.Parameters;
import odeum.solver.IntegratorData;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
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

  static Model read(Path file) {
    return Safetensors.read(file, ModelFile::model);
  }

  private static Model model(Safetensors content) {
    Json data = content.data(KIND);
    Structure structure = data.get("parameters").structure();
    Parameters parameters = Parameters.of(structure, content.flat("", structure));
    StoredGraph graph = new StoredGraph(data.get("graph"), content.tensor(CONSTANTS));
    TracedField field = TracedField.of(graph.graph(StoredSolves.algorithms()), structure);
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
