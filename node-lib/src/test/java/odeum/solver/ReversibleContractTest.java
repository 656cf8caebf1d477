package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver keeps, and besides what reversible ones do. */
class ReversibleContractTest {
  static List<ReversibleMethod> methods() {
    return List.of(Solvers.alf(), Solvers.reversibleHeun());
  }

  static List<Arguments> contracts() {
    SolverContractTest fixed = new SolverContractTest();
    AdaptiveContractTest adaptive = new AdaptiveContractTest();
    List<Consumer<ReversibleMethod>> contracts =
        List.of(
            fixed::convergesAtItsOrder,
            fixed::goesBackwardAsForward,
            fixed::stepsBackToItsStart,
            fixed::savesWhereAsked,
            fixed::savingMoreChangesNoBit,
            fixed::givesTheSameBitsTwice,
            fixed::bitsDoNotDependOnTheSizeOfTheState,
            adaptive::errorFallsWithTheTolerance,
            adaptive::goesBackward,
            adaptive::givesTheSameBitsTwice,
            adaptive::everyControlMeetsTheTolerance);
    List<Arguments> all = new ArrayList<>();
    for (ReversibleMethod method : methods()) {
      for (int i = 0; i < contracts.size(); i++) {
        all.add(Arguments.of(method, i, contracts.get(i)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("contracts")
  void keepsTheContract(ReversibleMethod method, int number, Consumer<ReversibleMethod> contract) {
    contract.accept(method);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void denseOutputHasItsOrder(ReversibleMethod method) {
    assertEquals(method.denseOrder() + 1, Convergence.denseRate(method), 0.2);
  }

  /** By hand: y' = -y, h = 1 and 1/2; the second step has what the first one carries. */
  @ParameterizedTest
  @CsvSource({
    "alf, 1, 0.5, 0",
    "alf, 0.5, 0.625, 0.375",
    "reversible-heun, 1, 0.5, 0",
    "reversible-heun, 0.5, 0.625, 0.375"
  })
  void oneAndTwoStepsOfDecay(String name, double h, double one, double two) {
    OdeTerm decay = OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0]);
    Problem problem = Problem.of(decay, Tensor.vector(1), 0, 2 * h);
    Solution solution =
        Integrator.fixed(Solvers.named(name), h).withSaveAt(SaveAt.steps()).solve(problem);
    assertArrayEquals(new double[] {1, one, two}, solution.values("y0"), 1e-15);
  }

  /** y' = y cos t with 50 steps to 5, computed apart by the published recurrences. */
  @ParameterizedTest
  @CsvSource({"alf, 0.3840151377687368, 1.9992", "reversible-heun, 0.3840512773765415, 2.0056"})
  void fiftySteps(String name, double expected, double order) {
    assertEquals(expected, breathe(name, 50).last("y0"), 1e-13);
    double error = TestEquation.BREATHING.errorAtEnd(breathe(name, 100));
    double errorOfHalf = TestEquation.BREATHING.errorAtEnd(breathe(name, 200));
    assertEquals(order, Convergence.rate(error, errorOfHalf), 1e-3);
  }

  private static Solution breathe(String name, int steps) {
    Integrator integrator = Integrator.fixed(Solvers.named(name), 5.0 / steps);
    return integrator.solve(TestEquation.BREATHING.forward());
  }

  /** Random steps there and back, as the reversible adjoint takes them. */
  @ParameterizedTest
  @MethodSource("methods")
  void aThousandRandomStepsAndBack(ReversibleMethod method) {
    TestEquation equation = TestEquation.KEPLER;
    Tensor sizes = RandomKey.of(7).uniform(Shape.of(1000), 0, 1);
    Stepper step = Steppers.open(method, equation.term(), new FixedStep(1));
    double[] times = new double[1001];
    step.moveTo(0, equation.exact(0));
    step.slope();
    double[][] start = rows(step);
    for (int i = 0; i < 1000; i++) {
      times[i + 1] = times[i] + 0.001 + 0.02 * sizes.at(i);
      step.attempt(times[i + 1]);
      step.advance();
    }
    assertTrue(equation.error(step.start(), step.before()) < 0.1, "it follows the orbit");
    for (int i = 999; i >= 0; i--) {
      step.attempt(times[i]);
      step.advance();
    }
    assertEquals(0, step.start());
    double[][] back = rows(step);
    for (int i = 0; i < start.length; i++) {
      assertArrayEquals(start[i], back[i], 1e-10);
    }
  }

  private static double[][] rows(Stepper step) {
    double[][] rows = new double[1 + step.carriedRows()][];
    rows[0] = step.before().clone();
    for (int i = 1; i < rows.length; i++) {
      rows[i] = step.stages()[i - 1].clone();
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void itsListenersSeeWhatIsCarried(ReversibleMethod method) {
    List<double[][]> seen = new ArrayList<>();
    List<double[]> states = new ArrayList<>();
    Problem problem = TestEquation.LOGISTIC.forward();
    Integrator.fixed(method, 0.5)
        .withListener(
            (t, h, y, k, evaluated) -> {
              assertEquals(method.carriedRows() + 1, evaluated);
              double[][] rows = new double[evaluated][];
              for (int i = 0; i < evaluated; i++) {
                rows[i] = k[i].clone();
              }
              seen.add(rows);
              states.add(y.clone());
            })
        .solve(problem);
    assertEquals(12, seen.size());
    assertEquals(0.75, seen.getFirst()[0][0], "f at the start");
    for (int i = 1; i < seen.size(); i++) {
      double[][] last = seen.get(i - 1);
      double evaluation = last[last.length - 1][0];
      double slope = 2 * method.weight() * (evaluation - last[0][0]) + last[0][0];
      assertEquals(slope, seen.get(i)[0][0], 1e-14);
      if (method.carriedRows() == 2) {
        double point = 2 * states.get(i - 1)[0] - last[1][0] + 0.5 * last[0][0];
        assertEquals(point, seen.get(i)[1][0], 1e-14);
        assertEquals(point * (1 - point / 4), seen.get(i)[0][0], 1e-14);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void oneEvaluationAStep(ReversibleMethod method) {
    AtomicLong calls = new AtomicLong();
    Derivative counting =
        (t, y, dy) -> {
          calls.incrementAndGet();
          dy[0] = y[0] * StrictMath.cos(t);
        };
    Problem problem = Problem.of(OdeTerm.of(1, counting), Tensor.vector(1), 0, 5);
    Statistics fixed = Integrator.fixed(method, 0.01).solve(problem).statistics();
    assertEquals(501, fixed.evaluations());
    assertEquals(501, calls.getAndSet(0));
    Statistics adaptive = Integrator.of(method).solve(problem).statistics();
    assertEquals(2 + adaptive.accepted() + adaptive.rejected(), adaptive.evaluations());
    assertEquals(adaptive.evaluations(), calls.get());
  }

  /** After a jump the slope is that of the state again. */
  @ParameterizedTest
  @MethodSource("methods")
  void beginsAfreshAfterAJump(ReversibleMethod method) {
    List<Double> slopes = new ArrayList<>();
    Integrator integrator =
        Integrator.fixed(method, 0.25)
            .withJumpTimes(1)
            .withListener((t, h, y, k, evaluated) -> slopes.add(k[0][0]));
    OdeTerm term = OdeTerm.of(1, (t, y, dy) -> dy[0] = t < 1 ? 1 : -2);
    integrator.solve(Problem.of(term, Tensor.vector(0), 0, 2));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, -2.0, -2.0, -2.0, -2.0), slopes);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void keptStepsAreReadAsTheyWere(ReversibleMethod method) {
    Integrator integrator = Integrator.fixed(method, 0.1);
    Problem problem = TestEquation.KEPLER.forward();
    Solution kept = integrator.withSaveAt(SaveAt.dense()).solve(problem);
    Solution saved = integrator.withSaveAt(SaveAt.times(0, 0.33, 1.234, 5)).solve(problem);
    for (String name : saved.names()) {
      assertEquals(saved.values(name)[1], kept.at(0.33, name));
      assertEquals(saved.values(name)[2], kept.at(1.234, name));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void itsStabilityIsSeenInItsSteps(ReversibleMethod method) {
    double[][] places = {{0, 0.5}, {0, 0.99}, {0, 1.2}, {-0.3, 0}, {0.2, 0.4}, {-0.1, -0.7}};
    for (double[] z : places) {
      OdeTerm spiral =
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = z[0] * y[0] - z[1] * y[1];
                dy[1] = z[1] * y[0] + z[0] * y[1];
              });
      double grown =
          StrictMath.pow(size(method, spiral, 400) / size(method, spiral, 200), 1 / 200.0);
      assertEquals(method.stability(z[0], z[1]), grown, 0.02, z[0] + " + i " + z[1]);
    }
    for (double w = -1; w <= 1; w += 0.125) {
      assertEquals(1, method.stability(0, w), 1e-7);
    }
    assertTrue(method.stability(0, 1.01) > 1.1);
    assertEquals(Math.sqrt(2) + 1, method.stability(-1, 0), 1e-14);
  }

  private static double size(Solver solver, OdeTerm term, int steps) {
    Solution solution =
        Integrator.fixed(solver, 1).solve(Problem.of(term, Tensor.vector(1, 0.5), 0, steps));
    return Math.abs(solution.last("y0")) + Math.abs(solution.last("y1"));
  }

  /** A changed coefficient makes a method of a lower order, or one that cannot be undone. */
  @Test
  void mutatedCoefficientsAreCaught() {
    double by = 1e-3;
    for (ReversibleMethod m : methods()) {
      double[] whole = {m.node(), m.point(), m.shadow(), m.weight()};
      for (int i = 0; i < 4; i++) {
        double[] c = whole.clone();
        c[i] += by;
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ReversibleMethod("mutant", c[0], c[1], c[2], c[3]))
                .getMessage();
        assertTrue(message.startsWith("The coefficients of mutant are not those of a"), message);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new ReversibleMethod("heun", 1, 1, 0, 0.5));
  }

  @Test
  void onlyTheMethodsThatCanBeUndoneAreNamed() {
    for (ReversibleMethod method : methods()) {
      assertEquals(method, Solvers.named(method.name()));
      assertTrue(Solvers.all().contains(method));
      assertEquals(2, method.order());
    }
    assertFalse(Solvers.alf().equals(Solvers.reversibleHeun()));
  }
}
