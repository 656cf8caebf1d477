package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Ode;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.LevenbergMarquardt;
import odeum.train.Loss;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fits to many series, to windows of series, and to a part of the rows. */
class SeriesTest {
  private static final double NAN = Double.NaN;

  private static final Ode DECAY = Ode.parse("u' = -k*u\nparam k = 1\ninit u = 2\ntime 0 .. 1");

  /** {@code u0 exp(-0.3 t)} at these times, as they count from the first one. */
  private static TimeSeries decay(double u0, double... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = u0 * StrictMath.exp(-0.3 * (times[i] - times[0]));
    }
    return TimeSeries.of(times).and("u", values);
  }

  @Test
  void everySeriesStartsAtItsOwnFirstRow() {
    List<TimeSeries> runs = List.of(decay(5, 0, 1, 2), decay(-1, 0, 1, 2), decay(0.2, 0, 1, 2));
    TrainingResult<Ode> fit = Trainer.of(EquationFit.of(DECAY, runs)).run();
    assertEquals(0.3, fit.parameter("k"), 1e-6);
    assertEquals(0, fit.loss(), 1e-10);
    assertEquals(
        List.of("times", "y", "y0"), EquationFit.of(DECAY, runs).data().structure().names());
  }

  @Test
  void aStartThatIsTrainedIsSharedByAllSeries() {
    Ode free = Ode.parse("u' = -k*u\nv' = 0\nparam k = 1, s = 1\ninit u = s, v = 7\n");
    List<TimeSeries> runs = new ArrayList<>();
    for (double noise : new double[] {-0.1, 0.1}) {
      double[] u = decay(3, 0, 1, 2, 3).column("u");
      u[0] += noise;
      runs.add(TimeSeries.of(0, 1, 2, 3).and("u", u).and("v", noise, noise, noise, noise));
    }
    TrainingResult<Ode> fit = Trainer.of(EquationFit.of(free, runs)).run();
    assertEquals(3, fit.parameter("s"), 1e-6);
    assertEquals(0.3, fit.parameter("k"), 1e-6);
    assertEquals(0.01 / 8, fit.loss(), 1e-9, "v starts at the data, so only u's first rows differ");
  }

  @ParameterizedTest
  @EnumSource(names = {"MEAN_SQUARE", "MEAN_ABSOLUTE"})
  void theLossIsTheMeanOverAllValuesThatWereMeasured(Loss loss) {
    Ode pair = Ode.parse("x' = y\ny' = -k*x\nparam k = 1\ninit x = 1, y = 0");
    List<TimeSeries> runs =
        List.of(
            TimeSeries.of(0, 0.5, 1.5, 2, 4)
                .and("x", 1, NAN, 0.3, 0.1, -1)
                .and("y", 0, -0.2, NAN, -1, 1),
            TimeSeries.of(10, 11).and("x", 0, NAN).and("y", 1, 0.5),
            TimeSeries.of(3, 4, 7).and("x", NAN, 1, 2).and("y", 2, 2, 2));
    double sum = 0;
    int count = 0;
    for (TimeSeries run : runs) {
      double[] times = run.times();
      double x0 = run.column("x")[0];
      Solution solution =
          Integrator.of(Solvers.tsit5())
              .withSaveAt(SaveAt.times(times))
              .solve(
                  pair.withInitial("x", Double.isNaN(x0) ? 1 : x0)
                      .withInitial("y", run.column("y")[0]),
                  times[0],
                  times[times.length - 1]);
      for (String name : run.names()) {
        for (int i = 0; i < times.length; i++) {
          double error = solution.values(name)[i] - run.column(name)[i];
          if (!Double.isNaN(error)) {
            sum += loss == Loss.MEAN_SQUARE ? error * error : Math.abs(error);
            count++;
          }
        }
      }
    }
    assertEquals(16, count);
    EquationFit fit = EquationFit.of(pair, runs).withLoss(loss);
    assertEquals(sum / count, valueAtStart(fit, fit.data()), 1e-6);
  }

  private static double valueAtStart(EquationFit fit, Dataset data) {
    Parameters start = fit.start(RandomKey.of(0));
    return fit.objective().compile(start, data).value(start, data.all());
  }

  @Test
  void windowsNeedEveryStateToStartFrom() {
    Ode pair = Ode.parse("x' = -a*x\ny' = a*x\nparam a = 1\ninit x = 1, y = 0\ntime 0 .. 3");
    TimeSeries half = TimeSeries.of(new double[] {0, 1, 2, 3}).and("y", 0, .6, .8, .9);
    assertEquals(4, EquationFit.of(pair, half).data().structure().part("times").shape().size());
    assertEquals(
        "A window starts at a row of its own, but the data have no values of x to start from. Train on the whole series, without windows.",
        assertThrows(
                IllegalArgumentException.class,
                () -> EquationFit.of(pair, half).withWindow(2).data())
            .getMessage());
  }

  @Test
  void windowsStartAtTheirOwnRowsWithTheSameTimes() {
    TimeSeries series = decay(5, 1900, 1900.1, 1900.2, 1900.3, 1900.4);
    EquationFit fit = EquationFit.of(DECAY, series).withWindow(3);
    Dataset data = fit.data();
    assertEquals(3, data.size());
    Tensor times = data.all().field("times");
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(
          new double[] {0, 0.1, 0.2},
          new double[] {times.get(i, 0), times.get(i, 1), times.get(i, 2)},
          1e-9);
      assertEquals(times.get(0, 1), times.get(i, 1), "equal bits, so that they share their steps");
      assertEquals(series.column("u")[i], data.all().field("y0").get(i, 0));
      assertEquals(series.column("u")[i + 2], data.all().field("y").get(i, 2, 0));
    }
    TrainingResult<Ode> whole = Trainer.of(fit).run();
    assertEquals(0.3, whole.parameter("k"), 1e-6);
    TrainingResult<Ode> batches =
        Trainer.of(fit).optimizer(Adam.of(0.02)).batch(2).epochs(200).run();
    assertEquals(0.3, batches.parameter("k"), 0.01);
  }

  @Test
  void timesStayWhereTheEquationsNameTheTime() {
    Ode driven = Ode.parse("u' = -k*u + sin(t)\nparam k = 1\ninit u = 2");
    Dataset data = EquationFit.of(driven, decay(5, 3, 4, 5, 6)).withWindow(2).data();
    assertEquals(4, data.all().field("times").get(1, 0));
  }

  @Test
  void aWindowStartsWhereEveryStateIsMeasured() {
    TimeSeries gaps = TimeSeries.of(0, 1, 2, 3).and("u", 2, NAN, 1, 0.9);
    Dataset data = EquationFit.of(DECAY, gaps).withWindow(2).data();
    assertEquals(2, data.size());
    assertEquals(0, data.all().field("measured").get(0, 1, 0));
    assertEquals(
        "There is no window of 9 rows: the longest series has 4 rows, and a window starts where"
            + " every state is measured.",
        message(() -> EquationFit.of(DECAY, gaps).withWindow(9).data()));
    assertEquals(
        "A window needs two rows or more, got 1.",
        message(() -> EquationFit.of(DECAY, gaps).withWindow(1)));
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void theLastRowsOfASeriesAreHeldBack() {
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    double[] u = decay(2, times).column("u");
    u[8] = 3;
    u[9] = 4;
    EquationFit fit = EquationFit.of(DECAY, TimeSeries.of(times).and("u", u));
    TrainingResult<Ode> result =
        Trainer.of(fit).optimizer(LevenbergMarquardt.of()).validation(0.2).run();
    Dataset.Split split = fit.split(0.2, RandomKey.of(0));
    assertEquals(0.3, result.parameter("k"), 0.2);
    Parameters truth = Parameters.of("k", 0.3);
    var compiled = fit.objective().compile(truth, split.training());
    assertEquals(0, compiled.value(truth, split.training().all()), 1e-10);
    double eight = 3 - 2 * StrictMath.exp(-2.4);
    double nine = 4 - 2 * StrictMath.exp(-2.7);
    assertEquals(
        (eight * eight + nine * nine) / 2, compiled.value(truth, split.validation().all()), 1e-5);
    assertEquals(7, split.training().all().field("times").get(0, 9), "never past what it learns");
    assertEquals(result.validationLosses().length, result.epochs());
  }

  @Test
  void windowsHeldBackHaveNoValueThatIsLearnt() {
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    EquationFit fit = EquationFit.of(DECAY, decay(2, times)).withWindow(4);
    Dataset.Split split = fit.split(0.3, RandomKey.of(0));
    double border = decay(2, times).column("u")[7];
    Tensor learnt = split.training().all().field("y");
    for (int i = 0; i < learnt.size(); i++) {
      assertTrue(learnt.at(i) > border);
    }
    Tensor values = split.validation().all().field("y");
    Tensor counted = split.validation().all().field("measured");
    for (int i = 0; i < values.size(); i++) {
      assertEquals(values.at(i) <= border ? 1 : 0, counted.at(i));
    }
  }

  @Test
  void wholeSeriesAreHeldBackOfMany() {
    List<TimeSeries> runs = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      runs.add(decay(i, 0, 1, 2, 3, 4));
    }
    EquationFit fit = EquationFit.of(DECAY, runs).withWindow(2);
    Dataset.Split split = fit.split(0.3, RandomKey.of(4));
    assertEquals(7 * 4, split.training().size());
    assertEquals(3 * 4, split.validation().size());
    TrainingResult<Ode> result = Trainer.of(fit).validation(0.3).run();
    assertEquals(0.3, result.parameter("k"), 1e-5);
  }
}
