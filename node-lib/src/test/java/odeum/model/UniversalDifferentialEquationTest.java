package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import odeum.equation.Ode;
import odeum.graph.Tracer;
import odeum.nn.Activation;
import odeum.nn.Layer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import odeum.train.Adam;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Lbfgs;
import odeum.train.Trainable;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;

/** Known equations with networks in them. */
class UniversalDifferentialEquationTest {
  private static final Ode EQUATIONS =
      Ode.parse(
          """
          x' = a*x - u
          y' = -c*y + v + f(2*x, sin(t))*y
          let (u, v) = g(x, y)
          param a = 0.5, c = 0.9
          net f = mlp(2, 3, 1, sigmoid), g = mlp(2, 4, 2, tanh)
          init x = 1, y = c
          """);

  private static final Layer F = Mlp.of(Activation.SIGMOID, 2, 3, 1);
  private static final Layer G = Mlp.of(2, 4, 2);

  private static final UniversalDifferentialEquation JAVA =
      UniversalDifferentialEquation.of(
              (t, y, p) -> {
                Tracer prey = y.get(0);
                Tracer predator = y.get(1);
                Tracer force = F.apply(p.at("f"), Tracer.stack(prey.times(2), t.sin())).get(0);
                Tracer both = G.apply(p.at("g"), y);
                return Tracer.stack(
                    prey.times(p.get("a")).minus(both.get(0)),
                    predator.times(force).plus(both.get(1)).minus(predator.times(p.get("c"))));
              },
              "x",
              "y")
          .withNumber("a", 0.5)
          .withNumber("c", 0.9)
          .withNet("f", F)
          .withNet("g", G);

