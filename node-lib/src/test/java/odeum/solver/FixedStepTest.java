package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where fixed steps fall. */
class FixedStepTest {
  private static final OdeTerm CLOCK = OdeTerm.of(1, (t, y, dy) -> dy[0] = 1);

  private static double[] times(double start, double end, double size) {
    Problem problem = Problem.of(CLOCK, Tensor.vector(0), start, end);
    Integrator integrator = Integrator.fixed(Solvers.rk4(), size).withSaveAt(SaveAt.steps());
    return integrator.solve(problem).times();
  }

  @Test
  void timesAreMultipliedNotAdded() {
    double[] times = times(0, 10, 0.1);
    assertEquals(101, times.length);
    for (int i = 0; i < 100; i++) {
      assertEquals(i * 0.1, times[i]);
    }
    assertEquals(10, times[100]);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.3, 4, 0.9", // the last step is shortened
    "0, 0.9002, 0.3, 3, 0.6", // a rest below a thousandth is absorbed
    "0, 0.9004, 0.3, 4, 0.9", // a larger one is a step
    "0, 0.8998, 0.3, 3, 0.6",
    "0, 0.1, 5, 1, 0", // one step is enough
    "1, 0, 0.3, 4, 0.1", // backward
    "1, 0.0998, 0.3, 3, 0.4"
  })
  void theLastStepHitsTheEnd(double start, double end, double size, int steps, double lastStart) {
    double[] times = times(start, end, size);
    assertEquals(steps, times.length - 1);
    assertEquals(end, times[steps]);
    assertEquals(lastStart, times[steps - 1], 1e-15);
  }
}
