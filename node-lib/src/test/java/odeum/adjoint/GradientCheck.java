package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/** Gradients of losses of a start, parameters and times, and what they are held against. */
final class GradientCheck {
  private GradientCheck() {}

  /** A loss that weighs every saved value differently. */
  static Graph loss(Solve solve, Structure names, int size, int times) {
    Tensor weights = RandomKey.of(5).normal(Shape.of(times, size));
    return Graph.trace(
        List.of(Shape.of(size), Shape.of(names.size()), Shape.of(times)),
        in -> {
          Tracer states = solve.apply(new Traced(names, in.get(1)), in.get(0), in.get(2));
          return List.of(states.square().times(states.constant(weights)).sum());
        });
  }

  static Graph gradient(Graph loss) {
    return Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
  }

  static double[] gradient(Graph loss, List<Tensor> at) {
    return flat(Program.of(gradient(loss)).run(at));
  }

  static double[] flat(List<Tensor> tensors) {
    return tensors.stream().flatMapToDouble(t -> Arrays.stream(t.toArray())).toArray();
  }

  static void near(double[] expected, double[] actual, double allowed) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], allowed * (1 + Math.abs(expected[i])), "value " + i);
    }
  }

  /** A directional derivative forward, with the gradient. */
  static void forwardAgrees(Graph loss, List<Tensor> at, double[] gradient, double allowed) {
    List<Tensor> inputs = new ArrayList<>(at);
    double expected = 0;
    int from = 0;
    for (int input = 0; input < at.size(); input++) {
      Tensor direction = RandomKey.of(input).normal(at.get(input).shape());
      inputs.add(direction);
      for (int i = 0; i < direction.size(); i++) {
        expected += direction.at(i) * gradient[from++];
      }
    }
    double actual = Program.of(Jvp.of(loss)).run(inputs).get(1).scalar();
    assertEquals(expected, actual, allowed * (1 + Math.abs(expected)));
  }

  /** Five-point central differences by every value of every input. */
  static double[] differences(Graph loss, List<Tensor> at) {
    Program value = Program.of(loss);
    double h = 1e-3;
    double[] result = new double[at.stream().mapToInt(Tensor::size).sum()];
    int to = 0;
    for (int input = 0; input < at.size(); input++) {
      for (int i = 0; i < at.get(input).size(); i++) {
        double near = value(value, at, input, i, h) - value(value, at, input, i, -h);
        double far = value(value, at, input, i, 2 * h) - value(value, at, input, i, -2 * h);
        result[to++] = (8 * near - far) / (12 * h);
      }
    }
    return result;
  }

  private static double value(Program f, List<Tensor> at, int input, int i, double by) {
    double[] values = at.get(input).toArray();
    values[i] += by;
    List<Tensor> moved = new ArrayList<>(at);
    moved.set(input, Tensor.vector(values));
    return f.run(moved).getFirst().scalar();
  }
}
