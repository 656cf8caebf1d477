package odeum.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pieces that a training step is made of, each in a fresh JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "--add-modules",
      "jdk.incubator.vector",
      "-Dodeum.threads=1"
    })
public class Micro {
  private static final RandomKey KEY = RandomKey.of(7);
  private static final Mlp NET = Mlp.of(2, 50, 2);

  private static Tensor normal(Shape shape, int stream, double scale) {
    RandomKey key = KEY.fold(stream);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * key.normal(i);
    }
    return Tensor.of(shape, values);
  }

  /** A program with its inputs set, of random numbers. */
  private static Program.Run open(
      List<Shape> inputs, Function<List<Tracer>, List<Tracer>> function) {
    return open(Graph.trace(inputs, function));
  }

  private static Program.Run open(Graph graph) {
    Program.Run run = Program.of(graph).open();
    for (int i = 0; i < graph.inputs().size(); i++) {
      run.set(i, normal(graph.inputs().get(i), i, 1).toArray(), 0);
    }
    return run;
  }

  /** Matrix products, (m, k) by (k, n). */
  @State(Scope.Thread)
  public static class Products {
    @Param({"256x256x256", "50x2x20", "256x64x256", "64x64x1"})
    String size;

    private Program.Run run;

    /** Opens the program. */
    @Setup
    public void open() {
      String[] extents = size.split("x");
      int m = Integer.parseInt(extents[0]);
      int k = Integer.parseInt(extents[1]);
      int n = Integer.parseInt(extents[2]);
      run =
          Micro.open(
              List.of(Shape.of(m, k), Shape.of(k, n)), in -> List.of(in.get(0).matmul(in.get(1))));
    }
  }

  /** Functions of 4,096 numbers. */
  @State(Scope.Thread)
  public static class Functions {
    /** What is computed. */
    public enum Name {
      ADD(x -> x.plus(1.5)),
      TANH(Tracer::tanh),
      EXP(Tracer::exp),
      SIN(Tracer::sin),
      SUM(Tracer::sum);

      final transient UnaryOperator<Tracer> function;

      Name(UnaryOperator<Tracer> function) {
        this.function = function;
      }
    }

    @Param Name name;

    private Program.Run run;

    /** Opens the program. */
    @Setup
    public void open() {
      run = Micro.open(List.of(Shape.of(4096)), in -> List.of(name.function.apply(in.getFirst())));
    }
  }

  /** The field of the case {@code spiral} at one state: itself, its pullback, a short solve. */
  @State(Scope.Thread)
  public static class Field {
    private Program.Run field;
    private Program.Run pullback;
    private Program.Run solve;
    private Program.Run gradient;

    /** Opens the programs. */
    @Setup
    public void open() {
      Parameters weights =
          Parameters.of("0.weight", normal(Shape.of(50, 2), 1, 0.1))
              .and("0.bias", Tensor.zeros(Shape.of(50)))
              .and("2.weight", normal(Shape.of(2, 50), 2, 0.1))
              .and("2.bias", Tensor.zeros(Shape.of(2)));
      List<Shape> inputs = List.of(Shape.of(2), Shape.of(weights.size()));
      Graph graph =
          Graph.trace(
              inputs,
              in ->
                  List.of(NET.apply(new Traced(weights.structure(), in.get(1)), in.get(0).pow(3))));
      Solve dopri5 =
          Solve.of(
              (_, y, p) -> NET.apply(p, y.pow(3)),
              Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-7, 1e-9)),
              Adjoint.direct());
      Graph loss =
          Graph.trace(
              inputs,
              in ->
                  List.of(
                      dopri5
                          .apply(
                              new Traced(weights.structure(), in.get(1)),
                              in.get(0),
                              in.get(0).constant(Tensor.vector(0, 0.1, 0.225)))
                          .abs()
                          .mean()));
      field = at(weights, graph);
      pullback = at(weights, Vjp.of(graph));
      solve = at(weights, loss);
      gradient = at(weights, Vjp.of(loss));
    }

    private static Program.Run at(Parameters weights, Graph graph) {
      Program.Run run = Micro.open(graph);
      run.set(0, new double[] {1.5, -0.5}, 0);
      run.set(1, weights.flat().toArray(), 0);
      return run;
    }
  }

  /** {@return an entry of the product} */
  @Benchmark
  public double product(Products products) {
    products.run.run();
    return products.run.number(0);
  }

  /** {@return a value of the function} */
  @Benchmark
  public double function(Functions functions) {
    functions.run.run();
    return functions.run.number(0);
  }

  /** {@return an entry of dy/dt} */
  @Benchmark
  public double field(Field field) {
    field.field.run();
    return field.field.number(0);
  }

  /** {@return an entry of the pullback} */
  @Benchmark
  public double pullback(Field field) {
    field.pullback.run();
    return field.pullback.number(0);
  }

  /** {@return the loss of a solve} */
  @Benchmark
  public double solve(Field field) {
    field.solve.run();
    return field.solve.number(0);
  }

  /** {@return an entry of the loss's gradient} */
  @Benchmark
  public double gradient(Field field) {
    field.gradient.run();
    return field.gradient.number(0);
  }
}
