package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import org.junit.jupiter.api.Test;

/** Partial differential equations by the method of lines, against what is known of them. */
class SolvedGridsTest {
  private static final Integrator FINE =
      Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-11, 1e-13)).withSaveAt(SaveAt.dense());

  private static double sin(double turns) {
    return Elementary.sin(2 * Math.PI * turns);
  }

  /** The eigenvalue of the second difference for waves of so many turns a point. */
  private static double eigenvalue(double turns) {
    double half = sin(turns / 2);
    return -4 * half * half;
  }

  @Test
  void heatOnARingDecaysByItsEigenvalue() {
    Ode heat =
        Ode.parse(
            """
            u[i]' = k*(u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..n
            boundary u periodic
            init u[i] = 3 + sin(2*pi*m*i/n)
            const n = 64, h = 1/n, m = 3
            param k = 0.01
            let total = h*sum(u)
            time 0 .. 1""");
    Solution solution = FINE.solve(heat);
    double decay = Elementary.exp(0.01 * 64 * 64 * eigenvalue(3 / 64.0));
    for (int i = 1; i <= 64; i++) {
      assertEquals(3 + decay * sin(3 * i / 64.0), solution.last("u[" + i + "]"), 1e-10);
    }
    assertEquals(3, solution.last("total"), 1e-12);
  }

  @Test
  void heatBetweenColdWalls() {
    Ode heat =
        Ode.parse(
            """
            u[i]' = (u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..31
            boundary u = 0
            init u[i] = sin(2*pi*i*h)
            const h = 1/32
            time 0 .. 0.1""");
    Solution solution = FINE.solve(heat);
    double decay = Elementary.exp(0.1 * 32 * 32 * eigenvalue(1 / 32.0));
    for (int i = 1; i <= 31; i++) {
      assertEquals(decay * sin(i / 32.0), solution.last("u[" + i + "]"), 1e-10);
    }
  }

  @Test
  void heatBetweenAColdAndAWarmWallEndsAsALine() {
    String heat =
        """
        u[i]' = (u[i-1] - 2*u[i] + u[i+1])*81 for i in 1..8
        boundary u = %s
        init u = 0
        time 0 .. 5""";
    Solution steady = FINE.solve(Ode.parse(heat.formatted("0, 1")));
    for (int i = 1; i <= 8; i++) {
      assertEquals(i / 9.0, steady.last("u[" + i + "]"), 1e-9);
    }
    Solution insulated = FINE.solve(Ode.parse(heat.formatted("2, insulated")).withSpan(0, 20));
    assertEquals(2, insulated.last("u[8]"), 1e-9);
  }

  @Test
  void nothingLeavesAnInsulatedRod() {
    Ode rod =
        Ode.parse(
            "u[i]' = u[i-1] - 2*u[i] + u[i+1] for i in 1..10\nboundary u insulated\ninit u[i] = 0, u[3] = 7\ntime 0 .. 200\nlet all = sum(u)");
    Solution solution = FINE.solve(rod);
    assertEquals(7, solution.last("all"), 1e-11);
    assertEquals(0.7, solution.last("u[10]"), 1e-6);
  }

  @Test
  void aStandingWaveSwingsByItsFrequency() {
    Ode wave =
        Ode.parse(
            """
            u[i]'' = c^2*(u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..n
            boundary u = 0
            init u[i] = sin(2*pi*i*h), u[i]' = 0
            const n = 39, h = 1/(n + 1), c = 2
            let energy = sum(u[i]'^2/2 for i in 1..n) + c^2/h^2*sum((u[i] - u[i-1])^2/2 for i in 1..n+1)
            time 0 .. 1.3""");
    Solution solution = FINE.solve(wave);
    double frequency = 2 * 40 * Math.sqrt(-eigenvalue(1 / 40.0));
    double swing = Elementary.cos(1.3 * frequency);
    for (int i = 1; i <= 39; i += 2) {
      assertEquals(swing * sin(i / 40.0), solution.last("u[" + i + "]"), 1e-8);
    }
    assertEquals(solution.values("energy")[0], solution.last("energy"), 1e-6);
  }

  @Test
  void aFrontOfFisherAndKolmogorovMovesAtTwiceTheRoot() {
    Ode fisher =
        Ode.parse(
            """
            u[i]' = d*(u[i-1] - 2*u[i] + u[i+1])/h^2 + r*u[i]*(1 - u[i]) for i in 1..n
            boundary u = 1, 0
            init u = 0
            const n = 400, h = 1/2
            param d = 1, r = 1
            let front = h*sum(u)
            time 0 .. 60""");
    Solution solution =
        Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-7, 1e-9))
            .withSaveAt(SaveAt.dense())
            .solve(fisher);
    double speed = (solution.at(60, "front") - solution.at(40, "front")) / 20;
    // Bramson: 2 t - 3/2 log t, so over these times 2 - 3/40 log(60/40) = 1.9696.
    assertEquals(1.97, speed, 0.04);
    for (String point : new String[] {"u[1]", "u[50]", "u[400]"}) {
      double value = solution.last(point);
      assertTrue(value >= -1e-7 && value <= 1 + 1e-7, () -> point + " = " + value);
    }
  }

  @Test
  void reactionAndDiffusionOfTwoGrids() {
    String turing =
        """
            u[i]' = a - u[i] + u[i]^2*v[i] + (u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..n
            v[i]' = b - u[i]^2*v[i] + d*(v[i-1] - 2*v[i] + v[i+1])/h^2 for i in 1..n
            boundary u, v periodic
            init u[i] = a + b + 0.01*sin(2*pi*%s*i/n), v[i] = b/(a + b)^2
            const n = 64, h = 1/2, a = 0.1, b = 0.9, d = %s
            let rough = sum((u[i+1] - u[i])^2 for i in 1..n)
            time 0 .. 30""";
    assertTrue(growth(turing, 3, 30) > 100, "Schnakenberg's pattern grows");
    assertTrue(growth(turing, 3, 1) < 0.1, "equal diffusion makes all even");
  }

  private static double growth(String body, int waves, int diffusion) {
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .solve(Ode.parse(String.format(Locale.ROOT, body, waves, diffusion)));
    return solution.last("rough") / solution.values("rough")[0];
  }

  @Test
  void oscillatorsThatAreCoupledFallIntoStep() {
    Ode kuramoto =
        Ode.parse(
            """
            p[i]' = w[i] + k/n*sum(sin(p[j] - p[i]) for j in 1..n) for i in 1..n
            w[i]' = 0 for i in 1..n
            init p[i] = i, w[i] = (i - (n + 1)/2)/n
            const n = 20
            param k = 4
            let order = sqrt(sum(cos(p[i]) for i in 1..n)^2 + sum(sin(p[i]) for i in 1..n)^2)/n
            time 0 .. 30""");
    Integrator integrator = Integrator.of(Solvers.tsit5());
    assertTrue(integrator.solve(kuramoto).last("order") > 0.95);
    assertTrue(integrator.solve(kuramoto.with("k", 0)).last("order") < 0.6);
  }
}
