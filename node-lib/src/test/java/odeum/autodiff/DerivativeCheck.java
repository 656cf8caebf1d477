package odeum.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/**
 * Checks derivatives of a graph: the forward one against central differences, the reverse one
 * against the forward one. Says what is wrong, if anything is.
 */
final class DerivativeCheck {
  private static final double STEP = 1e-4;

  private DerivativeCheck() {}

  static Optional<String> of(Graph graph) {
    return of(graph, arguments(graph), Vjp.of(graph), Jvp.of(graph));
  }

  static List<Tensor> arguments(Graph graph) {
    return normal(graph, 1);
  }

  private static List<Tensor> normal(Graph graph, int key) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      tensors.add(RandomKey.of(key).fold(i).normal(graph.inputs().get(i)));
    }
    return tensors;
  }

  static Optional<String> of(Graph graph, List<Tensor> x, Graph vjp, Graph jvp) {
    List<Tensor> direction = normal(graph, 2);
    List<Tensor> both = new ArrayList<>(x);
    both.addAll(direction);
    int outputs = graph.outputs().size();
    List<Tensor> pushed = Program.of(jvp).run(both).subList(outputs, 2 * outputs);
    Program program = Program.of(graph);
    double[] wide = difference(program, x, direction, STEP);
    double[] narrow = difference(program, x, direction, STEP / 2);
    double[] forward = flat(pushed);
    for (int i = 0; i < forward.length; i++) {
      double expected = (4 * narrow[i] - wide[i]) / 3;
      double tolerance = 2e-8 * (1 + Math.abs(expected)) + Math.abs(narrow[i] - wide[i]);
      if (!(Math.abs(forward[i] - expected) <= tolerance)) {
        return wrong("forward value " + i, expected, forward[i]);
      }
    }
    return reverse(graph, x, direction, vjp, pushed);
  }

  private static Optional<String> reverse(
      Graph graph, List<Tensor> x, List<Tensor> direction, Graph vjp, List<Tensor> pushed) {
    List<Tensor> inputs = new ArrayList<>(x);
    for (int i = 0; i < pushed.size(); i++) {
      inputs.add(RandomKey.of(3).fold(i).normal(graph.output(i)));
    }
    double[] pulled = flat(Program.of(vjp).run(inputs));
    double[] along = flat(direction);
    double[] forward = flat(pushed);
    double[] v = flat(inputs.subList(x.size(), inputs.size()));
    double scale = 1 + size(pulled) * size(along) + size(v) * size(forward);
    double expected = dot(v, forward);
    double actual = dot(pulled, along);
    return Math.abs(expected - actual) <= 1e-12 * scale
        ? Optional.empty()
        : wrong("reverse", expected, actual);
  }

  private static Optional<String> wrong(String what, double expected, double actual) {
    return Optional.of(
        String.format(Locale.ROOT, "%s: %.12g instead of %.12g", what, actual, expected));
  }

  private static double[] difference(
      Program program, List<Tensor> x, List<Tensor> direction, double step) {
    double[] up = flat(program.run(moved(x, direction, step)));
    double[] down = flat(program.run(moved(x, direction, -step)));
    for (int i = 0; i < up.length; i++) {
      up[i] = (up[i] - down[i]) / (2 * step);
    }
    return up;
  }

  private static List<Tensor> moved(List<Tensor> x, List<Tensor> direction, double by) {
    List<Tensor> moved = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      double[] values = x.get(i).toArray();
      for (int j = 0; j < values.length; j++) {
        values[j] += by * direction.get(i).at(j);
      }
      moved.add(Tensor.of(x.get(i).shape(), values));
    }
    return moved;
  }

  static double[] flat(List<Tensor> tensors) {
    return tensors.stream().flatMapToDouble(t -> java.util.Arrays.stream(t.toArray())).toArray();
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double size(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
