package odeum;

import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.equation.Ode;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.model.EquationFit;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.simd.Elementary;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
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

/** Work of every kind, reduced to a hash of the bits of its results. */
public final class Bits {
  private static final String LOTKA =
      """
      x' = a*x - b*x*y
      y' = -c*y + d*x*y
      param a = 1.5, b = 1, c = 3, d = 1
      init x = 1, y = 1
      time 0 .. 5
      """;

  private long hash = 1;

  private Bits() {}

  /** Prints the hash. */
  public static void main(String[] args) {
    System.out.println(hash());
  }

  static String hash() {
    Bits bits = new Bits();
    bits.elementaryFunctions();
    bits.gradientOfANetwork();
    bits.solutions();
    bits.fits();
    bits.trainings();
    return Long.toHexString(bits.hash);
  }

  private void add(double value) {
    hash = 31 * hash + Double.doubleToLongBits(value);
  }

  private void elementaryFunctions() {
    RandomKey key = RandomKey.of(1);
    for (int i = 0; i < 20_000; i++) {
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

  private void gradientOfANetwork() {
    List<Shape> shapes = List.of(Shape.of(31, 2), Shape.of(2, 17), Shape.of(17, 3));
    Graph loss =
        Graph.trace(
            shapes,
            in -> {
              Tracer hidden = in.get(0).matmul(in.get(1)).tanh();
              return List.of(hidden.matmul(in.get(2)).square().mean());
            });
    Graph gradient =
        Graph.trace(shapes, in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    List<Tensor> at = shapes.stream().map(s -> RandomKey.of(s.size()).normal(s)).toList();
    Program program = Program.of(gradient);
    for (int repeat = 0; repeat < 300; repeat++) {
      for (Tensor result : program.run(at)) {
        for (double value : result.toArray()) {
          add(value);
        }
      }
    }
  }

  private void solutions() {
    Ode lotka = Ode.parse(LOTKA);
    for (Solver solver : Solvers.all()) {
      Integrator integrator =
          solver instanceof AdaptiveSolver adaptive
              ? Integrator.adaptive(adaptive, Pid.of(1e-7, 1e-9))
              : Integrator.fixed(solver, 0.01);
      Solution solution = integrator.solve(lotka, 0, 10);
      for (String name : lotka.names()) {
        for (double value : solution.values(name)) {
          add(value);
        }
      }
    }
  }

  private void fits() {
    Ode lotka = Ode.parse(LOTKA);
    Solution truth = Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(30)).solve(lotka);
    TimeSeries data =
        TimeSeries.of(truth.times()).and("x", truth.values("x")).and("y", truth.values("y"));
    Ode start = lotka.with("a", 1.6).with("d", 0.9);
    for (Optimizer optimizer :
        List.of(
            LevenbergMarquardt.of(),
            Lbfgs.of(),
            Adam.of(0.01),
            RmsProp.of(0.01).withSchedule(Schedule.cosine()),
            CmaEs.of())) {
      TrainingResult<Ode> fit =
          Trainer.of(EquationFit.of(start, data)).optimizer(optimizer).epochs(15).run();
      for (double loss : fit.losses()) {
        add(loss);
      }
      for (double value : fit.best().flat().toArray()) {
        add(value);
      }
    }
  }

  /** A network learns windows of a spiral through the solver, in batches that share their steps. */
  private void trainings() {
    training(Adjoint.direct(), List.of(RmsProp.of(1e-3), AdamW.of(1e-2)));
    training(Adjoint.backsolve(), List.of(RmsProp.of(1e-3)));
  }

  private void training(Adjoint adjoint, List<StepOptimizer> methods) {
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
      for (Batch batch : data.batches(20, 40, RandomKey.of(6))) {
        Evaluation e = compiled.at(state.parameters(), batch);
        add(e.value());
        state = state.step(e.gradient().clipNorm(1));
      }
      for (double value : state.parameters().flat().toArray()) {
        add(value);
      }
    }
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
