package odeum.nn;

import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Random matrices with perpendicular rows or columns, uniform among all such. */
final class Perpendicular {
  private Perpendicular() {}

  static Tensor draw(RandomKey key, Shape shape, double length) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "Only matrices can start orthogonal, got shape %s. Use another start for biases."
              .formatted(shape));
    }
    int rows = shape.extent(0);
    int columns = shape.product(1, shape.rank());
    int longer = Math.max(rows, columns);
    int shorter = Math.min(rows, columns);
    Tensor normal = key.normal(Shape.of(longer, shorter));
    RealMatrix random = new Array2DRowRealMatrix(longer, shorter);
    for (int i = 0; i < longer; i++) {
      for (int j = 0; j < shorter; j++) {
        random.setEntry(i, j, normal.get(i, j));
      }
    }
    QRDecomposition qr = new QRDecomposition(random);
    RealMatrix q = qr.getQ();
    RealMatrix r = qr.getR();
    double[] values = new double[shape.size()];
    for (int i = 0; i < longer; i++) {
      for (int j = 0; j < shorter; j++) {
        // Without the sign of R's diagonal, Q would not be uniform (Mezzadri,
        // arXiv:math-ph/0609050).
        double value = length * Math.copySign(1, r.getEntry(j, j)) * q.getEntry(i, j);
        values[rows >= columns ? i * columns + j : j * columns + i] = value;
      }
    }
    return Tensor.of(shape, values);
  }
}
