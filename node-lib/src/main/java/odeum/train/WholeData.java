package odeum.train;

import java.util.Arrays;
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

  WholeData(
      WholeBatchOptimizer method,
      Coordinates coordinates,
      Compiled compiled,
      Dataset data,
      TrainingRecord record) {
    this.method = method;
    this.coordinates = coordinates;
    this.compiled = compiled;
    this.all = data.all();
    this.record = record;
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
          throw record.notFinite("gradient", rows[row][i]);
        }
      }
    }
    return rows;
  }

  @Override
  public void accept(double[] x, double value) {
    record.epoch(method, coordinates.at(x), value);
  }
}
