package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Functions of a sample over many of them. Programs are kept by their name and number of samples.
 */
final class FlowPrograms {
  /** So many samples are solved at once: their solve shares its steps. */
  private static final int MOST_AT_ONCE = 512;

  private final Map<Key, Program> programs = new ConcurrentHashMap<>();

  private record Key(String name, int count) {}

  /** What is computed for a sample. */
  interface Function {
    Tracer apply(Traced p, Tracer x, Tracer context);
  }

  /** {@return the values of all samples, shape {@code (samples, ...)}, from rows of numbers} */
  Tensor run(String name, Function function, Parameters parameters, Tensor x, Tensor context) {
    int samples = x.shape().extent(0);
    double[] all = new double[0];
    Shape shape = Shape.of();
    for (int first = 0; first < samples; first += MOST_AT_ONCE) {
      int count = Math.min(MOST_AT_ONCE, samples - first);
      Tensor numbers = columns(x, first, count);
      Tensor told = columns(context, first, count);
      Program program =
          programs.computeIfAbsent(
              new Key(name, count),
              _ -> program(function, parameters.structure(), numbers.shape(), told.shape()));
      Tensor block = program.run(List.of(parameters.flat(), numbers, told)).getFirst();
      shape = block.shape().without(block.shape().rank() - 1);
      all = first == 0 ? new double[samples * shape.size()] : all;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < shape.size(); j++) {
          all[(first + i) * shape.size() + j] = block.at(j * count + i);
        }
      }
    }
    return Tensor.of(shape.prepend(samples), all);
  }

  private static Tensor columns(Tensor rows, int first, int count) {
    int width = rows.shape().extent(1);
    double[] values = new double[width * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        values[j * count + i] = rows.at((first + i) * width + j);
      }
    }
    return Tensor.of(Shape.of(width, count), values);
  }

  private static Program program(
      Function function, Structure parameters, Shape numbers, Shape context) {
    Graph one =
        Graph.trace(
            List.of(
                Shape.of(parameters.size()),
                Shape.of(numbers.extent(0)),
                Shape.of(context.extent(0))),
            in -> List.of(function.apply(new Traced(parameters, in.get(0)), in.get(1), in.get(2))));
    return Program.of(Vmap.of(one, List.of(false, true, true), numbers.extent(1)));
  }
}
