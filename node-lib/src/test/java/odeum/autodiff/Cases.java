package odeum.autodiff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import odeum.graph.Convolution;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Functions of an array {@code (3, 2)} of values in 0.3 .. 1.4: every primitive, alone and
 * composed.
 */
final class Cases {
  static final Map<String, UnaryOperator<Tracer>> ALL = Collections.unmodifiableMap(all());

  private Cases() {}

  private static Map<String, UnaryOperator<Tracer>> all() {
    Map<String, UnaryOperator<Tracer>> cases = new LinkedHashMap<>();
    cases.put("negate", Tracer::unaryMinus);
    cases.put("abs", x -> x.minus(0.7).abs());
    cases.put("sqrt", Tracer::sqrt);
    cases.put("exp", Tracer::exp);
    cases.put("log", Tracer::log);
    cases.put("sin", Tracer::sin);
    cases.put("cos", Tracer::cos);
    cases.put("tan", x -> x.times(0.5).tan());
    cases.put("tanh", Tracer::tanh);
    cases.put("sigmoid", Tracer::sigmoid);
    cases.put("plus", x -> x.plus(x.get(0)));
    cases.put("minus", x -> x.get(1).minus(x));
    cases.put("times", x -> x.times(x.get(0)).times(3));
    cases.put("divide", x -> x.get(1).div(x));
    cases.put("power", x -> x.pow(x.get(1)));
    cases.put("integer powers", x -> x.pow(3).plus(x.pow(-2)).plus(x.pow(0)));
    cases.put("min", x -> x.min(x.get(0)));
    cases.put("max", x -> x.max(x.get(0)));
    cases.put("where", x -> Tracer.where(x.constant(0.8).less(x), x.square(), x.exp()));
    cases.put("broadcast", x -> x.sum(1).broadcast(Shape.of(4, 3)));
    cases.put("broadcast of ones", x -> x.slice(0, 0, 1).broadcast(Shape.of(2, 3, 2)).sin());
    cases.put("transpose", x -> x.transpose().times(x.flatten().reshape(Shape.of(2, 3))));
    cases.put("slice of columns", x -> x.slice(1, 1, 2).square());
    cases.put("pad", x -> x.pad(1, 2, 1).exp());
    cases.put("concatenate", x -> Tracer.concatenate(1, List.of(x, x.exp(), x)));
    cases.put("stack", x -> Tracer.stack(x.get(2), x.get(0).square()));
    cases.put("sums", x -> Tracer.stack(x.sum(), x.square().sum(0).get(1), x.sum(1).exp().get(2)));
    cases.put("matrix product", x -> x.matmul(x.transpose()).matmul(x));
    cases.put("matrix times vector", x -> x.matmul(x.get(0)));
    cases.put("composition", x -> x.matmul(x.transpose().tanh()).sum(0).div(x.square().mean()));
    more(cases);
    return cases;
  }

  private static void more(Map<String, UnaryOperator<Tracer>> cases) {
    List<Integer> indices = List.of(2, 0, -1, 2);
    cases.put("atan", x -> x.minus(0.8).times(3).atan());
    cases.put("sinh and cosh", x -> x.times(2).minus(1.5).sinh().times(x.cosh()));
    cases.put("gather rows", x -> x.gather(0, indices).square());
    cases.put("gather columns", x -> x.gather(1, List.of(1, 1, -1, 0)).exp());
    cases.put("scatter rows", x -> x.square().scatterAdd(0, List.of(1, -1, 1), 2).sin());
    cases.put("scatter columns", x -> x.scatterAdd(1, List.of(3, 1), 4).exp());
    cases.put("cumulative sum of rows", x -> x.cumulativeSum(0).square());
    cases.put("cumulative sum of columns", x -> x.cumulativeSum(1, true).square());
    cases.put("many products", Cases::manyProducts);
    cases.put("take", Cases::take);
    cases.put("put and add", Cases::putAdd);
    cases.put("largest", x -> Tracer.concatenate(0, List.of(x.max(0), x.max(1).square())));
    cases.put("smallest", x -> Tracer.concatenate(0, List.of(x.min(0), x.min(1).square())));
    cases.put("soft largest", x -> x.times(3).logSumExp(0).times(x.softmax(0)));
    cases.put("clamp", x -> x.clamp(0.5, 1.1).times(x));
    cases.put("sums over axes", x -> x.square().reshape(Shape.of(1, 3, 1, 2)).sum(3, 0, 1).exp());
    cases.put("mean and variance", x -> x.mean(0).times(x.variance(1).sum()).plus(x.variance()));
    cases.put("standardize", x -> x.square().standardize(1e-5, 0).times(x));
    cases.put("mean", x -> x.mean(0).times(x.mean(1).get(0)));
    cases.put("norm", x -> x.div(x.norm()));
    cases.put("print", x -> x.print("x").square());
    cases.put("sign", x -> x.times(x.minus(0.7).sign()));
    cases.put("algorithm", Cases::algorithm);
    cases.put("convolution of one axis", Cases::convolution);
  }

  private static Tracer algorithm(Tracer x) {
    Graph graph =
        Graph.trace(List.of(x.shape()), in -> List.of(in.getFirst().sin().times(in.getFirst())));
    return Tracer.implicit(new TracedFunction(graph), List.of(x));
  }

  /** The names of all primitives. */
  static Set<String> primitives(Class<?> sealed) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      if (type.isSealed()) {
        names.addAll(primitives(type));
      } else {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }

  /** Runs without what is printed on the way. */
  static void quietly(Runnable action) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(out);
    }
  }

  private static Tracer manyProducts(Tracer x) {
    Tracer a = x.sin().reshape(Shape.of(1, 3, 2)).broadcast(Shape.of(2, 3, 2));
    return a.multiplyEach(x.reshape(Shape.of(3, 1, 2)));
  }

  /** Elements that the values themselves choose, each column among its own knots. */
  private static Tracer take(Tracer x) {
    Tracer knots =
        x.constant(
            Tensor.matrix(new double[] {0.2, 0.3}, new double[] {0.6, 0.7}, new double[] {0.9, 1}));
    return x.exp().take(knots.search(x)).times(x);
  }

  private static Tracer putAdd(Tracer x) {
    Tracer numbers =
        x.constant(Tensor.matrix(new double[] {3, 0}, new double[] {-1, 9}, new double[] {3, 1}));
    return x.square().putAdd(numbers, 4).sin();
  }

  private static Tracer convolution(Tracer x) {
    Tracer weight = x.exp().reshape(Shape.of(1, 2, 3)).broadcast(Shape.of(2, 2, 3));
    return Convolution.of().withPadding(2).withDilation(2).apply(x.transpose(), weight);
  }
}
