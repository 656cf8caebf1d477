package odeum.bench;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Normal distributions with full covariances, of the same continuous values of the images that the
 * flow learns: what a flow has to do better than. The covariance of a digit is mixed with the
 * variances of all images, as it has more entries than there are images of it; the share is about
 * the best for the test images.
 */
final class DigitsNormal {
  private static final double SHARE = 0.15;

  private final double[][] training;
  private final int[] digits;
  private final double[][] test;
  private final double[] logDerivatives;

  DigitsNormal(DigitsFlowQuality.Images training, DigitsFlowQuality.Images test) {
    this.training = logits(spread(training.levels()));
    this.digits = training.digits();
    double[][] shares = spread(test.levels());
    this.test = logits(shares);
    this.logDerivatives = Arrays.stream(shares).mapToDouble(DigitsNormal::logDerivative).toArray();
  }

  /** Noise makes levels continuous, between the squeezed ends of (0, 1). */
  private static double[][] spread(Tensor levels) {
    double[] noise = RandomKey.of(0).uniform(levels.shape(), 0, 1).toArray();
    int wide = levels.shape().extent(1);
    double[][] rows = new double[levels.shape().extent(0)][wide];
    for (int i = 0; i < noise.length; i++) {
      double share = (levels.at(i) + noise[i]) / DigitsFlowQuality.LEVELS;
      rows[i / wide][i % wide] =
          DigitsFlowQuality.SQUEEZE + (1 - 2 * DigitsFlowQuality.SQUEEZE) * share;
    }
    return rows;
  }

  private static double[][] logits(double[][] shares) {
    return Arrays.stream(shares)
        .map(row -> Arrays.stream(row).map(v -> StrictMath.log(v / (1 - v))).toArray())
        .toArray(double[][]::new);
  }

  private static double logDerivative(double... shares) {
    double each = StrictMath.log((1 - 2 * DigitsFlowQuality.SQUEEZE) / DigitsFlowQuality.LEVELS);
    return Arrays.stream(shares).map(v -> each - StrictMath.log(v * (1 - v))).sum();
  }

  /** {@return the log density of each test image by one normal distribution of all images} */
  double[] one() {
    return density(rows(_ -> true), covariance(rows(_ -> true)));
  }

  /** {@return the log density of each test image by that of each digit} */
  double[][] byClass() {
    double[] variances = diagonal(covariance(rows(_ -> true)));
    RealMatrix all = MatrixUtils.createRealDiagonalMatrix(variances);
    return IntStream.range(0, 10)
        .mapToObj(
            digit -> {
              double[][] own = rows(i -> digits[i] == digit);
              RealMatrix mixed =
                  covariance(own).scalarMultiply(1 - SHARE).add(all.scalarMultiply(SHARE));
              return density(own, mixed);
            })
        .toArray(double[][]::new);
  }

  private double[][] rows(IntPredicate which) {
    return IntStream.range(0, training.length)
        .filter(which)
        .mapToObj(i -> training[i])
        .toArray(double[][]::new);
  }

  private static RealMatrix covariance(double[][] rows) {
    return new Covariance(rows, false).getCovarianceMatrix();
  }

  private static double[] diagonal(RealMatrix matrix) {
    return IntStream.range(0, matrix.getRowDimension())
        .mapToDouble(i -> matrix.getEntry(i, i))
        .toArray();
  }

  private double[] density(double[][] rows, RealMatrix covariance) {
    int wide = rows[0].length;
    double[] means = new double[wide];
    Arrays.setAll(
        means, j -> Arrays.stream(rows).mapToDouble(row -> row[j]).average().orElseThrow());
    CholeskyDecomposition cholesky = new CholeskyDecomposition(covariance);
    double constant = -0.5 * wide * StrictMath.log(2 * Math.PI);
    for (double root : diagonal(cholesky.getL())) {
      constant -= StrictMath.log(root);
    }
    double[] densities = new double[test.length];
    for (int i = 0; i < densities.length; i++) {
      double[] row = test[i];
      double[] difference = new double[wide];
      Arrays.setAll(difference, j -> row[j] - means[j]);
      double square =
          MatrixUtils.createRealVector(difference)
              .dotProduct(cholesky.getSolver().solve(MatrixUtils.createRealVector(difference)));
      densities[i] = constant - 0.5 * square + logDerivatives[i];
    }
    return densities;
  }
}
