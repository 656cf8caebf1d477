package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/** Gradients of a graph of three inputs against differences, and forward against reverse. */
final class Gradients {
  private Gradients() {}

  static List<Tensor> gradient(Graph graph, List<Tensor> at, Tensor bar) {
    List<Tensor> all = new ArrayList<>(at);
    all.add(bar);
    return Program.of(Vjp.of(graph)).run(all);
  }

  static void differences(Graph graph, List<Tensor> at) {
    differences(graph, at, 1e-8);
  }

  static void differences(Graph graph, List<Tensor> at, double tolerance) {
    Program program = Program.of(graph);
    Tensor bar = RandomKey.of(7).normal(graph.output(0));
    assertTrue(Double.isFinite(dot(program.run(at).getFirst(), bar)));
    List<Tensor> gradient = gradient(graph, at, bar);
    for (int input = 0; input < 3; input++) {
      for (int j = 0; j < at.get(input).size(); j++) {
        double h = 2e-4;
        double difference =
            (8 * (value(program, at, bar, input, j, h) - value(program, at, bar, input, j, -h))
                    - (value(program, at, bar, input, j, 2 * h)
                        - value(program, at, bar, input, j, -2 * h)))
                / (12 * h);
        double actual = gradient.get(input).at(j);
        assertEquals(
            difference, actual, tolerance * (1 + Math.abs(difference)), input + " at " + j);
      }
    }
  }

  private static double value(
      Program program, List<Tensor> at, Tensor bar, int input, int j, double change) {
    List<Tensor> moved = new ArrayList<>(at);
    double[] values = at.get(input).toArray();
    values[j] += change;
    moved.set(input, Tensor.of(at.get(input).shape(), values));
    return dot(program.run(moved).getFirst(), bar);
  }

  static void agree(Graph graph, List<Tensor> at) {
    List<Tensor> tangents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tangents.add(RandomKey.of(20 + i).normal(at.get(i).shape()));
    }
    List<Tensor> all = new ArrayList<>(at);
    all.addAll(tangents);
    double[] moved = Program.of(Jvp.of(graph)).run(all).get(1).toArray();
    double[] bars = RandomKey.of(9).normal(graph.output(0)).toArray();
    for (int i = 0; i < moved.length; i++) {
      if (Double.isNaN(moved[i])) { // an event that did not come
        moved[i] = 0;
      }
    }
    List<Tensor> gradient = gradient(graph, at, Tensor.of(graph.output(0), bars));
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += dot(gradient.get(i), tangents.get(i));
    }
    double actual = dot(Tensor.of(graph.output(0), bars), Tensor.of(graph.output(0), moved));
    assertEquals(expected, actual, 1e-10 * (1 + Math.abs(expected)));
  }

  static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.at(i) * b.at(i);
    }
    return sum;
  }
}
