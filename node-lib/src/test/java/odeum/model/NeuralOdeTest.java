package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.graph.Tracer;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.LevenbergMarquardt;
import odeum.train.Loss;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;

/** Networks as right-hand sides. */
class NeuralOdeTest {
  /** The cubic spiral of the classical demonstration. */
  private static final VectorField SPIRAL =
      (t, y, p) -> {
        Tracer cube = y.pow(3);
        return Tracer.stack(
            cube.get(0).times(-0.1).plus(cube.get(1).times(2)),
            cube.get(0).times(-2).minus(cube.get(1).times(0.1)));
      };

  private static final Layer NET = Mlp.of(2, 16, 2);
  private static final NeuralOde CUBIC = NeuralOde.of(NET, (t, y, p) -> NET.apply(p, y.pow(3)));

  private static TimeSeries spiral(int rows, double end) {
    double[] times = new double[rows];
    for (int i = 0; i < rows; i++) {
      times[i] = end * i / (rows - 1);
    }
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withSaveAt(SaveAt.times(times))
            .solve(Problem.of(OdeTerm.of(SPIRAL, 2), Tensor.vector(2, 0), 0, end));
    return TimeSeries.of(times).and("x", solution.values("y0")).and("y", solution.values("y1"));
  }

  @Test
  void theSpiralIsLearnt() {
    TimeSeries data = spiral(101, 10);
    TrainingResult<NeuralOde> fit =
        Trainer.of(CUBIC.withWindow(6).withLoss(Loss.MEAN_ABSOLUTE)).batch(20).epochs(15).run(data);
    assertTrue(
        fit.loss() < 0.3 * fit.history().startLoss(),
        "%s to %s".formatted(fit.history().startLoss(), fit.loss()));
    assertEquals(List.of("x", "y"), fit.model().names());
    Solution solution = Integrator.of(Solvers.tsit5()).solve(fit.model());
    assertEquals(2, solution.values("x")[0]);
    assertEquals(10, solution.times()[solution.times().length - 1]);
  }

  @Test
  void theLinesOfTheManual() {
    TimeSeries data = spiral(8, 1);
    var node = NeuralOde.of(Mlp.of(2, 50, 2));
    TrainingResult<NeuralOde> fit = Trainer.of(node).epochs(30).run(data);
    assertTrue(fit.loss() < fit.history().startLoss());
    assertEquals(30, fit.epochs());
    Solution solution = fit.model().solve(new double[] {1, 1}, 0, 2);
    assertTrue(solution.result().isSuccess());
    assertEquals(
        Trainer.of(node.fit(data)).epochs(30).run().loss(), fit.loss(), "the same either way");
  }

  @Test
  void aDataSetOfWindowsIsTheSameAsASeriesWithWindows() {
    TimeSeries data = spiral(12, 2);
    var bySeries = Trainer.of(CUBIC.withWindow(4)).seed(3).batch(4).epochs(3).run(data);
    var bySamples =
        Trainer.of(CUBIC).seed(3).batch(4).epochs(3).run(Dataset.windowsFromZero(data, 4));
    assertArrayEquals(bySeries.losses(), bySamples.losses());
  }

  @Test
  void timesAndValuesAreDataToo() {
    TimeSeries data = spiral(5, 1);
    double[][] rows = new double[5][];
    for (int i = 0; i < 5; i++) {
      rows[i] = new double[] {data.column("x")[i], data.column("y")[i]};
    }
    TrainingResult<NeuralOde> fit = Trainer.of(CUBIC.fit(data.times(), rows)).epochs(3).run();
    assertArrayEquals(Trainer.of(CUBIC).epochs(3).run(data).losses(), fit.losses());
    assertEquals(List.of("y0", "y1"), fit.model().names());
  }

  @Test
  void aSystemThatIsLinearIsFoundExactly() {
    Layer matrix = Linear.of(2, 2).withoutBias();
    VectorField rotation =
        (t, y, p) -> Tracer.stack(y.get(1), y.get(0).unaryMinus().minus(y.get(1).times(0.1)));
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withSaveAt(SaveAt.even(20))
            .solve(Problem.of(OdeTerm.of(rotation, 2), Tensor.vector(1, 0), 0, 5));
    TimeSeries data =
        TimeSeries.of(solution.times())
            .and("q", solution.values("y0"))
            .and("p", solution.values("y1"));
    TrainingResult<NeuralOde> fit =
        Trainer.of(NeuralOde.of(matrix).withWindow(5))
            .optimizer(LevenbergMarquardt.of())
            .epochs(50)
            .run(data);
    assertArrayEquals(new double[] {0, 1, -1, -0.1}, fit.best().tensor("weight").toArray(), 1e-4);
    assertArrayEquals(new double[] {2, -1.2}, fit.model().net().applyAll(1, 2), 1e-3);
  }

  @Test
  void weightsComeFromTheTrainersSeed() {
    TimeSeries data = spiral(5, 1);
    Parameters first = Trainer.of(CUBIC).epochs(0).seed(1).run(data).best();
    assertEquals(first, Trainer.of(CUBIC).epochs(0).seed(1).run(data).best());
    assertNotEquals(first, Trainer.of(CUBIC).epochs(0).seed(2).run(data).best());
    NeuralOde trained = CUBIC.with(first);
    assertEquals(first, Trainer.of(trained).epochs(0).seed(2).run(data).best());
    assertEquals(NET.initial(RandomKey.of(0)), CUBIC.parameters());
  }

  @Test
  void trainingOnOtherDataStartsThere() {
    NeuralOde model = Trainer.of(CUBIC).epochs(1).run(spiral(5, 1)).model();
    TimeSeries other = TimeSeries.of(3, 4).and("x", 0.5, 0.6).and("y", 0.1, 0.2);
    NeuralOde again = Trainer.of(model).optimizer(Adam.of(1e-9)).epochs(1).run(other).model();
    assertArrayEquals(new double[] {0.5, 0.1}, again.initial().toArray());
    assertEquals(3, again.start());
    assertEquals(4, again.end());
  }

  @Test
  void whatIsMissingIsNamed() {
    NeuralOde node = NeuralOde.of(Chain.of(Linear.of(2, 2)));
    assertEquals(
        "Nobody said yet how many states the model has. Name them: withNames(\"x\", \"y\").",
        assertThrows(IllegalStateException.class, node::names).getMessage());
    assertEquals(List.of("a", "b"), node.withNames("a", "b").names());
    assertEquals(List.of("y0", "y1"), node.withInitial(1, 2).names());
    assertEquals(
        "The model has 2 states, but the data have 3 columns (x y z). Select those that are states,"
            + " or name the states with withNames.",
        assertThrows(
                IllegalArgumentException.class,
                () -> NeuralOde.of(Mlp.of(2, 3, 2)).fit(spiral(5, 1).and("z", 1, 2, 3, 4, 5)))
            .getMessage());
    assertThrows(IllegalStateException.class, () -> CUBIC.withNames("x", "y").start());
    assertThrows(IllegalArgumentException.class, () -> CUBIC.with(Parameters.of("weight", 1)));
    assertEquals("NeuralOde mlp(2, 16, 2, tanh), 82 parameters", CUBIC.toString());
  }
}
