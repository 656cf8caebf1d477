package odeum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.equation.Ode;
import odeum.graph.Convolution;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.model.EquationFit;
import odeum.model.NeuralOde;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nonlinear.RootFinder;
import odeum.path.TimeSeries;
import odeum.simd.Elementary;
import odeum.simd.Machine;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.solver.SymplecticMethod;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import odeum.train.Adam;
import odeum.train.AdamW;
import odeum.train.Batch;
import odeum.train.CmaEs;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Lbfgs;
import odeum.train.LevenbergMarquardt;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.RmsProp;
import odeum.train.Schedule;
import odeum.train.StepOptimizer;
import odeum.train.Trainer;
import odeum.train.TrainingResult;

/** Work of every kind, reduced to the bits of its results. */
public final class Bits {
  private static final Ode PENDULUM = Ode.parse("x'' = -sin(x) + 0.1*cos(t)\ninit x = 1, x' = 0.3");

  private static final Ode LOTKA =
      Ode.parse(
          """
          x' = a*x - b*x*y
          y' = -c*y + d*x*y
          param a = 1.5, b = 1, c = 3, d = 1
          init x = 1, y = 1
          time 0 .. 5
          """);

  private final int size;
  private long hash;

  private Bits(int size) {
    this.size = size;
  }

  /**
   * Prints a line for each kind of work: {@code quick} once small, {@code all} then also ten times
   * larger, {@code changing} all of it after the JVM has gone over to vectors.
   */
  public static void main(String[] arguments) {
    if (arguments[0].equals("changing")) {
      changeToVectors();
    }
    lines(arguments[0].equals("quick")).forEach(System.out::println);
  }

  private static void changeToVectors() {
    List<String> quick = lines(true);
    long begin = System.nanoTime();
    while (!Machine.vector()) {
      if (!lines(true).equals(quick) || System.nanoTime() - begin > 120e9) {
        throw new IllegalStateException("other bits, or no vectors within two minutes");
      }
    }
  }

  static List<String> lines(boolean quick) {
    List<String> lines = new Bits(1).lines();
    if (!quick) {
      lines.addAll(new Bits(10).lines());
    }
    return lines;
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("elementary functions: " + hashOf(this::elementaryFunctions));
    lines.add("gradients: " + hashOf(this::gradients));
    lines.add("solutions: " + hashOf(this::solutions));
    lines.add("roots: " + hashOf(this::roots));
    lines.add("fits: " + hashOf(this::fits));
    lines.add("steps: " + hashOf(this::steps));
    lines.add("losses: " + losses());
    return lines;
  }

  private String hashOf(Runnable work) {
    hash = 1;
    work.run();
    return Long.toHexString(hash);
  }

  private void add(double value) {
    hash = 31 * hash + Double.doubleToLongBits(value);
  }

  private void add(Tensor values) {
    for (double value : values.toArray()) {
      add(value);
    }
  }

  private void elementaryFunctions() {
    RandomKey key = RandomKey.of(1);
    for (int i = 0; i < 2_000 * size; i++) {
      double x = 20 * key.normal(i);
      add(Elementary.exp(x));
      add(Elementary.tanh(x));
      add(Elementary.sigmoid(x));
      add(Elementary.sin(x));
      add(Elementary.cos(x));
      add(Elementary.log(Math.abs(x)));
      add(Elementary.pow(Math.abs(x), 0.2));
    }
  }

  private void gradients() {
    gradient(31, 2, 17, 3, 30 * size);
    // At ten times the size long enough for threads to share the products.
    gradient(32 * size, 32 * size, 32 * size, 2, 1);
    convolutions(5, 3 * size);
    convolutions(9, 3 * size);
  }

  /** With few channels by patches, with many by tiles. */
  private void convolutions(int channels, int samples) {
    Shape image = Shape.of(channels, 5, 6);
    Shape weight = Shape.of(channels + 1, channels, 3, 3);
    Convolution convolution = Convolution.of().withPadding(1);
    Graph one =
        Graph.trace(
            List.of(image, weight), in -> List.of(convolution.apply(in.get(0), in.get(1)).tanh()));
    Graph graph = Vjp.of(Vmap.of(one, List.of(true, false), samples));
    List<Tensor> at = graph.inputs().stream().map(s -> RandomKey.of(s.size()).normal(s)).toList();
    Program program = Program.of(graph);
    for (int repeat = 0; repeat < 3; repeat++) {
      program.run(at).forEach(this::add);
    }
  }

