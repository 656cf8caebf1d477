package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SolutionTest {
  private static final Integrator TSIT5 = Integrator.of(Solvers.tsit5());
  private static final Problem.Of SWING =
      TestEquation.HARMONIC_OSCILLATOR.forward().withNames("x", "v");

  private static Problem withEnergy() {
    Observable energy =
        Observable.of(
            List.of("energy", "x2"),
            (t, y, p) -> {
              Tracer x2 = y.get(0).times(y.get(0));
              return Tracer.stack(x2.plus(y.get(1).times(y.get(1))), x2);
            },
            Shape.of(2),
            Structure.EMPTY);
    return SWING.withObserved(energy);
  }

  @Test
  void savesTwoHundredEvenTimesUnlessToldOtherwise() {
    Solution solution = TSIT5.solve(SWING);
    double[] times = solution.times();
    assertEquals(200, times.length);
    assertEquals(0, times[0]);
    assertEquals(10, times[199]);
    assertEquals(10 * 50 / 199.0, times[50], 1e-15);
    assertEquals(solution.values("x")[199], solution.last("x"));
    assertEquals(solution.state(50).at(1), solution.values("v")[50]);
  }

  @Test
  void observedValuesAreReadLikeStates() {
    Solution solution = TSIT5.solve(withEnergy());
    assertEquals(List.of("x", "v", "energy", "x2"), solution.names());
    assertEquals(List.of("x", "v"), solution.stateNames());
    double[] x = solution.values("x");
    double[] v = solution.values("v");
    double[] energy = solution.values("energy");
    for (int i = 0; i < x.length; i++) {
      assertEquals(x[i] * x[i] + v[i] * v[i], energy[i], 1e-15);
    }
    assertEquals(x[199] * x[199], solution.last("x2"), 1e-15);
    assertEquals(StrictMath.cos(1) * StrictMath.cos(1), solution.at(1, "x2"), 1e-5);
  }

  @Test
  void anUnknownNameGetsASuggestion() {
    Solution solution = TSIT5.solve(withEnergy());
    for (Runnable read :
        List.<Runnable>of(
            () -> solution.values("enregy"),
            () -> solution.last("enregy"),
            () -> solution.at(1, "enregy"))) {
      String message = assertThrows(IllegalArgumentException.class, read::run).getMessage();
      assertEquals(
          "The solution has no value 'enregy'. Did you mean 'energy'? Known: x, v, energy, x2.",
          message);
    }
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#generalSolvers")
  void readsAnyTimeAsIfItHadBeenSaved(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.037);
    double[] times = {0, 0.01, 2.345, 7.4, 9.999, 10};
    Solution asked = integrator.withSaveAt(SaveAt.times(times)).solve(SWING);
    for (SaveAt other : List.of(SaveAt.even(7), SaveAt.steps(), SaveAt.dense())) {
      Solution solution = integrator.withSaveAt(other).solve(SWING);
      for (int i = 0; i < times.length; i++) {
        assertEquals(asked.values("v")[i], solution.at(times[i], "v"));
        assertEquals(asked.state(i), solution.at(times[i]));
      }
    }
  }

  @Test
  void readsBackwardSolutionsToo() {
    Solution solution =
        Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-10, 1e-10))
            .solve(TestEquation.HARMONIC_OSCILLATOR.backward());
    for (double t = 0.05; t < 10; t += 0.5) {
      assertEquals(StrictMath.cos(t), solution.at(t, "y0"), 1e-8);
    }
  }

  @Test
  void withoutTheStepsItSaysHowToKeepThem() {
    Solution solution = TSIT5.withSaveAt(SaveAt.end()).solve(SWING);
    assertArrayEquals(new double[] {0, 10}, solution.times());
    assertEquals(solution.last("x"), solution.at(10, "x"));
    String message =
        assertThrows(IllegalStateException.class, () -> solution.at(5, "x")).getMessage();
    assertTrue(message.contains("SaveAt.dense()"), message);
    message = assertThrows(IllegalArgumentException.class, () -> solution.at(11, "x")).getMessage();
    assertEquals("The solution goes from 0.0 to 10.0; t = 11.0 is outside.", message);
  }

  @Test
  void manyStepsAreDroppedUnlessDenseWasAsked() {
    Integrator tiny = Integrator.fixed(Solvers.euler(), 1e-4).withMaxSteps(1_000_000);
    assertThrows(IllegalStateException.class, () -> tiny.solve(SWING).at(5.00005, "x"));
    Solution dense = tiny.withSaveAt(SaveAt.dense()).solve(SWING);
    assertEquals(100_001, dense.size());
    assertEquals(StrictMath.cos(5), dense.at(5.00005, "x"), 1e-3);
  }

  @Test
  void refusesTimesOutsideOrOutOfOrder() {
    for (double[] times : new double[][] {{-1}, {11}, {2, 1}, {Double.NaN}}) {
      Integrator integrator = TSIT5.withSaveAt(SaveAt.times(times));
      assertThrows(IllegalArgumentException.class, () -> integrator.solve(SWING));
    }
    Solution backward =
        TSIT5.withSaveAt(SaveAt.times(9, 1)).solve(TestEquation.HARMONIC_OSCILLATOR.backward());
    assertArrayEquals(new double[] {9, 1}, backward.times());
  }

  @Test
  void anEmptySpanIsItsStart() {
    Solution solution = TSIT5.solve(SWING, 3, 3);
    assertEquals(Result.SUCCESS, solution.result());
    assertArrayEquals(new double[] {3}, solution.times());
    assertEquals(1, solution.last("x"));
  }

  @Test
  void writesEveryDigit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("swing.csv");
    Solution solution = TSIT5.withSaveAt(SaveAt.even(3)).solve(withEnergy());
    solution.toCsv(file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("t,x,v,energy,x2", lines.get(0));
    assertEquals(4, lines.size());
    String[] last = lines.get(3).split(",");
    assertEquals(10, Double.parseDouble(last[0]));
    assertEquals(solution.last("x"), Double.parseDouble(last[1]));
    assertEquals(solution.last("energy"), Double.parseDouble(last[3]));
  }

  @Test
  void tellsHowItWentInALine() {
    Solution solution = TSIT5.solve(SWING);
    Statistics work = solution.statistics();
    String line =
        "tsit5 · %d steps (%d rejected) · %d evaluations · success"
            .formatted(work.accepted(), work.rejected(), work.evaluations());
    assertEquals(line, solution.summary());
    assertTrue(solution.toString().startsWith(line + "\n200 saved times, t = 0 to 10\nlast: x = "));
  }

  /** What the listener saw is enough to compute the solution again, inside the steps too. */
  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#explicitSolvers")
  void theListenerSeesWhatReplaysTheSolve(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    List<double[]> ends = new ArrayList<>();
    List<Tensor> inside = new ArrayList<>();
    StepListener listener =
        (t, h, y, k, evaluated) -> {
          assertEquals(tableau.allStages(), evaluated);
          inside.add(Tensor.vector(replay(tableau, 0.5, h, y, k, evaluated)));
          ends.add(replay(tableau, 1, h, y, k, evaluated));
        };
    double h = 0.25;
    double[] times = new double[41];
    for (int i = 1; i <= 40; i++) {
      times[i] = (i - 0.5) * h;
    }
    Solution solution =
        Integrator.fixed(solver, h)
            .withListener(listener)
            .withSaveAt(SaveAt.times(times))
            .solve(SWING);
    assertEquals(40, ends.size());
    for (int i = 0; i < 40; i++) {
      double rounding = solver.order() > 8 ? 1e-11 : 1e-13; // large weights inside a step
      assertEquals(solution.values("x")[i + 1], inside.get(i).at(0), rounding);
      assertEquals(solution.at((i + 1) * h, "v"), ends.get(i)[1], rounding);
    }
  }

  private static double[] replay(
      ButcherTableau tableau, double x, double h, double[] y, double[][] k, int count) {
    double[] state = y.clone();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < y.length; j++) {
        state[j] += h * tableau.weight(i, x) * k[i][j];
      }
    }
    return state;
  }
}
