package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The times of steps come back bit for bit, and take no memory where steps have one size. */
class StepTimesTest {
  private record Step(double time, double length) {}

  static Stream<Integrator> integrators() {
    Integrator fixed = Integrator.fixed(Solvers.alf(), 0.0137);
    Integrator adaptive = Integrator.adaptive(Solvers.alf(), Pid.of(1e-5, 1e-7));
    return Stream.of(fixed, adaptive)
        .flatMap(
            each ->
                Stream.of(
                    each, each.withStepTimes(0.4, 1.1), each.withJumpTimes(0.25, 0.5, 1 / 3.0)));
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theyComeBackBitForBit(Integrator integrator) {
    for (double[] span : new double[][] {{-0.3, 2.2}, {2.6, -0.2}, {0, 0.0137}, {0.1, 1.47}}) {
      StepTimes times = new StepTimes(integrator.controller());
      List<Step> steps = solved(integrator, span[0], span[1], times);
      assertEquals(steps.size(), times.count());
      for (int i = 0; i < steps.size(); i++) {
        assertEquals(steps.get(i).time(), times.time(i));
        assertEquals(steps.get(i).length(), times.length(i));
        assertEquals(steps.get(i).length(), times.end(i) - times.time(i));
      }
      assertEquals(span[1], times.end(steps.size() - 1));
    }
  }

  @Test
  void stepsOfOneSizeTakeNoMemory() {
    Integrator integrator = Integrator.fixed(Solvers.alf(), 1e-4).withMaxSteps(20_000);
    StepTimes times = new StepTimes(integrator.controller());
    solved(integrator, 0.7, 1.7, times);
    assertEquals(10_000, times.count());
    assertEquals(1, times.runs());
    times.clear(2);
    solved(integrator.withStepTimes(0.4321, 0.5), 0, 1, times);
    assertEquals(10_000, times.count());
    assertTrue(times.runs() <= 8, times.runs() + " for three parts of the span");
  }

  private static List<Step> solved(Integrator integrator, double t0, double t1, StepTimes times) {
    times.clear(t1);
    List<Step> steps = new ArrayList<>();
    OdeTerm term = OdeTerm.of(1, (t, y, dy) -> dy[0] = y[0] * t);
    integrator
        .withListener(
            (t, h, y, k, evaluated) -> {
              steps.add(new Step(t, h));
              times.add(t, h);
            })
        .solve(Problem.of(term, Tensor.vector(1), t0, t1));
    return steps;
  }
}
