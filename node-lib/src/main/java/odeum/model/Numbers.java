package odeum.model;

import java.util.List;
import java.util.function.BiFunction;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.train.Dataset;

/** What a traced part of a model is for one sample, as numbers. */
final class Numbers {
  private Numbers() {}

  /** {@return the values of a function of parameters and of a sample's fields} */
  static Tensor of(
      Parameters parameters, Dataset sample, BiFunction<Traced, Traced, Tracer> function) {
    Structure names = parameters.structure();
    Structure fields = sample.structure();
    Graph graph =
        Graph.trace(
            List.of(Shape.of(names.size()), Shape.of(fields.size())),
            in ->
                List.of(
                    function.apply(new Traced(names, in.get(0)), new Traced(fields, in.get(1)))));
    return Program.of(graph).run(List.of(parameters.flat(), sample.sample(0))).getFirst();
  }
}
