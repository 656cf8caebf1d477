package odeum.adjoint;

import java.util.List;
import java.util.Optional;
import odeum.file.Algorithms;
import odeum.file.Json;
import odeum.file.StoredGraph;
import odeum.graph.ImplicitFunction;
import odeum.solver.Integrator;
import odeum.solver.IntegratorData;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * Solves inside a graph as data: their field is a graph, too. Those with events are not among them,
 * nor those that split their field in two or follow measured inputs.
 */
public final class StoredSolves implements Algorithms {
  private static final String SOLVE = "solve";

  private StoredSolves() {}

  /** {@return the solves that a file can hold} */
  public static Algorithms algorithms() {
    return new StoredSolves();
  }

  @Override
  public Optional<Json> write(ImplicitFunction function) {
    return switch (function) {
      case PerSample(ImplicitFunction alone) -> write(alone, true);
      default -> write(function, false);
    };
  }

  private Optional<Json> write(ImplicitFunction function, boolean apart) {
    return switch (function) {
      case StatesFunction(Setting setting) ->
          write(setting.field(), setting.integrator(), "direct", apart);
      case BacksolveFunction(TracedField field, Integrator integrator, var _) ->
          write(field, integrator, "backsolve", apart);
      case ForwardFunction(TracedField field, Integrator integrator) ->
          write(field, integrator, "forward", apart);
      default -> Optional.empty();
    };
  }

  private Optional<Json> write(
      TracedField field, Integrator integrator, String adjoint, boolean apart) {
    if (!field.summands().isEmpty() || !field.inputs().isEmpty()) {
      return Optional.empty();
    }
    StoredGraph graph = StoredGraph.of(field.graph(), this);
    return Optional.of(
        Json.fields()
            .with("kind", SOLVE)
            .with("adjoint", adjoint)
            .with("per sample", apart)
            .with("parameters", field.parameters())
            .with("integrator", IntegratorData.write(integrator))
            .with("field", graph.json())
            .with("constants", Json.ofReals(graph.constants().toArray())));
  }

  @Override
  public ImplicitFunction read(Json json, List<Shape> operands) {
    if (!json.get("kind").text().equals(SOLVE)) {
      throw new IllegalArgumentException(
          "there is no algorithm '%s' here; a newer version may have it"
              .formatted(json.get("kind").text()));
    }
    Structure parameters = json.get("parameters").structure();
    Tensor constants = Tensor.vector(json.get("constants").reals());
    TracedField field =
        TracedField.of(new StoredGraph(json.get("field"), constants).graph(this), parameters);
    requireOperands(field, parameters, operands);
    Integrator integrator = IntegratorData.read(json.get("integrator"));
    ImplicitFunction solve = solve(field, integrator, json.get("adjoint").text());
    return json.get("per sample").truth() ? new PerSample(solve) : solve;
  }

  private static void requireOperands(
      TracedField field, Structure parameters, List<Shape> operands) {
    boolean fits =
        operands.size() == 3
            && operands.get(Setting.INITIAL).equals(field.state())
            && operands.get(Setting.PARAMETERS).equals(Shape.of(parameters.size()))
            && operands.get(Setting.TIMES).rank() == 1
            && operands.get(Setting.TIMES).size() >= 2;
    if (!fits) {
      throw new IllegalArgumentException("its operands %s do not fit".formatted(operands));
    }
  }

  private static ImplicitFunction solve(TracedField field, Integrator integrator, String adjoint) {
    return switch (adjoint) {
      case "direct" -> new StatesFunction(new Setting(field, integrator, Adjoint.direct()));
      case "backsolve" -> new BacksolveFunction(field, integrator, Adjoint.backsolve());
      case "forward" -> new ForwardFunction(field, integrator);
      default -> throw new IllegalArgumentException("there is no adjoint '%s'".formatted(adjoint));
    };
  }
}