  private void gradient(int samples, int inputs, int hidden, int outputs, int repeats) {
    List<Shape> shapes =
        List.of(Shape.of(samples, inputs), Shape.of(inputs, hidden), Shape.of(hidden, outputs));
    Graph loss =
        Graph.trace(
            shapes,
            in -> List.of(in.get(0).matmul(in.get(1)).tanh().matmul(in.get(2)).square().mean()));
    Graph gradient =
        Graph.trace(shapes, in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    List<Tensor> at = shapes.stream().map(s -> RandomKey.of(s.size()).normal(s)).toList();
    Program program = Program.of(gradient);
    for (int repeat = 0; repeat < repeats; repeat++) {
      program.run(at).forEach(this::add);
    }
  }

  private void solutions() {
    for (Solver solver : Solvers.all()) {
      Integrator integrator =
          solver instanceof AdaptiveSolver adaptive
              ? Integrator.adaptive(adaptive, Pid.of(1e-7, 1e-9))
              : Integrator.fixed(solver, 0.01);
      Ode system = solver instanceof SymplecticMethod ? PENDULUM : LOTKA;
      Solution solution = integrator.solve(system, 0, size);
      for (String name : system.names()) {
        for (double value : solution.values(name)) {
          add(value);
        }
      }
    }
  }

  /** Elimination, in a whole matrix and in a band, on derivatives found from the graph. */
  private void roots() {
    int n = 12 * size;
    Tensor weights = RandomKey.of(8).normal(Shape.of(n, n));
    VectorField net = (t, y, p) -> y.constant(weights).matmul(y.tanh()).plus(1).minus(y.times(n));
    VectorField rod =
        (t, y, p) -> {
          Tracer wide = y.pad(0, 1, 1);
          return wide.slice(0, 0, n).plus(wide.slice(0, 2, n + 2)).plus(1).minus(y.exp().times(3));
        };
    for (VectorField field : List.of(net, rod)) {
      add(RootFinder.chordMethod().find(OdeTerm.of(field, n), 0, Tensor.zeros(Shape.of(n))).y());
    }
  }

  private void fits() {
    Solution truth = Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(30)).solve(LOTKA);
    TimeSeries data =
        TimeSeries.of(truth.times()).and("x", truth.values("x")).and("y", truth.values("y"));
    Ode start = LOTKA.with("a", 1.6).with("d", 0.9);
    for (Optimizer optimizer :
        List.of(
            LevenbergMarquardt.of(),
            Lbfgs.of(),
            Adam.of(0.01),
            RmsProp.of(0.01).withSchedule(Schedule.cosine()),
            CmaEs.of())) {
      TrainingResult<Ode> fit =
          Trainer.of(EquationFit.of(start, data)).optimizer(optimizer).epochs(2 + size).run();
      add(Tensor.vector(fit.losses()));
      add(fit.best().flat());
    }
  }

  /** A network learns windows of a spiral through the solver, in batches that share their steps. */
  private void steps() {
    steps(Adjoint.direct(), List.of(RmsProp.of(1e-3), AdamW.of(1e-2)));
    steps(Adjoint.backsolve(), List.of(RmsProp.of(1e-3)));
  }

  private void steps(Adjoint adjoint, List<StepOptimizer> methods) {
    Mlp net = Mlp.of(2, 19, 2);
    VectorField field = (t, y, p) -> net.apply(p, y.pow(3));
    Integrator integrator = Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-7, 1e-9));
    Solve solve = Solve.of(field, integrator, adjoint);
    Objective loss =
        (p, s) -> solve.apply(p, s.get("y0"), s.get("times")).minus(s.get("y")).abs().mean();
    Dataset data = Dataset.windowsFromZero(spiral(), 10);
    Parameters start = net.initial(RandomKey.of(5));
    Compiled compiled = loss.compile(start, data);
    for (StepOptimizer method : methods) {
      Optimizer.State state = method.start(start);
      for (Batch batch : data.batches(20, 4 * size - 3, RandomKey.of(6))) {
        Evaluation e = compiled.at(state.parameters(), batch);
        add(e.value());
        state = state.step(e.gradient().clipNorm(1));
      }
      add(state.parameters().flat());
    }
  }

  /** A training as it is written in a notebook; in hexadecimal every bit of a loss shows. */
  private String losses() {
    TrainingResult<NeuralOde> training =
        Trainer.of(NeuralOde.of(Mlp.of(2, 13, 2)).withWindow(10))
            .optimizer(AdamW.of(1e-2).withSchedule(Schedule.cosine()))
            .batch(50)
            .epochs(1 + size)
            .validation(0.1)
            .seed(7)
            .run(spiral());
    return DoubleStream.concat(
            Arrays.stream(training.losses()), Arrays.stream(training.validationLosses()))
        .mapToObj(Double::toHexString)
        .collect(Collectors.joining(" "));
  }

  private static TimeSeries spiral() {
    Ode truth =
        Ode.parse(
            """
            x' = -0.1*x^3 - 2*y^3
            y' = 2*x^3 - 0.1*y^3
            init x = 2, y = 0
            time 0 .. 5
            """);
    Solution curve = Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(201)).solve(truth);
    return TimeSeries.of(curve.times()).and("x", curve.values("x")).and("y", curve.values("y"));
  }
}
