package odeum.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/** An immutable array of doubles in row-major order. */
public final class Tensor {
  private final Shape shape;
  private final double[] values;

  private Tensor(Shape shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** {@return a tensor of this shape with a copy of the values, row-major} */
  public static Tensor of(Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Shape %s holds %d values, got %d.",
              shape,
              shape.size(),
              values.length));
    }
    return new Tensor(shape, values.clone());
  }

  /** {@return a number, shape {@code ()}} */
  public static Tensor scalar(double value) {
    return new Tensor(Shape.of(), new double[] {value});
  }

  /** {@return a vector, shape {@code (n)}} */
  public static Tensor vector(double... values) {
    return new Tensor(Shape.of(values.length), values.clone());
  }

  /** {@return a matrix, shape {@code (rows, columns)}} */
  public static Tensor matrix(double[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "Row %d has %d values, row 0 has %d.", i, rows[i].length, columns));
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Tensor(Shape.of(rows.length, columns), values);
  }

  /**
   * {@return a row for each class: 1 in the column of its number, 0 elsewhere}
   *
   * @param classes how many there are
   * @param numbers from 0 to classes - 1
   */
  public static Tensor oneHot(int classes, int... numbers) {
    double[] values = new double[numbers.length * classes];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= classes) {
        throw new IllegalArgumentException(
            "Class %s is not among %s, counted from 0.".formatted(numbers[i], classes));
      }
      values[i * classes + numbers[i]] = 1;
    }
    return of(Shape.of(numbers.length, classes), values);
  }

  /** {@return a tensor filled with one value} */
  public static Tensor full(Shape shape, double value) {
    double[] values = new double[shape.size()];
    Arrays.fill(values, value);
    return new Tensor(shape, values);
  }

  /** {@return a tensor of zeros} */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new double[shape.size()]);
  }

  /** {@return the extents} */
  public Shape shape() {
    return shape;
  }

  /** {@return how many values there are} */
  public int size() {
    return values.length;
  }

  /** {@return the value at these indices, one per axis} */
  public double get(int... indices) {
    if (indices.length != shape.rank()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Shape %s needs %d indices, got %d.",
              shape,
              shape.rank(),
              indices.length));
    }
    int flat = 0;
    for (int axis = 0; axis < indices.length; axis++) {
      flat =
          flat * shape.extent(axis)
              + java.util.Objects.checkIndex(indices[axis], shape.extent(axis));
    }
    return values[flat];
  }

  /** {@return the value at a row-major position} */
  public double at(int position) {
    return values[position];
  }

  /** {@return the only value} */
  public double scalar() {
    if (values.length != 1) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "A tensor of shape %s is not one number.", shape));
    }
    return values[0];
  }

  /** {@return the same values under another shape of the same size} */
  public Tensor reshape(Shape other) {
    if (other.size() != values.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot reshape %s to %s: the sizes differ.", shape, other));
    }
    return new Tensor(other, values);
  }

  /** {@return a copy of the values, row-major} */
  public double[] toArray() {
    return values.clone();
  }

  /** Copies the values, row-major, to a position of an array. */
  public void copyTo(double[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  /** {@return the values, a matrix row by row; of more axes, the shape and the flat values} */
  @Override
  public String toString() {
    return switch (shape.rank()) {
      case 0 -> Double.toString(values[0]);
      case 1 -> Arrays.toString(values);
      case 2 -> rows();
      default -> "shape " + shape + " " + Arrays.toString(values);
    };
  }

  private String rows() {
    int columns = shape.extent(1);
    StringJoiner rows = new StringJoiner("\n ", "[", "]");
    for (int i = 0; i < shape.extent(0); i++) {
      rows.add(Arrays.toString(Arrays.copyOfRange(values, i * columns, (i + 1) * columns)));
    }
    return rows.toString();
  }
}
