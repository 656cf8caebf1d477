package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import odeum.adjoint.Adjoint;
import odeum.autodiff.Gradient;
import odeum.equation.Ode;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Ensemble;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Systems driven by a series: {@code x' = k (u - x)} is known in closed form on each line. */
class DrivenTest {
  private static final double K = 0.7;

  @TempDir Path folder;

  private static TimeSeries noise(int count) {
    Random random = new Random(3);
    double[] times = new double[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = 10.0 * i / (count - 1);
      values[i] = random.nextGaussian();
    }
    return TimeSeries.of(times).and("u", values);
  }

  private static TimeSeries dense() {
    double[] times = new double[5001];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i / 500.0;
      values[i] = StrictMath.sin(3 * times[i]);
    }
    return TimeSeries.of(times).and("u", values);
  }

  private static Ode room(TimeSeries series) {
    return Ode.parse(
        "room",
        "x' = k*(u - x)\ninput u = {series}\nparam k = 0.7\ninit x = 2",
        Map.of("u", series));
  }

  /** With u = a + m s it is x = u - m/k + c e^(-k s). */
  private static double exact(TimeSeries series, double k) {
    double[] t = series.times();
    double[] u = series.column("u");
    double x = 2;
    for (int i = 0; i + 1 < t.length; i++) {
      double h = t[i + 1] - t[i];
      double m = (u[i + 1] - u[i]) / h;
      double c = x - (u[i] - m / k);
      x = u[i + 1] - m / k + c * StrictMath.exp(-k * h);
    }
    return x;
  }

  private static Integrator tight(double rtol) {
    return Integrator.adaptive(Solvers.tsit5(), Pid.of(rtol, rtol * 1e-3));
  }

  @Test
  void convergesToTheClosedForm() {
    TimeSeries series = noise(30);
    for (double rtol : new double[] {1e-4, 1e-7, 1e-10}) {
      Solution solution = tight(rtol).solve(room(series));
      assertEquals(exact(series, K), solution.last("x"), 2 * rtol);
    }
  }

  /** A step over a kink is tried again and again; one that ends there is not. */
  @Test
  void stepsEndAtKinks() {
    TimeSeries series = noise(30);
    Solution solution = tight(1e-6).withSaveAt(SaveAt.steps()).solve(room(series));
    List<Double> steps = Arrays.stream(solution.times()).boxed().toList();
    for (double time : series.times()) {
      assertTrue(steps.contains(time), () -> "a step ends at " + time);
    }
    assertTrue(solution.statistics().evaluations() < 800, solution.summary());
    Solution fixed =
        Integrator.fixed(Solvers.rk4(), 0.1).withSaveAt(SaveAt.steps()).solve(room(series));
    assertEquals(101, fixed.size());
  }

  /** Points so dense that they look smooth are no reason for small steps. */
  @Test
  void stepsGoOverKinksThatHardlyShow() {
    TimeSeries series = dense();
    Solution solution = tight(1e-6).solve(room(series));
    assertTrue(solution.statistics().accepted() < 300, solution.summary());
    assertEquals(exact(series, K), solution.last("x"), 1e-5);
  }

  static List<Adjoint> adjoints() {
    return List.of(
        Adjoint.direct(), Adjoint.checkpointed(), Adjoint.backsolve(), Adjoint.forward());
  }

  @ParameterizedTest
  @MethodSource("adjoints")
  void gradientsAgreeWithTheClosedForm(Adjoint adjoint) {
    TimeSeries series = noise(8);
    Gradient gradient =
        Quantity.of(room(series), "last(x)")
            .withIntegrator(tight(1e-10))
            .withAdjoint(adjoint)
            .gradient("k", "x(0)");
    double h = 1e-5;
    double difference = (exact(series, K + h) - exact(series, K - h)) / (2 * h);
    assertEquals(exact(series, K), gradient.value(), 1e-9);
    assertEquals(difference, gradient.of("k"), 1e-7);
    assertEquals(StrictMath.exp(-K * 10), gradient.of("x(0)"), 1e-8);
  }

  /** The end moves, the kinks stay where they are. */
  @Test
  void endsOfTheSpanHaveDerivatives() {
    TimeSeries series = noise(8);
    Ode room = room(series).withSpan(0.3, 9.1);
    Quantity last = Quantity.of(room, "x(t1)*u(t1) + integral(u)").withIntegrator(tight(1e-10));
    Gradient gradient = last.gradient("t0", "t1");
    double h = 1e-5;
    for (String end : List.of("t0", "t1")) {
      double moved = end.equals("t0") ? h : 0;
      double value = at(room, 0.3 + moved, 9.1 + h - moved);
      double before = at(room, 0.3 - moved, 9.1 - h + moved);
      assertEquals((value - before) / (2 * h), gradient.of(end), 1e-6, end);
    }
  }

  private static double at(Ode room, double from, double to) {
    return Quantity.of(room.withSpan(from, to), "x(t1)*u(t1) + integral(u)")
        .withIntegrator(tight(1e-10))
        .value();
  }

  /** Members without step times are solved side by side. */
  @Test
  void anEnsembleHasTheBitsOfItsMembers() {
    for (TimeSeries series : List.of(noise(12), dense(), TimeSeries.of(0, 10).and("u", 1, 3))) {
      Ode room = room(series);
      List<Ode> all = Stream.of(0.5, 0.6, 0.7, 0.8, 0.9).map(k -> room.with("k", k)).toList();
      Ensemble ensemble = tight(1e-6).ensemble(all);
      for (int i = 0; i < all.size(); i++) {
        assertArrayEquals(tight(1e-6).solve(all.get(i)).values("x"), ensemble.get(i).values("x"));
      }
    }
  }

  @Test
  void leavingTheDataIsRefused() {
    Ode room = room(noise(12));
    String message =
        "The input u is known from t = 0 to 10, but the solve goes from -1 to 11. Stay inside, as"
            + " with -t 0 10, or give u data for longer.";
    Integrator integrator = Integrator.of(Solvers.tsit5());
    assertEquals(message, refusal(() -> integrator.solve(room, -1, 11)));
    assertEquals(message, refusal(() -> integrator.ensemble(List.of(room.withSpan(-1, 11)))));
    assertEquals(message, refusal(() -> Quantity.of(room.withSpan(-1, 11), "last(x)").gradient()));
    assertEquals(
        message, refusal(() -> EquationFit.of(room, TimeSeries.of(-1, 5, 11).and("x", 1, 2, 3))));
    assertTrue(
        refusal(() -> integrator.solve(room, 12, 11)).contains("from 12 to 11. Stay inside, or"));
    assertTrue(integrator.solve(room, 10, 0).result().isSuccess());
  }

  private static String refusal(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  @Test
  void aSavedModelHasThePointsInside() {
    Ode room = room(noise(12));
    Path file = folder.resolve("room.safetensors");
    Parameters parameters = Parameters.of(room.parameters(), room.parameterValues());
    Model.of(room.field(), parameters).withNames("x").withIntegrator(tight(1e-6)).save(file);
    Model model = Model.load(file);
    Solution solution = model.solve(Tensor.vector(2), 0, 10);
    assertArrayEquals(tight(1e-6).solve(room).values("x"), solution.values("x"));
    assertTrue(refusal(() -> model.solve(Tensor.vector(2), 0, 11)).contains("from 0 to 11"));
  }

  private static TimeSeries measured(TimeSeries input) {
    Solution truth = tight(1e-9).withSaveAt(SaveAt.even(25)).solve(room(input).with("k", 1.3));
    return TimeSeries.of(truth.times()).and("x", truth.values("x"));
  }

  @Test
  void parametersAreFittedThroughIt() {
    TimeSeries input = noise(20);
    EquationFit fit = EquationFit.of(room(input), measured(input));
    TrainingResult<Ode> result = Trainer.of(fit).epochs(50).run();
    assertEquals(1.3, result.parameter("k"), 1e-6);
    assertEquals(input, result.model().input("u"));
  }

  @Test
  void anotherInputIsAnotherTraining() {
    TimeSeries input = noise(20);
    EquationFit fit = EquationFit.of(room(input), measured(input));
    EquationFit other = EquationFit.of(room(TimeSeries.of(0, 10).and("u", 1, 2)), measured(input));
    assertNotEquals(fit.facts(), other.facts());
    assertEquals(fit.facts(), EquationFit.of(room(noise(20)), measured(input)).facts());
    var state = Trainer.of(fit).epochs(2).run().state();
    assertTrue(refusal(() -> Trainer.of(other).epochs(3).resume(state).run()).contains("input u"));
  }
}
