package odeum.train;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import odeum.nn.Parameters;
import odeum.tensor.Tensor;

/**
 * The loss over the whole data as a function of coordinates. Where it cannot be computed it is
 * infinite, not an error: a step too far.
 */
final class WholeData implements Target {
  private final WholeBatchOptimizer method;
  private final Coordinates coordinates;
  private final Compiled compiled;
  private final Batch all;
  private final TrainingRecord record;
  private final StageStart stage;
  private final Trouble trouble;
  private Reached reached;
  private int iterations;

  WholeData(
      WholeBatchOptimizer method,
      Coordinates coordinates,
      Compiled compiled,
      Batch all,
      TrainingRecord record,
      StageStart stage,
      Trouble trouble) {
    this.method = method;
    this.coordinates = coordinates;
    this.compiled = compiled;
    this.all = all;
    this.record = record;
    this.stage = stage;
    this.trouble = trouble;
    this.iterations = stage.epochs();
    this.reached = Reached.start(stage);
  }

  /** {@return where the method is when it hands back} */
  Reached reached(boolean ended) {
    return new Reached(stage, iterations, ended, reached.position(), reached.memory());
  }

  @Override
  public double value(double[] x) {
    record.check();
    Parameters point = coordinates.at(x);
    double value = compiled.value(point, all);
    if (!Double.isFinite(value)) {
      return Double.POSITIVE_INFINITY;
    }
    record.offer(point, value);
    return value;
  }

  @Override
  public double value(double[] x, double[] gradient) {
    record.check();
    Parameters point = coordinates.at(x);
    Evaluation e = compiled.at(point, all);
    double[] byCoordinate = coordinates.gradient(x, e.gradient());
    System.arraycopy(byCoordinate, 0, gradient, 0, gradient.length);
    if (!e.isFinite()) {
      return Double.POSITIVE_INFINITY;
    }
    record.offer(point, e.value());
    return e.value();
  }

  @Override
  public double[] residuals(double[] x) {
    record.check();
    Parameters point = coordinates.at(x);
    double[] residuals = compiled.residuals(point, all).toArray();
    double loss = meanSquare(residuals);
    if (!Double.isFinite(loss)) {
      Arrays.fill(residuals, Double.POSITIVE_INFINITY);
    } else {
      record.offer(point, loss);
    }
    return residuals;
  }

  private static double[] notNumbers(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  static double meanSquare(double[] residuals) {
    return Lbfgs.dot(residuals, residuals) / residuals.length;
  }

  @Override
  public double[][] jacobian(double[] x) {
    record.check();
    Tensor jacobian = compiled.jacobian(coordinates.at(x), all);
    double[] slopes = coordinates.slopes(x);
    double[][] rows = new double[jacobian.shape().extent(0)][slopes.length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < slopes.length; i++) {
        rows[row][i] = jacobian.at(row * slopes.length + i) * slopes[i];
        if (!Double.isFinite(rows[row][i])) {
          throw notFinite(x);
        }
      }
    }
    return rows;
  }

  @Override
  public RuntimeException notFinite(double[] x) {
    Parameters point = coordinates.at(x);
    Evaluation e = compiled.at(point, all);
    // A Jacobian may have a NaN that the gradient of the mean square does not show.
    Evaluation shown =
        e.isFinite() ? new Evaluation(e.value(), point.withFlat(notNumbers(x.length))) : e;
    return record.notFinite(shown, () -> trouble.clause(point, all));
  }

  @Override
  public void accept(double[] x, double value) {
    iterations++;
    record.epoch(method, coordinates.at(x), value, Optional.empty());
  }

  @Override
  public void accept(double[] x, double value, Supplier<OptimizerMemory> memory) {
    iterations++;
    reached = new Reached(stage, iterations, false, Tensor.vector(x), memory);
    record.epoch(method, coordinates.at(x), value, Optional.of(reached));
  }
}
