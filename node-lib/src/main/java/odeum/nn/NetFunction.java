package odeum.nn;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A layer with its parameters: a plain function of numbers, such as a trained network. Many threads
 * may use it at once.
 *
 * <pre>{@code
 * NetFunction f = fit.net("f");
 * double interaction = f.apply(30, 4);
 * }</pre>
 */
public final class NetFunction {
  private final Layer layer;
  private final Parameters parameters;

  /** By the number of inputs, as a layer need not know it. */
  private final Map<Integer, Program> programs = new ConcurrentHashMap<>();

  private NetFunction(Layer layer, Parameters parameters) {
    this.layer = layer;
    this.parameters = parameters;
  }

  /** {@return a layer with these parameters as a function} */
  public static NetFunction of(Layer layer, Parameters parameters) {
    return new NetFunction(layer, parameters);
  }

  /** {@return the value for these inputs, of a network with one output} */
  public double apply(double... inputs) {
    double[] outputs = applyAll(inputs);
    if (outputs.length != 1) {
      throw new IllegalArgumentException(
          "%s gives %s values, not one. Use applyAll.".formatted(layer, outputs.length));
    }
    return outputs[0];
  }

  /** {@return all values for these inputs} */
  public double[] applyAll(double... inputs) {
    Program program = programs.computeIfAbsent(inputs.length, this::program);
    return program.run(List.of(Tensor.vector(inputs), parameters.flat())).getFirst().toArray();
  }

  private Program program(int inputs) {
    return Program.of(
        Graph.trace(
            List.of(Shape.of(inputs), parameters.flat().shape()),
            in -> List.of(layer.apply(new Traced(parameters.structure(), in.get(1)), in.get(0)))));
  }

  /** {@return the layer} */
  public Layer layer() {
    return layer;
  }

  /** {@return its parameters} */
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    int count = parameters.size();
    return "%s with %s parameter%s".formatted(layer, count, count == 1 ? "" : "s");
  }
}
