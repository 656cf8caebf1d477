package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.simd.Elementary;
import odeum.solver.Event;
import odeum.solver.EventRecord;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import org.junit.jupiter.api.Test;

/** Events that set states and go on. */
class ResetTest {
  private static final Integrator FINE =
      Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-11, 1e-13));

  private static final String BALL =
      """
      y' = v
      v' = -g
      n' = 0
      init y = 1, v = 0, n = 0
      param g = 9.81, loss = 0.9
      event ground: y = 0 falling: v = -loss*v,
                                   n = n + 1
      """;

  @Test
  void anEventGivesTheWholeNewState() {
    Ode ball = Ode.parse(BALL);
    Event.Reset bounce = reset(ball, 0);
    assertEquals("ground", bounce.name());
    assertEquals(Event.Direction.FALLING, bounce.direction());
    assertArrayEquals(new double[] {0.25, 0.9 * 3, 5}, after(ball, bounce, 1, 0.25, -3, 4), 1e-15);
    assertEquals(
        "event ground: y = 0 falling: v = -loss*v, n = n + 1",
        ball.toString()
            .lines()
            .map(String::strip)
            .filter(it -> it.startsWith("event"))
            .findFirst()
            .orElseThrow());
  }

  private static Event.Reset reset(Ode ode, int index) {
    return (Event.Reset) ode.events().get(index);
  }

  private static Observable state(Event.Reset reset) {
    assertTrue(reset.jump() instanceof Event.Jump.Traced, "so that gradients exist");
    return ((Event.Jump.Traced) reset.jump()).state();
  }

  private static double[] after(Ode ode, Event.Reset reset, double t, double... y) {
    double[] state = new double[y.length];
    state(reset).open(ode.parameterValues().toArray()).evaluate(t, y, state);
    return state;
  }

  @Test
  void formulasReadTheValuesBefore() {
    Ode swap = Ode.parse("x' = 1\ny' = 1\ninit x = 0, y = 0\nevent x = y: x = y, y = x");
    assertArrayEquals(new double[] {7, 3}, after(swap, reset(swap, 0), 0, 3, 7));
  }

  @Test
  void theyMayUseAnythingThatFormulasUse() {
    Ode ode =
        Ode.parse(
            """
            x'' = -x
            z' = f(x)
            init x = 1, x' = 0, z = 0
            net f = mlp(1, 3, 1)
            let r = x*x'
            const c = 2
            param p = 3
            event x = 0.5: x' = -0.9*x' + t, z = f(x) + c*p - r
            event x' = -1 rising: stop
            """);
    double[] after = after(ode, reset(ode, 0), 10, 0.5, 4, 8);
    assertArrayEquals(new double[] {0.5, -3.6 + 10, ode.net("f").apply(0.5) + 6 - 2}, after, 1e-14);
    assertTrue(ode.events().get(1) instanceof Event.Stop);
  }

  @Test
  void gridsAndTheirPoints() {
    Ode ode =
        Ode.parse(
            """
            u[i]' = u[i+1] - u[i] for i in 1..n
            x' = 0
            boundary u periodic
            init u[i] = i, x = 2
            const n = 3
            event u[n] = 1 falling: u[i] = u[i-1] + 100*i, u[2] = x, x = sum(u)
            event mean(u) = 2: u = x
            """);
    assertArrayEquals(new double[] {107, 9, 305, 16}, after(ode, reset(ode, 0), 0, 4, 5, 7, 9));
    assertArrayEquals(new double[] {9, 9, 9, 9}, after(ode, reset(ode, 1), 0, 4, 5, 7, 9));
  }

  @Test
  void aChangeHasADerivative() {
    Ode ball = Ode.parse(BALL);
    Program slope = Program.of(Jvp.of(state(reset(ball, 0)).graph()));
    List<Tensor> out =
        slope.run(
            List.of(
                Tensor.scalar(0),
                Tensor.vector(0, -3, 1),
                Tensor.vector(9.81, 0.9),
                Tensor.scalar(0),
                Tensor.vector(0, 1, 0),
                Tensor.vector(0, 1)));
    assertArrayEquals(new double[] {0, -0.9 + 3, 0}, out.get(1).toArray(), 1e-15);
  }

  @Test
  void aBallBouncesEverLower() {
    Ode ball =
        Ode.parse(
            """
            y'' = -8
            n' = 0
            init y = h, y' = 0, n = 0
            param h = 1, loss = 0.5
            event ground: y = 0 falling: y' = -loss*y', n = n + 1
            time 0 .. 1.4""");
    Solution solution = FINE.solve(ball);
    double[] bounces = solution.events().stream().mapToDouble(EventRecord::time).toArray();
    assertArrayEquals(new double[] {0.5, 1, 1.25, 1.375}, bounces, 1e-9);
    assertEquals(4, solution.last("n"));
    assertEquals(0.25 * 0.025 - 4 * 0.025 * 0.025, solution.last("y"), 1e-9);
    assertEquals(0.25 - 8 * 0.025, solution.last("y'"), 1e-8);
  }

  @Test
  void twoBallsPassOnTheirMomentum() {
    Ode balls =
        Ode.parse(
            """
            x'' = 0
            y'' = 0
            init x = 0, x' = 3, y = 3, y' = 0
            const m = 2
            event x = y: x' = (m*x' + y' + (y' - x'))/(m + 1), y' = (m*x' + y' + m*(x' - y'))/(m + 1)
            time 0 .. 2""");
    Solution solution = FINE.solve(balls);
    assertEquals(1, solution.events().getFirst().time(), 1e-9);
    assertEquals(1, solution.last("x'"), 1e-12);
    assertEquals(4, solution.last("y'"), 1e-12);
    assertEquals(4, solution.last("x"), 1e-9);
    assertEquals(7, solution.last("y"), 1e-9);
  }

  @Test
  void aGridIsHeatedWheneverItIsCold() {
    Ode rod =
        Ode.parse(
            """
            u[i]' = u[i-1] - 2*u[i] + u[i+1] - u[i] for i in 1..8
            boundary u insulated
            init u = 2
            event mean(u) = 1 falling: u[i] = 2*u[i]
            time 0 .. 3""");
    Solution solution = FINE.solve(rod);
    double half = Elementary.log(2);
    double[] heated = solution.events().stream().mapToDouble(EventRecord::time).toArray();
    assertArrayEquals(new double[] {half, 2 * half, 3 * half, 4 * half}, heated, 1e-9);
    assertEquals(2 * Elementary.exp(4 * half - 3), solution.last("u[5]"), 1e-9);
  }

  @Test
  void aLongEventMayBeginInTheNextLine() {
    Ode ode =
        Ode.parse(
            "x' = -x\ny' = 1\ninit x = 1, y = 0\nevent x = 0.5:   # halved\n\n  x = 1,  # again\n  # and\n  y = 0\ntime 0 .. 9");
    assertArrayEquals(new double[] {1, 0}, after(ode, reset(ode, 0), 0, 0.5, 4));
    assertEquals(9, ode.end());
  }
}
