package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;

/** A solver that goes over to another one where the system turns out to be stiff. */
class SwitchingTest {
  private static final Integrator AUTO = Integrator.of(Solvers.auto());

  private static final Problem VAN_DER_POL =
      Problem.of(
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = y[1];
                dy[1] = 1000 * (1 - y[0] * y[0]) * y[1] - y[0];
              }),
          Tensor.vector(2, 0),
          0,
          2000);

  private static final Problem LOTKA_VOLTERRA =
      Problem.of(
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = 1.5 * y[0] - y[0] * y[1];
                dy[1] = -3 * y[1] + y[0] * y[1];
              }),
          Tensor.vector(1, 1),
          0,
          100);

  @Test
  void itGoesOverAndSaysSo() {
    Solution solution = AUTO.solve(VAN_DER_POL);
    assertEquals(Result.SUCCESS, solution.result());
    String note = solution.notes().getFirst();
    assertTrue(note.startsWith("the system looks stiff from t = 0."), note);
    assertTrue(note.endsWith(": went over to rodas5p"), note);
    assertEquals(1, solution.notes().size());
    assertEquals("tsit5, then rodas5p", solution.solver());
    assertTrue(solution.statistics().accepted() < 2000, solution::toString);
    // The value of the Bari test set at t = 2000, in other units of time.
    assertEquals(1.706167732170469, solution.last("y0"), 1e-4);
    Solution alone = Integrator.of(Solvers.tsit5()).withMaxSteps(50_000).solve(VAN_DER_POL);
    assertEquals(Result.MAX_STEPS_REACHED, alone.result());
  }

  @Test
  void whatIsNotStiffIsSolvedAsByTheFirstMethod() {
    Problem decay =
        Problem.of(OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0]), Tensor.vector(1), 0, 100);
    for (Problem problem : List.of(LOTKA_VOLTERRA, decay)) {
      Solution auto = AUTO.solve(problem);
      Solution tsit5 = Integrator.of(Solvers.tsit5()).solve(problem);
      assertEquals(List.of(), auto.notes());
      assertEquals("tsit5", auto.solver());
      assertEquals(tsit5.statistics(), auto.statistics());
      assertEquals(tsit5.last("y0"), auto.last("y0"));
    }
  }

  /** Read at any time, before and after it went over, as precisely as saved. */
  @Test
  void denseOutputGoesAcross() {
    AtomicLong calls = new AtomicLong();
    OdeTerm relaxation =
        OdeTerm.of(
            1,
            (t, y, dy) -> {
              calls.incrementAndGet();
              dy[0] = -3000 * (y[0] - StrictMath.cos(t)) - StrictMath.sin(t);
            });
    Problem problem = Problem.of(relaxation, Tensor.vector(1), 0, 30);
    List<Double> starts = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    Solution solution =
        Integrator.adaptive(Solvers.auto(), Pid.of(1e-6, 1e-8))
            .withSaveAt(SaveAt.even(400))
            .withListener(
                (t, h, y, k, evaluated) -> {
                  starts.add(t);
                  rows.add(k.length);
                })
            .solve(problem);
    assertEquals(calls.get(), solution.statistics().evaluations());
    assertEquals(starts.size(), solution.statistics().accepted());
    assertEquals(1, solution.notes().size());
    double over = starts.get(rows.indexOf(8));
    assertTrue(over > 0 && over < 15, "went over at " + over);
    for (int i = 0; i < 400; i++) {
      double t = solution.times()[i];
      assertEquals(solution.values("y0")[i], solution.at(t, "y0"));
      assertEquals(StrictMath.cos(t), solution.values("y0")[i], 1e-4);
    }
    for (double t = over - 1e-3; t < over + 1e-3; t += 1e-5) {
      assertEquals(StrictMath.cos(t), solution.at(t, "y0"), 1e-4);
    }
    assertEquals(StrictMath.cos(over), solution.at(over, "y0"), 1e-4);
  }

  @Test
  void backwardInTimeToo() {
    OdeTerm relaxation = OdeTerm.of((t, y, p) -> y.minus(t.cos()).times(3000).minus(t.sin()), 1);
    Solution solution =
        Integrator.adaptive(Solvers.auto(), Pid.of(1e-6, 1e-8))
            .solve(Problem.of(relaxation, Tensor.vector(StrictMath.cos(30)), 30, 0));
    assertEquals(1, solution.notes().size());
    for (double t = 0; t < 30; t += 0.1) {
      assertEquals(StrictMath.cos(t), solution.at(t, "y0"), 1e-4);
    }
  }

  /** A jump and a reset on the way leave it what it went over to. */
  @Test
  void jumpsAndResetsGoOnWithTheSecondMethod() {
    OdeTerm relaxation = OdeTerm.of(1, (t, y, dy) -> dy[0] = -300 * (y[0] - (t < 20 ? 1 : 2)));
    Event kick = Event.reset("kick", (t, y) -> t - 25, Event.Direction.RISING, (t, y) -> y[0] += 1);
    Solution solution =
        Integrator.of(Solvers.auto())
            .withJumpTimes(20)
            .withEvents(kick)
            .solve(Problem.of(relaxation, Tensor.vector(0), 0, 30));
    assertEquals("tsit5, then rodas5p", solution.solver());
    assertEquals(1, solution.at(19, "y0"), 1e-4);
    assertEquals(2, solution.at(24, "y0"), 1e-4);
    assertEquals(2 + StrictMath.exp(-300 * 0.005), solution.at(25.005, "y0"), 1e-4);
    assertEquals(2, solution.last("y0"), 1e-4);
  }

  @Test
  void theSecondMethodNeedsAnEstimate() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SwitchingMethod("x", Solvers.tsit5(), Solvers.rk4()));
  }
}
