package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
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

  /** What a switching method begins with. */
  private static String working(Solver solver) {
    return solver instanceof SwitchingMethod both ? both.start().name() : solver.name();
  }

  @Test
  void aSingularityEndsTheSolveThere() {
    for (AdaptiveSolver solver : TestEquation.adaptiveSolvers()) {
      if (solver.order() <= 2) {
        continue; // needs more steps than allowed
      }
      Solution solution = Integrator.of(solver).solve(EXPLOSION);
      assertEquals(Result.STEP_TOO_SMALL, solution.result(), solver.name());
      assertEquals(1, solution.times()[solution.size() - 1], 1e-4);
      double allowed = solver instanceof StagedMethod ? 1e-3 : 1e-4;
      assertEquals(1 / (1 - 0.5), solution.at(0.5, "x"), allowed, solver.name());
      assertTrue(
          solution.message().contains(" (" + working(solver) + "; x grew fastest)"),
          solution.message());
      String message =
          solver instanceof StagedMethod // whose own solution explodes a little earlier or later
              ? solution.message().replaceAll("t\\* = (0\\.9999\\d*|1\\.0000\\d*):", "t* = 1:")
              : solution.message();
      assertTrue(
          message.endsWith(
              ". x grows like 1/(t* - t) and is infinite at t* = 1: end the span before it, or"
                  + " check the equations. The solution up to there is kept."),
          solution.message());
      assertThrows(IllegalArgumentException.class, () -> solution.at(1.5, "x"));
    }
  }

  /** x' = x^3 from 1: x = 1/sqrt(1 - 2t); and back in time 1/t from 1. */
  @Test
  void saysHowAValueRunsToInfinity() {
    OdeTerm cube = OdeTerm.of(1, (t, y, dy) -> dy[0] = y[0] * y[0] * y[0]);
    String message = TSIT5.solve(Problem.of(cube, Tensor.vector(1), 0, 1)).message();
    assertTrue(
        message.contains("y0 grows like 1/sqrt(t* - t) and is infinite at t* = 0.5"), message);
    OdeTerm square = OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0] * y[0]);
    message = TSIT5.solve(Problem.of(square, Tensor.vector(1), 1, -1)).message();
    assertTrue(message.contains("y0 grows like 1/(t - t*) and is infinite at t* = "), message);
    OdeTerm growth = OdeTerm.of(1, (t, y, dy) -> dy[0] = 100 * y[0]);
    message = TSIT5.solve(Problem.of(growth, Tensor.vector(1), 0, 9)).message();
    assertTrue(message.contains("). y0 grew to "), message);
    assertTrue(message.contains("e+30"), message);
    assertTrue(message.contains(", and soon is too large for a number: check the signs"), message);
  }

  @Test
  void aPoleIsNoJump() {
    OdeTerm pole = OdeTerm.of(1, (t, y, dy) -> dy[0] = 1 / (t - 1));
    Solution solution = TSIT5.solve(Problem.of(pole, Tensor.vector(1), 0, 2));
    assertEquals(Result.STEP_TOO_SMALL, solution.result());
    assertTrue(
        solution
            .message()
            .endsWith(
                "at t = 1 (tsit5; y0 grew fastest). The slope of y0 runs to infinity there, as 1/x"
                    + " does at 0: end the span before it, or keep what is divided by away from 0."
                    + " The solution up to there is kept."),
        solution.message());
    OdeTerm jump = OdeTerm.of(1, (t, y, dy) -> dy[0] = y[0] > 0 ? -1 : 2);
    solution = TSIT5.withMaxSteps(2000).solve(Problem.of(jump, Tensor.vector(1), 0, 2));
    assertEquals(Result.MAX_STEPS_REACHED, solution.result());
    String message = solution.message();
    assertTrue(
        message.contains("The slope of y0 jumps there, from -1 to 2: ")
            || message.contains("The slope of y0 jumps there, from 2 to -1: "),
        message);
  }

  @Test
  void aFieldIsTracedToItsFirstNaN() {
    OdeTerm fall =
        OdeTerm.of(
            (t, y, p) -> Tracer.stack(y.get(1), y.get(0).minus(3).log().times(2), t.constant(1)),
            3);
    Problem problem =
        Problem.of(fall, Tensor.vector(4, -1, 0), 0, 9).withNames("height", "speed", "other");
    Solution solution = Integrator.fixed(Solvers.rk4(), 0.5).solve(problem);
    assertEquals(Result.NOT_FINITE, solution.result());
    assertTrue(
        solution
            .message()
            .matches(
                "The solution is not a finite number after t = 0\\.5 \\(rk4; .* grew fastest\\)\\."
                    + " The first NaN: log of -0\\.\\d+ in the equation of speed, at t = 1\\. Take"
                    + " smaller steps or an adaptive solver such as tsit5; if that changes nothing,"
                    + " keep what the log is taken of above 0, as in log\\(max\\(x, 1e-9\\)\\)\\."
                    + " The solution up to there is kept\\."),
        solution.message());
    assertEquals(
        solution.message().replace(" The solution up to there is kept.", ""), solution.reason());
  }

  @Test
  void implicitStagesAreTracedToo() {
    OdeTerm root = OdeTerm.of((t, y, p) -> y.sqrt().unaryMinus(), 1);
    Solution solution =
        Integrator.of(Solvers.kvaerno5()).solve(Problem.of(root, Tensor.vector(1), 0, 4));
    assertEquals(Result.NOT_SOLVED, solution.result());
    assertTrue(solution.message().startsWith("The equations of a step of size "));
    assertTrue(solution.message().contains("The first NaN: square root of -"), solution.message());
  }

  @Test
  void aParameterThatIsNoNumberIsNamed() {
    TracedField field =
        TracedField.of(
            (t, y, p) -> y.times(p.get("rate")), Shape.of(1), Structure.ofNumbers(List.of("rate")));
    OdeTerm term = OdeTerm.of(field, Tensor.vector(Double.NaN));
    Solution solution = TSIT5.solve(Problem.of(term, Tensor.vector(1), 0, 1));
    assertEquals(
        "The solution is not a finite number after t = 0 (tsit5; y0 grew fastest). The first NaN:"
            + " parameter rate, at t = 0. To go on, give it a finite number.",
        solution.message());
  }

  @Test
  void anEventThatSetsNaNIsBlamed() {
    OdeTerm fall =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = y[1];
              dy[1] = -9.81;
            });
    Event broken =
        Event.reset("hit", (t, y) -> y[0], Event.Direction.FALLING, (t, y) -> y[1] = Double.NaN);
    assertEquals(
        "y1 is NaN at t = 0.451524. Give the reset of the event a finite number.",
        TSIT5.solve(Problem.of(fall, Tensor.vector(1, 0), 0, 4).withEvents(broken)).message());
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
    assertTrue(
        solution.message().contains("The first NaN: the derivative of b, at t = 1. To go on, look"),
        solution.message());
  }

  @Test
  void anInitialStateThatIsNotFiniteIsAFailureToo() {
    Problem problem = Problem.of(EXPLOSION.term(), Tensor.vector(1, Double.NaN), 0, 1);
    Solution solution = TSIT5.solve(problem);
    assertEquals(Result.NOT_FINITE, solution.result());
    assertEquals(1, solution.size());
    assertEquals("y1 is NaN at t = 0. Give the start a finite number.", solution.message());
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
