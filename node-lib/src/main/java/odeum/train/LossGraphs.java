package odeum.train;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import odeum.autodiff.Vjp;
import odeum.compile.NotFinite;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * The graph of an objective: of one sample, traced once, or of a whole batch, traced anew for each
 * size of it.
 *
 * @param objective what is minimised
 * @param parameters the parameters
 * @param sample the fields of one sample
 * @param first the graph of one sample, or of a batch of two
 */
record LossGraphs(Objective objective, Structure parameters, Structure sample, Graph first) {
  static LossGraphs of(Objective objective, Structure parameters, Structure sample) {
    Structure fields = objective.overBatch() ? batch(sample, 2) : sample;
    Graph loss = trace(parameters, fields, objective::loss);
    if (loss.output(0).size() != 1) {
      throw new IllegalArgumentException(
          "A loss is one number, but the objective gives shape %s. Take its mean() or sum()."
              .formatted(loss.output(0)));
    }
    return new LossGraphs(objective, parameters, sample, loss);
  }

  static Graph trace(
      Structure parameters, Structure fields, BiFunction<Traced, Traced, Tracer> function) {
    return Graph.trace(
        List.of(Shape.of(parameters.size()), Shape.of(fields.size())),
        in ->
            List.of(
                function.apply(new Traced(parameters, in.get(0)), new Traced(fields, in.get(1)))));
  }

  private static Structure batch(Structure sample, int size) {
    Structure fields = Structure.EMPTY;
    for (Structure.Part part : sample.parts()) {
      fields = fields.and(part.name(), part.shape().prepend(size));
    }
    return fields;
  }

  boolean overBatch() {
    return objective.overBatch();
  }

  /** {@return a text that tells the objective from others} */
  String formula() {
    return Formula.of(first);
  }

  BatchPrograms programs(Fields fields, int size) {
    return overBatch()
        ? BatchPrograms.ofWhole(whole(size), fields, size)
        : BatchPrograms.of(first, fields, size);
  }

  private Graph whole(int size) {
    return trace(parameters, batch(sample, size), objective::loss);
  }

  /** {@return the operation that makes the loss or its gradient NaN or infinite} */
  Optional<NotFinite> trouble(Parameters point, Batch batch) {
    if (overBatch()) {
      return trouble(whole(batch.size()), point, Tensor.vector(BatchPrograms.wholeFields(batch)));
    }
    for (int i = 0; i < batch.size(); i++) {
      Optional<NotFinite> found = trouble(first, point, batch.sample(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<NotFinite> trouble(Graph loss, Parameters point, Tensor fields) {
    List<Tensor> inputs = List.of(point.flat(), fields);
    Optional<NotFinite> found = NotFinite.find(loss, inputs, 0, parameters);
    return found.isPresent() ? found : NotFinite.find(gradient(loss), inputs, 0, parameters);
  }

  private static Graph gradient(Graph loss) {
    return Graph.trace(
        loss.inputs(),
        in -> {
          Tracer one = in.getFirst().constant(Tensor.full(loss.output(0), 1));
          return Vjp.valueAndPull(loss, in, List.of(one), List.of(0));
        });
  }
}
