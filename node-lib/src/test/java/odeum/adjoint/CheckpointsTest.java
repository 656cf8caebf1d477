package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import odeum.autodiff.Vjp;
import odeum.compile.Pullback;
import odeum.graph.Graph;
import odeum.solver.FixedStep;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.Replay;
import odeum.solver.SaveAt;
import odeum.solver.Solvers;
import odeum.solver.StageScheme;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many states are kept, and how often steps are taken again. */
class CheckpointsTest {
  private static final TracedField FIELD =
      TracedField.of((t, y, p) -> y.times(t.cos()), Shape.of(1), Structure.EMPTY);

  private static Pullback pullback() {
    Graph graph = FIELD.graph();
    List<Shape> inputs = List.of(Shape.of(), Shape.of(1), Shape.of(0), Shape.of(1));
    Graph derivative =
        Graph.trace(
            inputs,
            in -> Vjp.valueAndPull(graph, in.subList(0, 3), in.subList(3, 4), List.of(0, 1, 2)));
    return Pullback.of(derivative, graph, List.of(2));
  }

  private static CheckpointTape solved(int steps, OptionalInt most, AtomicInteger evaluations) {
    CheckpointTape tape =
        new CheckpointTape(
            Solvers.euler(),
            new FixedStep(0.01),
            new Stages(StageScheme.of(Solvers.euler().tableau())),
            pullback(),
            1,
            most,
            new FixedTimes(List.of(), List.of()));
    OdeTerm plain = OdeTerm.of(FIELD, Tensor.vector());
    OdeTerm counting =
        plain.evaluatedBy(
            (t, y, dy) -> {
              evaluations.incrementAndGet();
              plain.open().evaluate(t, y, dy);
            });
    Integrator integrator =
        Integrator.fixed(Solvers.euler(), 0.01).withSaveAt(SaveAt.end()).withListener(tape);
    double end = steps * 0.01;
    integrator.solve(Problem.of(tape.begin(counting, end), Tensor.vector(1), 0, end));
    assertEquals(steps, tape.steps());
    evaluations.set(0);
    return tape;
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "100, 1", "100, 2", "100, 3", "100, 10", "1000, 17", "1000, 999", "40, 100"})
  void keepsAtMostItsBound(int steps, int most) {
    CheckpointTape tape = solved(steps, OptionalInt.of(most), new AtomicInteger());
    backward(tape);
    assertTrue(tape.mostKept() <= most, tape.mostKept() + " of " + most);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "16", "17", "33", "100", "999", "1000", "5000", "10000"})
  void keepsAtMostTwiceTheRootByDefault(int steps) {
    AtomicInteger evaluations = new AtomicInteger();
    CheckpointTape tape = solved(steps, OptionalInt.empty(), evaluations);
    backward(tape);
    double bound = 2 * Math.sqrt(steps);
    assertTrue(tape.mostKept() <= bound, tape.mostKept() + " of " + bound);
    assertTrue(evaluations.get() <= 1.05 * steps, evaluations + " steps on the way");
  }

  private static void backward(CheckpointTape tape) {
    double[] forward = new double[tape.steps()];
    double[] state = new double[1];
    double y = 1;
    for (int step = 0; step < forward.length; step++) {
      forward[step] = y;
      y = Math.fma(tape.length(step), y * StrictMath.cos(tape.time(step)), y);
    }
    for (int step = forward.length - 1; step >= 0; step--) {
      tape.state(step, state);
      assertEquals(forward[step], state[0], 1e-12 * Math.abs(forward[step]));
    }
  }

  @Test
  void stepsAreFoundInAnyOrder() {
    CheckpointTape some = solved(200, OptionalInt.of(6), new AtomicInteger());
    CheckpointTape all = solved(200, OptionalInt.of(500), new AtomicInteger());
    double[] expected = new double[1];
    double[] state = new double[1];
    for (int step : new int[] {0, 1, 2, 199, 198, 50, 51, 120, 7, 199, 0, 64}) {
      all.state(step, expected);
      some.state(step, state);
      assertArrayEquals(expected, state);
      all.stage(step, 0, expected);
      some.stage(step, 0, state);
      assertArrayEquals(expected, state);
    }
  }

  /** With all in reach, no more steps are taken again than the best plan needs. */
  @Test
  void theDistancesAreTheBest() {
    int[][] best = new int[9][60]; // states to keep beyond the first, steps to go back through
    for (int room = 0; room < best.length; room++) {
      for (int steps = 2; steps < best[room].length; steps++) {
        best[room][steps] = steps * (steps - 1) / 2;
        for (int d = 1; room > 0 && d < steps; d++) {
          int cost = d + best[room - 1][steps - d] + best[room][d];
          best[room][steps] = Math.min(best[room][steps], cost);
        }
      }
    }
    for (int room = 1; room < best.length; room++) {
      for (int steps = 2; steps < best[room].length; steps++) {
        int d = Checkpoints.distance(steps - 1, room);
        int cost = d + best[room - 1][steps - d] + best[room][d];
        assertEquals(best[room][steps], cost, steps + " steps, room for " + room);
      }
    }
  }

  @Test
  void aReplayHasTheSameBits() {
    OdeTerm term = OdeTerm.of(FIELD, Tensor.vector());
    for (var solver : List.of(Solvers.tsit5(), Solvers.dopri8(), Solvers.bosh3())) {
      Replay replay = Replay.of(solver, term, Pid.of(1e-6, 1e-9));
      double[] state = {1};
      replay.moveTo(-1, state);
      Integrator.of(solver)
          .withListener(
              (t, h, y, k, evaluated) -> {
                replay.before(state, 0);
                assertArrayEquals(y, state);
                replay.attempt(t + h);
                replay.evaluate(evaluated);
                replay.advance();
              })
          .solve(Problem.of(term, Tensor.vector(1), -1, 2));
      assertEquals(2, replay.start(), 1e-15);
    }
  }
}
