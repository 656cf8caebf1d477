package odeum.train;

import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresFactory;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem.Evaluation;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.ValueAndJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.optim.ConvergenceChecker;
import org.apache.commons.math3.util.Pair;

/**
 * Levenberg-Marquardt, as MINPACK does it, by Apache Commons Math: the method for least squares
 * with few parameters. The loss must be made by {@link Objective#leastSquares}.
 *
 * @param tolerance relative change of loss and parameters at which it has converged
 */
public record LevenbergMarquardt(double tolerance) implements WholeBatchOptimizer {
  public LevenbergMarquardt {
    Require.that(tolerance > 0, "The tolerance must be positive, got %s.", tolerance);
  }

  /** {@return the method with a tolerance of 1e-10} */
  public static LevenbergMarquardt of() {
    return new LevenbergMarquardt(1e-10);
  }

  /** {@return this method with another tolerance} */
  public LevenbergMarquardt withTolerance(double relative) {
    return new LevenbergMarquardt(relative);
  }

  @Override
  public String name() {
    return "lm";
  }

  TrainingEnd minimize(Target target, double[] start, int iterations) {
    int residuals = target.residuals(start).length;
    Watch watch = new Watch(target, iterations);
    var problem =
        LeastSquaresFactory.create(
            new Model(target),
            new ArrayRealVector(residuals),
            new ArrayRealVector(start),
            null,
            watch,
            Integer.MAX_VALUE,
            // The watch counts the iterations that were done; this would count the failed ones too.
            Integer.MAX_VALUE,
            true,
            null);
    LeastSquaresOptimizer method =
        new LevenbergMarquardtOptimizer()
            .withCostRelativeTolerance(tolerance)
            .withParameterRelativeTolerance(tolerance);
    try {
      method.optimize(problem);
      return watch.stopped ? TrainingEnd.FINISHED : TrainingEnd.CONVERGED;
    } catch (ConvergenceException e) {
      // Commons Math throws this when no double near the point is better by the tolerance.
      return TrainingEnd.CONVERGED;
    }
  }

  /** Called by Commons Math after each successful iteration. */
  private static final class Watch implements ConvergenceChecker<Evaluation> {
    private final Target target;
    private final int iterations;
    private int done;
    private boolean stopped;

    Watch(Target target, int iterations) {
      this.target = target;
      this.iterations = iterations;
    }

    @Override
    public boolean converged(int iteration, Evaluation previous, Evaluation current) {
      double loss = WholeData.meanSquare(current.getResiduals().toArray());
      target.accept(current.getPoint().toArray(), loss);
      stopped = ++done >= iterations;
      return stopped;
    }
  }

  private record Model(Target target) implements ValueAndJacobianFunction {
    @Override
    public RealVector computeValue(double[] x) {
      return new ArrayRealVector(target.residuals(x), false);
    }

    @Override
    public RealMatrix computeJacobian(double[] x) {
      return new Array2DRowRealMatrix(target.jacobian(x), false);
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
      double[] x = point.toArray();
      return Pair.create(computeValue(x), computeJacobian(x));
    }
  }
}
