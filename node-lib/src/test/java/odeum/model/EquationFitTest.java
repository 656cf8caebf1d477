package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import odeum.equation.Ode;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.train.Adam;
import odeum.train.Lbfgs;
import odeum.train.LevenbergMarquardt;
import odeum.train.Loss;
import odeum.train.Optimizer;
import odeum.train.Trainer;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equations fitted to data: the hares and lynxes of Hudson Bay, 1900-1920, in thousands. */
class EquationFitTest {
  private static final String LOTKA =
      """
      x' = a*x - b*x*y
      y' = -c*y + d*x*y
      param a = 0.5, b = 0.02, c = 0.9, d = 0.03
      """;

  private static final Ode FREE = Ode.parse(LOTKA + "param x0 = 30, y0 = 4\ninit x = x0, y = y0\n");
  private static final Ode FIXED = Ode.parse(LOTKA + "init x = 30, y = 4\n");

  static TimeSeries pelts() {
    try {
      var file = EquationFitTest.class.getResource("/odeum/model/hudson-bay.csv");
      return TimeSeries.readCsv(Path.of(Objects.requireNonNull(file).toURI()))
          .select(Map.of("x", "hare", "y", "lynx"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void startValuesHoldAtTheFirstTimeOfTheData() {
    Ode decay = Ode.parse("x' = -k*x\nparam k = 1\ninit x = 1\ntime 0 .. 10");
    TimeSeries late = TimeSeries.of(5, 6, 7).and("x", 1, StrictMath.exp(-0.5), StrictMath.exp(-1));
    EquationFit problem = EquationFit.of(decay, late);
    assertTrue(problem.startsElsewhere());
    TrainingResult<Ode> fit = Trainer.of(problem).run();
    assertEquals(0.5, fit.parameter("k"), 1e-6);
    assertEquals(5, fit.model().start());
    Solution again = Integrator.of(Solvers.tsit5()).solve(fit.model());
    assertEquals(StrictMath.exp(-1), again.last("x"), 1e-6);
  }

  static List<Optimizer> wholeBatch() {
    return List.of(LevenbergMarquardt.of(), Lbfgs.of());
  }

  @ParameterizedTest
  @MethodSource("wholeBatch")
  void hudsonBayWithFreeStart(Optimizer method) {
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(FREE, pelts())).optimizer(method).epochs(300).run();
    assertEquals(14.16, fit.loss(), 0.01);
    assertEquals(0.4812, fit.parameter("a"), 0.001);
    assertEquals(0.02483, fit.parameter("b"), 0.0001);
    assertEquals(0.9260, fit.parameter("c"), 0.001);
    assertEquals(0.02753, fit.parameter("d"), 0.0001);
    assertEquals(34.91, fit.parameter("x0"), 0.05);
    assertEquals(3.862, fit.parameter("y0"), 0.01);
    assertEquals(fit.loss(), meanSquare(fit.model(), pelts()), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("wholeBatch")
  void hudsonBayWithFixedStart(Optimizer method) {
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(FIXED, pelts())).optimizer(method).epochs(300).run();
    assertEquals(17.95, fit.loss(), 0.01);
  }

  /** The loss in the words of the manual, from an ordinary solve. */
  private static double meanSquare(Ode model, TimeSeries data) {
    double[] times = data.times();
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withSaveAt(SaveAt.times(times))
            .solve(model, times[0], times[times.length - 1]);
    double sum = 0;
    int count = 0;
    for (String name : data.names()) {
      double[] values = data.column(name);
      for (int i = 0; i < times.length; i++) {
        if (!Double.isNaN(values[i])) {
          double error = solution.values(name)[i] - values[i];
          sum += error * error;
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void missingValuesDoNotCount() {
    TimeSeries all = pelts();
    double[] lynx = all.column("y");
    lynx[3] = Double.NaN;
    lynx[12] = Double.NaN;
    TimeSeries some = TimeSeries.of(all.times()).and("x", all.column("x")).and("y", lynx);
    TrainingResult<Ode> fit = Trainer.of(EquationFit.of(FREE, some)).run();
    assertEquals(meanSquare(fit.model(), some), fit.loss(), 1e-6);
    assertTrue(fit.loss() < 14.1, "fewer values fit better: " + fit.loss());
  }

  @Test
  void absoluteErrorsForgiveAnOutlier() {
    Ode decay = Ode.parse("u' = -k*u\nparam k = 1\ninit u = 2");
    double[] times = new double[21];
    double[] values = new double[21];
    for (int i = 0; i < 21; i++) {
      times[i] = 0.1 * i;
      values[i] = 2 * StrictMath.exp(-0.3 * times[i]);
    }
    values[10] = 5;
    values[15] = Double.NaN;
    TimeSeries data = TimeSeries.of(times).and("u", values);
    EquationFit fit = EquationFit.of(decay, data);
    TrainingResult<Ode> absolute =
        Trainer.of(fit.withLoss(Loss.named("mae"))).optimizer(Adam.of(0.01)).epochs(400).run();
    assertEquals(0.3, absolute.parameter("k"), 0.01);
    assertEquals((5 - 2 * StrictMath.exp(-0.3)) / 20, absolute.loss(), 0.01);
    assertTrue(Math.abs(Trainer.of(fit).run().parameter("k") - 0.3) > 0.05);
  }

  @Test
  void columnsOfOtherNamesDoNotCount() {
    double[] rain = new double[pelts().size()];
    EquationFit fit = EquationFit.of(FIXED, pelts().and("rain", rain));
    assertEquals(List.of("rain"), fit.ignored());
    assertEquals(pelts(), fit.series());
    Ode model = Trainer.of(fit).epochs(1).run().model();
    assertEquals(1900, model.start());
    assertEquals(1920, model.end());
  }

  @Test
  void letsAreFittedToo() {
    Ode decay = Ode.parse("u' = -k*u\nparam k = 1\ninit u = 2\nlet half = u/2 + t\n");
    double[] times = {0, 0.5, 1, 2};
    double[] halves = new double[4];
    for (int i = 0; i < 4; i++) {
      halves[i] = StrictMath.exp(-0.3 * times[i]) + times[i];
    }
    TimeSeries data = TimeSeries.of(times).and("half", halves);
    assertEquals(0.3, Trainer.of(EquationFit.of(decay, data)).run().parameter("k"), 1e-6);
  }

  @Test
  void boundsOfTheEquationsHold() {
    Ode bounded =
        Ode.parse(LOTKA.replace("a = 0.5", "a = 0.45 in 0.3..0.47") + "init x = 30, y = 4");
    TrainingResult<Ode> fit = Trainer.of(EquationFit.of(bounded, pelts())).run();
    double free = Trainer.of(EquationFit.of(FIXED, pelts())).run().parameter("a");
    assertTrue(free > 0.475, "the best rate lies outside: " + free);
    assertEquals(0.47, fit.parameter("a"), 1e-6);
    assertTrue(fit.parameter("a") <= 0.47);
  }

  @Test
  void solvesThatFailOnTheWayAreStepsTooFar() {
    // For k t > 1 the solution has blown up, which the first steps from k = 0.01 try.
    Ode blowUp = Ode.parse("u' = k*u^2\nparam k = 0.01\ninit u = 1");
    double[] times = {0, 0.25, 0.5, 0.75, 1};
    double[] values = new double[5];
    for (int i = 0; i < 5; i++) {
      values[i] = 1 / (1 - 0.9 * times[i]);
    }
    TimeSeries data = TimeSeries.of(times).and("u", values);
    for (Optimizer method : wholeBatch()) {
      TrainingResult<Ode> fit = Trainer.of(EquationFit.of(blowUp, data)).optimizer(method).run();
      assertEquals(0.9, fit.parameter("k"), 1e-4, method.name());
    }
  }

  @Test
  void aStartThatCannotBeSolvedIsExplained() {
    Ode blowUp = Ode.parse("u' = k*u^2\nparam k = 3\ninit u = 1");
    TimeSeries data = TimeSeries.of(0, 1).and("u", 1, 2);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(EquationFit.of(blowUp, data)).run())
            .getMessage();
    assertTrue(
        message.startsWith("The loss is not a number at the start. The step size fell below "),
        message);
    assertTrue(message.contains("t = 0.333"), message);
  }

  @Test
  void adamThenLbfgs() {
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(FIXED, pelts()))
            .optimizer(Adam.of(1e-3))
            .epochs(50)
            .then(Lbfgs.of(), 200)
            .run();
    assertEquals(17.95, fit.loss(), 0.01);
    assertEquals("adam", fit.history().epochs().get(49).optimizer());
    assertEquals("lbfgs", fit.history().epochs().get(50).optimizer());
  }

  @Test
  void anInterruptKeepsTheBest() {
    int[] epochs = {0};
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(FREE, pelts()))
            .listener(
                progress -> {
                  if (++epochs[0] == 4) {
                    Thread.currentThread().interrupt();
                  }
                })
            .run();
    assertTrue(Thread.interrupted(), "the thread stays interrupted");
    assertEquals(TrainingEnd.INTERRUPTED, fit.end());
    assertEquals(3, fit.epochs());
    assertEquals(fit.loss(), meanSquare(fit.model(), pelts()), 1e-4);
    assertTrue(fit.loss() < fit.history().startLoss());
  }

  @Test
  void mistakesAreNamed() {
    assertEquals(
        "No column of the data (hare lynx) is named like a value of the system (x y). Say which is"
            + " which, as in: --columns x=hare",
        assertThrows(
                IllegalArgumentException.class,
                () -> EquationFit.of(FREE, TimeSeries.of(0, 1).and("hare", 1, 2).and("lynx", 1, 2)))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> EquationFit.of(Ode.parse("x' = -x\ninit x = 1"), TimeSeries.of(0, 1).and("x", 1, 2)));
  }

  @Test
  void showsItselfInALine() {
    EquationFit fit = EquationFit.of(FIXED, pelts());
    assertEquals("fit of x, y to 21 rows of x, y", fit.toString());
    assertEquals("fit of x, y to 21 rows of x, y in windows of 5", fit.withWindow(5).toString());
    EquationFit both = EquationFit.of(FREE, List.of(pelts(), pelts().rows(0, 9)));
    assertEquals("fit of x, y to 2 series, 30 rows of x, y", both.toString());
    assertEquals("trainer of " + fit, Trainer.of(fit).toString());
  }

  @Test
  void saysHowManyRowsAreTooFew() {
    for (int rows = 0; rows < 2; rows++) {
      TimeSeries few = TimeSeries.of(new double[rows]).and("x", new double[rows]);
      var e = assertThrows(IllegalArgumentException.class, () -> EquationFit.of(FIXED, few));
      assertEquals("A fit needs data at two times or more, got " + rows + ".", e.getMessage());
    }
  }

  @Test
  void aLongTrainingShowsInAFewLines() {
    TrainingResult<Ode> fit =
        Trainer.of(EquationFit.of(FREE, pelts())).optimizer(Adam.of(1e-3)).epochs(30).run();
    String history = fit.history().toString();
    assertEquals(
        "30 epochs, loss %s at the start, %s after the last, %s at best"
            .formatted(fit.history().startLoss(), fit.losses()[29], fit.loss()),
        history);
    assertEquals(
        "state of a training after 30 epochs, seed 0, smallest loss %s after epoch %s"
            .formatted(fit.loss(), fit.bestEpoch()),
        fit.state().toString());
  }
}
