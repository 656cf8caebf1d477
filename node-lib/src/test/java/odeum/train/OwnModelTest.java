package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.equation.Ode;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;

/** A layer, a field, a loss and a loop of one's own, as DESIGN.md promises them. */
class OwnModelTest {
  record Gated(Linear value, Linear gate) implements Layer {
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.of("value", value.initial(key.fold(0)))
          .and("gate", gate.initial(key.fold(1)));
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
    }
  }

  private static final Layer NET =
      Chain.of(new Gated(Linear.of(2, 8), Linear.of(2, 8)), Linear.of(8, 1));

  /** Known physics plus a network, which has to learn the friction. */
  private static final VectorField PENDULUM =
      (t, y, p) ->
          Tracer.stack(
              y.get(1), NET.apply(p.at("net"), y).get(0).minus(y.get(0).sin().times(p.get("g"))));

  private static final Solve SOLVE =
      Solve.of(
          PENDULUM, Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-6, 1e-9)), Adjoint.direct());

  private static final Objective LOSS =
      (p, s) ->
          SOLVE
              .apply(p, s.get("y0"), s.get("times"))
              .minus(s.get("y"))
              .square()
              .mean()
              .plus(p.at("net").flat().square().mean().times(1e-5));

  private static final Parameters START =
      Parameters.of("g", 8).and("net", NET.initial(RandomKey.of(0)));

  private static Dataset data() {
    Ode truth =
        Ode.parse(
            """
            x' = v
            v' = -9.81*sin(x) - 0.5*v
            init x = 2, v = 0
            time 0 .. 4
            """);
    Solution solution = Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(81)).solve(truth);
    TimeSeries series =
        TimeSeries.of(solution.times())
            .and("x", solution.values("x"))
            .and("v", solution.values("v"));
    return Dataset.windowsFromZero(series, 6);
  }

  @Test
  void aLoopOfOnesOwnLearns() {
    Dataset data = data();
    Optimizer.State state = Adam.of(1e-2).start(START);
    Compiled gradients = LOSS.compile(START, data);
    double before = gradients.value(START, data.all());
    for (Batch batch : data.batches(16, 150, RandomKey.of(1))) {
      Evaluation e = gradients.at(state.parameters(), batch);
      state = state.step(e.gradient().clipNorm(1));
    }
    double after = gradients.value(state.parameters(), data.all());
    assertTrue(after < 0.02 * before, "from %s to %s".formatted(before, after));
  }

  @Test
  void gradientsThroughSolveAndNetworkAreThoseOfFiniteDifferences() {
    Dataset data = data();
    Compiled compiled = LOSS.compile(START, data);
    Batch batch = data.batch(0, 20, 55);
    Parameters gradient = compiled.at(START, batch).gradient();
    for (int i = 0; i < START.size(); i += 5) {
      double[] up = START.flat().toArray();
      double[] down = up.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double rise =
          compiled.value(START.withFlat(up), batch) - compiled.value(START.withFlat(down), batch);
      assertEquals(rise / 2e-5, gradient.flat().at(i), 1e-6);
    }
  }

  @Test
  void theTrainerIsThatLoopAndCanBeBrokenOff() {
    Fit fit = Fit.of(LOSS, START);
    List<TrainingState> states = new ArrayList<>();
    Trainer<Parameters> trainer =
        Trainer.of(fit)
            .optimizer(RmsProp.of(3e-3).withSchedule(Schedule.cosine(0.1)))
            .batch(20)
            .epochs(6)
            .clip(1)
            .validation(0.2)
            .checkpoint(2, states::add);
    TrainingResult<Parameters> whole = trainer.run(data());
    assertEquals(3, states.size());
    for (TrainingState state : List.copyOf(states)) {
      TrainingResult<Parameters> rest = trainer.resume(state).run(data());
      assertArrayEquals(whole.losses(), rest.losses());
      assertArrayEquals(whole.validationLosses(), rest.validationLosses());
      assertEquals(whole.best(), rest.best());
    }
    assertTrue(whole.loss() < whole.history().startLoss());
  }
}
