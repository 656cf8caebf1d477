package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.term.Observable;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Lbfgs;
import odeum.train.Trainable;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;

/** Models whose solves bounce are trained through the bounces. */
class ResetTrainingTest {
  private static final Shape STATE = Shape.of(2);
  private static final Layer DRAG = Mlp.of(1, 4, 1);

  private static final UniversalDifferentialEquation BALL =
      bouncing(
          UniversalDifferentialEquation.of(
                  (t, y, p) -> Tracer.stack(y.get(1), p.get("g").unaryMinus()), "x", "v")
              .withNumber("g", 9)
              .withNumber("e", 0.8));

  /** The drag is a network. */
  private static final UniversalDifferentialEquation BRAKED =
      bouncing(
          UniversalDifferentialEquation.of(
                  (t, y, p) -> {
                    Tracer drag = DRAG.apply(p.at("drag"), y.slice(0, 1, 2)).get(0);
                    return Tracer.stack(y.get(1), drag.times(0.5).minus(p.get("g")));
                  },
                  "x",
                  "v")
              .withNumber("g", 9)
              .withNumber("e", 0.8)
              .withNet("drag", DRAG));

  private static UniversalDifferentialEquation bouncing(UniversalDifferentialEquation model) {
    Pid pid = Pid.of(1e-9, 1e-10);
    Event bounce = bounce(model.parameters().structure());
    return model.withIntegrator(Integrator.adaptive(Solvers.tsit5(), pid).withEvents(bounce));
  }

  private static Event bounce(Structure names) {
    return Event.reset(
        "bounce",
        Observable.of(List.of("height"), (t, y, p) -> y.get(0), STATE, names),
        Event.Direction.FALLING,
        Observable.of(
            List.of("x", "v"),
            (t, y, p) -> Tracer.stack(y.get(0), y.get(1).times(p.get("e")).unaryMinus()),
            STATE,
            names));
  }

  /** A ball with g = 9.81 and e = 0.9 that falls from 1: measured at these times. */
  private static TimeSeries measured(double... times) {
    UniversalDifferentialEquation truth =
        BALL.with(BALL.parameters().withFlat(new double[] {9.81, 0.9}));
    Solution solution =
        Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-12))
            .withEvents(bounce(truth.parameters().structure()))
            .withSaveAt(SaveAt.times(times))
            .solve(truth.problem(new double[] {1, 0}, times[0], times[times.length - 1]));
    return TimeSeries.of(times).and("x", solution.values("x")).and("v", solution.values("v"));
  }

  private static double[] times(int count, double end) {
    return IntStream.range(0, count).mapToDouble(i -> i * end / (count - 1)).toArray();
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    TimeSeries data = measured(0, 0.3, 0.7, 1.1, 1.6);
    checkGradient(BALL.fit(data));
    checkGradient(BRAKED.fit(data));
    checkGradient(BRAKED.withWindow(3).fit(data));
    checkGradient(BRAKED.withAdjoint(Adjoint.direct()).fit(data));
  }

  private static void checkGradient(Trainable<?> fit) {
    Dataset data = fit.data();
    Parameters start = fit.start(RandomKey.of(1));
    Compiled compiled = fit.objective().compile(start, data);
    double[] gradient = compiled.at(start, data.all()).gradient().flat().toArray();
    for (int i = 0; i < gradient.length; i++) {
      double difference =
          (compiled.value(moved(start, i, 1e-5), data.all())
                  - compiled.value(moved(start, i, -1e-5), data.all()))
              / 2e-5;
      assertEquals(difference, gradient[i], 1e-5 * (1 + Math.abs(difference)), "entry " + i);
    }
    assertTrue(Arrays.stream(gradient).anyMatch(it -> Math.abs(it) > 1e-2));
  }

  private static Parameters moved(Parameters start, int position, double step) {
    double[] values = start.flat().toArray();
    values[position] += step;
    return start.withFlat(values);
  }

  @Test
  void theBounceIsLearned() {
    TimeSeries data = measured(times(24, 1.9));
    TrainingResult<UniversalDifferentialEquation> fit =
        Trainer.of(BALL.withWindow(4)).epochs(60).run(data);
    assertEquals(0.9, fit.model().parameters().get("e"), 1e-4);
    assertEquals(9.81, fit.model().parameters().get("g"), 1e-3);
  }

  /** The same ball in equations; that an event would stop it does not matter to a fit. */
  @Test
  void theBounceOfEquationsIsLearned() {
    Ode ball =
        Ode.parse(
            """
            x' = v
            v' = -g
            init x = 1, v = 0
            param g = 9.5, k = 0.84
            event ground: x = 0 falling: v = -k*v
            event late: t = 0.6: stop
            """);
    double[] times = times(24, 1.9);
    TimeSeries data = measured(times);
    EquationFit fine =
        EquationFit.of(ball, data)
            .withIntegrator(Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-9, 1e-10)));
    checkGradient(fine);
    checkGradient(fine.withAdjoint(Adjoint.direct()));
    TrainingResult<Ode> fit = Trainer.of(fine.withWindow(4)).epochs(60).run();
    assertEquals(0.9, fit.model().value("k"), 1e-4);
    assertEquals(9.81, fit.model().value("g"), 1e-3);
  }

  /** With the drag of a network on the way, the loss through all bounces falls. */
  @Test
  void aNetworkAndTheBounceAreLearnedTogether() {
    TimeSeries data = measured(times(24, 1.9));
    TrainingResult<UniversalDifferentialEquation> fit =
        Trainer.of(BRAKED.withWindow(4)).optimizer(Lbfgs.of()).epochs(60).seed(2).run(data);
    assertEquals(0.9, fit.model().parameters().get("e"), 0.02);
    assertTrue(fit.loss() < 1e-3 * fit.history().startLoss(), fit.toString());
  }

  @Test
  void theContinuousAdjointIsRefused() {
    Trainable<?> fit = BALL.withAdjoint(Adjoint.backsolve()).fit(measured(0, 0.3, 0.7));
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> fit.objective().compile(fit.start(RandomKey.of(1)), fit.data()));
    assertTrue(e.getMessage().contains("Adjoint.direct()"), e.getMessage());
  }
}