  private static final TimeSeries DATA =
      TimeSeries.of(0, 0.4, 1, 1.5).and("x", 1, 1.2, 1.4, 1.5).and("y", 0.9, 0.7, 0.6, 0.7);

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Integrator fine = Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-11, 1e-12));
    checkGradient(EquationFit.of(EQUATIONS, DATA).withIntegrator(fine));
    checkGradient(EquationFit.of(EQUATIONS, DATA).withIntegrator(fine).withWindow(3));
    checkGradient(JAVA.withIntegrator(fine).fit(DATA));
    checkGradient(UniversalDifferentialEquation.of(EQUATIONS).withIntegrator(fine).fit(DATA));
  }

  private static void checkGradient(Trainable<?> fit) {
    Dataset data = fit.data();
    Parameters start = large(fit.start(RandomKey.of(1)));
    Compiled compiled = fit.objective().compile(start, data);
    double[] gradient = compiled.at(start, data.all()).gradient().flat().toArray();
    for (int i = 0; i < gradient.length; i++) {
      double difference =
          (compiled.value(moved(start, i, 1e-5), data.all())
                  - compiled.value(moved(start, i, -1e-5), data.all()))
              / 2e-5;
      assertEquals(difference, gradient[i], 1e-7 * (1 + Math.abs(difference)), "entry " + i);
    }
  }

  /** Weights of a size where nothing is nearly linear. */
  private static Parameters large(Parameters start) {
    double[] values = start.flat().toArray();
    for (int i = 2; i < values.length; i++) {
      values[i] = RandomKey.of(3).normal(i);
    }
    return start.withFlat(values);
  }

  private static Parameters moved(Parameters start, int position, double step) {
    double[] values = start.flat().toArray();
    values[position] += step;
    return start.withFlat(values);
  }

  @Test
  void equationsAndJavaAreTheSameModel() {
    assertEquals(
        EQUATIONS.parameters().names(), JAVA.parameters().structure().names(), "the same names");
    Parameters weights = large(JAVA.parameters());
    Ode equations = EQUATIONS.withParameters(weights.flat());
    Solution one = Integrator.of(Solvers.tsit5()).solve(equations, 0, 2);
    Solution other = JAVA.with(weights).solve(new double[] {1, 0.9}, 0, 2);
    assertEquals(one.last("x"), other.last("x"), 1e-9);
    assertEquals(one.last("y"), other.last("y"), 1e-9);
    UniversalDifferentialEquation wrapped = UniversalDifferentialEquation.of(equations);
    assertEquals(one.last("u"), wrapped.solve(new double[] {1, 0.9}, 0, 2).last("u"));
  }

  @Test
  void aTrainedModelIsSolvedAndGoesOn() {
    TrainingResult<UniversalDifferentialEquation> fit =
        Trainer.of(JAVA).epochs(20).seed(4).run(DATA);
    assertEquals(List.of("x", "y"), fit.model().names());
    assertEquals(1.5, fit.model().end());
    assertEquals(1, fit.model().initial().at(0));
    assertTrue(fit.loss() < fit.history().startLoss());
    assertEquals(fit.net("g").applyAll(1, 2).length, 2);
    assertEquals(fit.best().get("a"), fit.model().parameters().get("a"));
    TrainingResult<UniversalDifferentialEquation> more =
        Trainer.of(fit.model()).epochs(5).seed(9).run(DATA);
    assertEquals(fit.loss(), more.history().startLoss(), 1e-12);
    assertTrue(fit.model().solve(new double[] {2, 1}, 0, 1).result().isSuccess());
  }

  @Test
  void withNetsAdamIsTheMethod() {
    assertEquals("adam", EquationFit.of(EQUATIONS, DATA).optimizer().name());
    assertEquals("adam", JAVA.optimizer().name());
    UniversalDifferentialEquation known =
        UniversalDifferentialEquation.of((t, y, p) -> y.times(p.get("k")), "x").withNumber("k", 1);
    assertEquals("lm", known.fit(DATA).optimizer().name());
    assertEquals(
        0.27, Trainer.of(known).run(DATA).parameter("k"), 0.05, "without nets it is a plain fit");
  }

  @Test
  void mistakesAreNamed() {
    assertEquals(
        "There is no net 'h'. Known: f g.",
        assertThrows(IllegalArgumentException.class, () -> JAVA.net("h")).getMessage());
    assertTrue(
        assertThrows(
                IllegalStateException.class,
                () -> UniversalDifferentialEquation.of(EQUATIONS).withNumber("k", 1))
            .getMessage()
            .contains("param"));
    assertTrue(
        assertThrows(IllegalStateException.class, JAVA::initial)
            .getMessage()
            .startsWith("The model has no initial state."));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> JAVA.fit(TimeSeries.of(0, 1).and("x", 1, 2)).data())
            .getMessage()
            .startsWith("The solve starts at the data, but y has no value at t = 0.0."));
  }

  /** Case 6a of the peers' scenario, one seed; {@link MissingInteraction} runs all of it. */
  @Test
  void theMissingInteractionIsFound() {
    MissingInteraction.Outcome found = MissingInteraction.tanh().run(0);
    assertTrue(found.loss() <= 9e-4 && found.loss() <= 1.1 * found.truth(), found.toString());
    assertTrue(found.errorOfTerm() < 0.15, found.toString());
  }

  @Test
  void haresAndLynxesMeet() {
    Ode system =
        Ode.parse(
            """
            hare' = (a - u)*hare
            lynx' = (v - c)*lynx
            let (u, v) = f(hare/30, lynx/30)
            param a = 0.5, c = 0.9
            net f = mlp(2, 8, 2, tanh)
            init hare = 30, lynx = 4
            """);
    TimeSeries pelts = EquationFitTest.pelts().select(Map.of("hare", "x", "lynx", "y"));
    TrainingResult<Ode> windows =
        Trainer.of(EquationFit.of(system, pelts).withWindow(5))
            .optimizer(Adam.of(0.02))
            .epochs(200)
            .run();
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(windows.model(), pelts)).optimizer(Lbfgs.of()).epochs(200).run();
    assertTrue(fit.loss() < 12, "Lotka and Volterra's four numbers reach 17.95: " + fit.loss());
    Solution solution = Integrator.of(Solvers.tsit5()).solve(fit.model());
    assertEquals(1920, solution.times()[solution.times().length - 1]);
  }

  private static final VectorField NOTHING = (t, y, p) -> y.times(0);

  @Test
  void aModelWithoutAnythingToLearnHasNoParameters() {
    assertEquals(0, UniversalDifferentialEquation.of(NOTHING, "x").parameters().size());
    assertEquals(Tensor.vector(), UniversalDifferentialEquation.of(NOTHING).parameters().flat());
  }
}
