package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;

/** How a solve ended is a value, and what was computed is kept. */
class FailureTest {
  private static final Integrator TSIT5 = Integrator.of(Solvers.tsit5());

  /** x' = x^2 from 1 runs to infinity at t = 1; z stays calm. */
  private static final Problem EXPLOSION =
      Problem.of(
              OdeTerm.of(
                  2,
                  (t, y, dy) -> {
                    dy[0] = -y[0];
                    dy[1] = y[1] * y[1];
                  }),
              Tensor.vector(1, 1),
              0,
              2)
          .withNames("z", "x");

  @Test
  void aSingularityEndsTheSolveThere() {
    for (AdaptiveSolver solver : TestEquation.adaptiveSolvers()) {
      if (solver.order() <= 2) {
        continue; // needs more steps than allowed
      }
      Solution solution = Integrator.of(solver).solve(EXPLOSION);
      assertEquals(Result.STEP_TOO_SMALL, solution.result(), solver.name());
      assertEquals(1, solution.times()[solution.size() - 1], 1e-4);
      assertEquals(1 / (1 - 0.5), solution.at(0.5, "x"), 1e-4);
      assertTrue(
          solution.message().contains(" (" + solver.name() + "; x grew fastest)"),
          solution.message());
      assertThrows(IllegalArgumentException.class, () -> solution.at(1.5, "x"));
    }
  }

  @Test
  void fixedStepsOverflow() {
    Solution solution = Integrator.fixed(Solvers.rk4(), 0.01).solve(EXPLOSION);
    assertEquals(Result.NOT_FINITE, solution.result());
    assertTrue(solution.message().contains("x grew fastest"), solution.message());
    assertTrue(solution.message().contains("smaller steps"), solution.message());
    for (double x : solution.values("x")) {
      assertTrue(Double.isFinite(x));
    }
    assertTrue(solution.last("x") > 1e10);
  }

  @Test
  void aRootOfANegativeNumberIsNotFinite() {
    OdeTerm root =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = 5;
              dy[1] = -Math.sqrt(1 - t);
            });
    Problem problem = Problem.of(root, Tensor.vector(0, 1), 0, 2).withNames("a", "b");
    Solution solution = TSIT5.solve(problem);
    assertEquals(Result.NOT_FINITE, solution.result());
    assertEquals(1, solution.times()[solution.size() - 1], 1e-6);
    assertTrue(solution.message().contains("after t = 1 (tsit5; b grew"), solution.message());
    assertTrue(solution.message().contains("root of a negative number"), solution.message());
  }

  @Test
  void anInitialStateThatIsNotFiniteIsAFailureToo() {
    Problem problem = Problem.of(EXPLOSION.term(), Tensor.vector(1, Double.NaN), 0, 1);
    Solution solution = TSIT5.solve(problem);
    assertEquals(Result.NOT_FINITE, solution.result());
    assertEquals(1, solution.size());
    assertTrue(solution.message().contains("y1 grew fastest"), solution.message());
  }

  @Test
  void runsOutOfSteps() {
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward();
    Solution solution = TSIT5.withMaxSteps(10).solve(swing);
    assertEquals(Result.MAX_STEPS_REACHED, solution.result());
    assertEquals(10, solution.statistics().accepted() + solution.statistics().rejected());
    double end = solution.times()[solution.size() - 1];
    assertTrue(end > 0 && end < 10);
    assertTrue(TestEquation.HARMONIC_OSCILLATOR.error(solution) < 1e-5);
    assertTrue(solution.message().startsWith("The solve used all its 10 steps at t = "));
    assertTrue(solution.message().contains("allow more steps"));

    Solution exact = Integrator.fixed(Solvers.rk4(), 1).withMaxSteps(10).solve(swing);
    assertEquals(Result.SUCCESS, exact.result());
  }

  @Test
  void aSmallestStepEndsTheSolve() {
    Pid coarse = Pid.of(1e-10, 1e-10).withSteps(0.5, 1);
    Solution solution =
        Integrator.adaptive(Solvers.bosh3(), coarse).solve(TestEquation.KEPLER.forward());
    assertEquals(Result.STEP_TOO_SMALL, solution.result());
  }

  @Test
  void stopsWhenTheThreadIsInterrupted() {
    Solution solution;
    Thread.currentThread().interrupt();
    try {
      solution = TSIT5.solve(TestEquation.KEPLER.forward());
    } finally {
      assertTrue(Thread.interrupted()); // the flag is left for the caller
    }
    assertEquals(Result.INTERRUPTED, solution.result());
    assertEquals(0, solution.statistics().accepted());
  }

  @Test
  void stopsWhenAskedOncePerStep() {
    AtomicInteger asked = new AtomicInteger();
    Solution solution =
        TSIT5.withInterrupt(() -> asked.incrementAndGet() > 5).solve(TestEquation.KEPLER.forward());
    assertEquals(Result.INTERRUPTED, solution.result());
    assertEquals(5, solution.statistics().accepted() + solution.statistics().rejected());
    assertTrue(TestEquation.KEPLER.error(solution) < 1e-6);
    assertTrue(solution.at(solution.times()[solution.size() - 1] / 2, "y0") > 0);
  }

  /** A problem of the user's own class is checked when solved. */
  @Test
  void aProblemMustFitItsTerm() {
    Problem problem =
        new Problem() {
          @Override
          public OdeTerm term() {
            return EXPLOSION.term();
          }

          @Override
          public Tensor initial() {
            return Tensor.vector(1);
          }

          @Override
          public double start() {
            return 0;
          }

          @Override
          public double end() {
            return 1;
          }
        };
    String message =
        assertThrows(IllegalArgumentException.class, () -> TSIT5.solve(problem)).getMessage();
    assertTrue(message.startsWith("The vector field has 2 values, the initial state 1."), message);
  }

  @Test
  void misuseIsThrown() {
    Problem problem = TestEquation.KEPLER.forward();
    List<Runnable> misuses =
        List.of(
            () -> Problem.of(problem.term(), Tensor.vector(1, 2), 0, 1),
            () -> TestEquation.KEPLER.forward().withNames("a", "b", "c"),
            () -> TestEquation.KEPLER.forward().withNames("a", "b", "c", "a"),
            () -> TSIT5.solve(problem, 0, Double.NaN),
            () -> TSIT5.withMaxSteps(0),
            () -> Integrator.fixed(Solvers.rk4(), -0.1),
            () -> Pid.of(0, 0),
            () -> Pid.of(-1, 1e-3),
            () -> SaveAt.even(1));
    for (Runnable misuse : misuses) {
      assertThrows(IllegalArgumentException.class, misuse::run);
    }
  }

  @Test
  void theUsersOwnExceptionPasses() {
    OdeTerm broken =
        OdeTerm.of(
            1,
            (t, y, dy) -> {
              throw new UnsupportedOperationException("mine");
            });
    Problem problem = Problem.of(broken, Tensor.vector(1), 0, 1);
    assertThrows(UnsupportedOperationException.class, () -> TSIT5.solve(problem));
  }
}
