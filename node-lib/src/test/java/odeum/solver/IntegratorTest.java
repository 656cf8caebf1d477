package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratorTest {
  private static final OdeTerm SWING =
      OdeTerm.of(
          2,
          (t, y, dy) -> {
            dy[0] = y[1];
            dy[1] = -y[0];
          });

  private static Problem swing(double start, double end) {
    return Problem.of(
        SWING, Tensor.vector(StrictMath.cos(start), -StrictMath.sin(start)), start, end);
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#generalSolvers")
  void nothingIsAllocatedPerStep(Solver solver) {
    Integrator integrator =
        Integrator.fixed(solver, 1e-3)
            .withSaveAt(SaveAt.end())
            .withListener((t, h, y, k, evaluated) -> {})
            .withInterrupt(() -> false);
    allocated(integrator, 1); // loads the classes
    long few = allocated(integrator, 1);
    long many = allocated(integrator, 11);
    assertTrue(many - few < 2_000, () -> (many - few) + " bytes in 10,000 steps");
  }

  @Test
  void norByAdaptiveSteps() {
    Integrator integrator =
        Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-12, 1e-12)).withSaveAt(SaveAt.end());
    allocated(integrator, 10);
    long few = allocated(integrator, 10);
    long many = allocated(integrator, 110);
    assertTrue(many - few < 2_000, () -> (many - few) + " bytes");
  }

  private static long allocated(Integrator integrator, double end) {
    Problem problem = swing(0, end);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    integrator.solve(problem);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void anySpanIsCoveredExactly() {
    SplittableRandom random = new SplittableRandom(7);
    List<Solver> precise =
        TestEquation.generalSolvers().stream().filter(solver -> solver.order() > 2).toList();
    for (int i = 0; i < 300; i++) {
      double start = random.nextDouble(-20, 20);
      double end = start + random.nextDouble(-3, 3);
      Solver solver = precise.get(random.nextInt(precise.size()));
      Integrator integrator = Integrator.fixed(solver, random.nextDouble(0.01, 0.2));
      if (solver instanceof AdaptiveSolver adaptive && random.nextBoolean()) {
        integrator = Integrator.adaptive(adaptive, Pid.of(1e-7, 1e-9));
      }
      Solution solution = integrator.withSaveAt(SaveAt.steps()).solve(swing(start, end));
      double[] times = solution.times();
      assertEquals(start, times[0]);
      assertEquals(end, times[times.length - 1]);
      for (int j = 1; j < times.length; j++) {
        assertTrue((times[j] - times[j - 1]) * (end - start) > 0);
      }
      double middle = random.nextDouble(Math.min(start, end), Math.max(start, end));
      assertEquals(StrictMath.cos(middle), solution.at(middle, "y0"), 2e-3, solver.name());
      assertEquals(StrictMath.cos(end), solution.last("y0"), 2e-3, solver.name());
    }
  }

  /** Steps near the precision of t must not stand still. */
  @Test
  void lateTimesWork() {
    OdeTerm decay = OdeTerm.of(1, (t, y, dy) -> dy[0] = -1e-9 * y[0]);
    for (double start : new double[] {1e9, -1e12}) {
      Problem problem = Problem.of(decay, Tensor.vector(1), start, start + 1e9);
      Solution solution = Integrator.of(Solvers.tsit5()).solve(problem);
      assertEquals(Result.SUCCESS, solution.result());
      assertEquals(StrictMath.exp(-1), solution.last("y0"), 1e-6);
    }
  }

  @Test
  void isSharedFreelyBetweenThreads() {
    Integrator integrator = Integrator.of(Solvers.dopri8());
    Problem problem = TestEquation.KEPLER.forward();
    Solution alone = integrator.solve(problem);
    List<Solution> together =
        IntStream.range(0, 64).parallel().mapToObj(i -> integrator.solve(problem)).toList();
    for (Solution solution : together) {
      assertArrayEquals(alone.values("y3"), solution.values("y3"));
    }
    double expected = alone.at(1.2345, "y0");
    assertTrue(
        IntStream.range(0, 2000)
                .parallel()
                .mapToDouble(i -> i % 2 == 0 ? alone.at(1.2345, "y0") : alone.at(i / 400.0, "y0"))
                .filter(value -> value == expected)
                .count()
            >= 1000);
  }

  @Test
  void keepsNoStepsWhenToldSo() {
    Integrator integrator = Integrator.of(Solvers.tsit5()).withoutSteps();
    Solution solution = integrator.withSaveAt(SaveAt.even(11)).solve(swing(0, 10));
    assertEquals(StrictMath.cos(3), solution.at(3, "y0"), 1e-4);
    assertThrows(IllegalStateException.class, () -> solution.at(3.5, "y0"));
    Solution dense = integrator.withSaveAt(SaveAt.dense()).solve(swing(0, 10));
    assertEquals(StrictMath.cos(3.5), dense.at(3.5, "y0"), 1e-4);
  }
}
