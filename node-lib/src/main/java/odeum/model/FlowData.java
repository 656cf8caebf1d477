package odeum.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.simd.Lanes;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Drawn;

/** Points and contexts of flows, as arrays of rows and as samples. */
final class FlowData {
  private FlowData() {}

  static void check(ContinuousNormalizingFlow flow, Tensor x) {
    check("points", "dimensions", x, flow.dimension());
  }

  static void check(ContinuousNormalizingFlow flow, Tensor x, Tensor contexts) {
    check(flow, x);
    check("contexts", "values of context", contexts, flow.field().context());
    if (x.shape().extent(0) != contexts.shape().extent(0)) {
      throw new IllegalArgumentException(
          "Each point has a context, got %s points and %s contexts."
              .formatted(x.shape().extent(0), contexts.shape().extent(0)));
    }
  }

  private static void check(String what, String of, Tensor rows, int columns) {
    if (rows.shape().rank() != 2 || rows.shape().extent(1) != columns) {
      throw new IllegalArgumentException(
          "The flow has %s %s: %s have shape (%s, %s), got %s."
              .formatted(columns, of, what, what, columns, rows.shape()));
    }
  }

  /** {@return points and contexts as samples} */
  static Dataset samples(ContinuousNormalizingFlow flow, Tensor x, Tensor contexts) {
    check(flow, x, contexts);
    Dataset data = Dataset.samples(ContinuousNormalizingFlow.X, x);
    if (flow.field().context() > 0) {
      data = data.and(ContinuousNormalizingFlow.CONTEXT, contexts);
    }
    return flow.settings().levels().isPresent()
        ? data.and(
            ContinuousNormalizingFlow.JITTER, Shape.of(flow.dimension()), Drawn.uniform(0, 1))
        : data;
  }

  /** {@return what is carried of a sample} */
  static Tracer continuous(ContinuousNormalizingFlow flow, Traced sample) {
    Tracer x = sample.get(ContinuousNormalizingFlow.X);
    return flow.settings()
        .levels()
        .map(levels -> levels.continuous(x, sample.get(ContinuousNormalizingFlow.JITTER)))
        .orElse(x);
  }

  /** {@return the continuous values of levels, by this noise} */
  static Tensor continuous(Levels levels, Tensor x, Tensor jitter) {
    Graph graph =
        Graph.trace(
            List.of(x.shape(), x.shape()),
            in -> List.of(levels.continuous(in.getFirst(), in.getLast())));
    return Program.of(graph).run(List.of(x, jitter)).getFirst();
  }

  static Tracer context(ContinuousNormalizingFlow flow, Traced sample) {
    return flow.field().context() > 0
        ? sample.get(ContinuousNormalizingFlow.CONTEXT)
        : sample.flat().constant(Tensor.zeros(Shape.of(0)));
  }

  static int[] likeliest(ContinuousNormalizingFlow flow, Tensor x, Tensor contexts) {
    int width = flow.field().context();
    check("contexts", "values of context", contexts, width);
    double[] best = new double[count(x)];
    int[] which = new int[count(x)];
    for (int k = 0; k < count(contexts); k++) {
      double[] context = Arrays.copyOfRange(contexts.toArray(), k * width, (k + 1) * width);
      double[] density = flow.given(context).logDensity(x);
      for (int i = 0; i < best.length; i++) {
        if (k == 0 || density[i] > best[i]) {
          best[i] = density[i];
          which[i] = k;
        }
      }
    }
    return which;
  }

  static double meanNegative(double[] values) {
    return -Lanes.sum(values, 0, values.length) / values.length;
  }

  /** {@return how many rows there are} */
  static int count(Tensor rows) {
    return rows.shape().rank() == 0 ? 0 : rows.shape().extent(0);
  }

  static Tensor repeated(Tensor row, int count) {
    double[] values = new double[row.size() * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.at(i % row.size());
    }
    return Tensor.of(Shape.of(count, row.size()), values);
  }

  static Tensor beside(Tensor left, Tensor right) {
    int rows = left.shape().extent(0);
    int a = left.shape().extent(1);
    int b = right.shape().extent(1);
    double[] values = new double[rows * (a + b)];
    for (int i = 0; i < values.length; i++) {
      int row = i / (a + b);
      int column = i % (a + b);
      values[i] = column < a ? left.at(row * a + column) : right.at(row * b + column - a);
    }
    return Tensor.of(Shape.of(rows, a + b), values);
  }

  static Tensor each(Tensor tensor, DoubleUnaryOperator function) {
    double[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(values[i]);
    }
    return Tensor.of(tensor.shape(), values);
  }
}
