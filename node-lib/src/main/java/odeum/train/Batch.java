package odeum.train;

import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/** Some samples of a data set, in an order. Immutable. */
public final class Batch {
  private final Dataset data;
  private final int[] positions;

  /** Sample after sample, the values of the fields that are drawn. */
  private final double[] drawn;

  Batch(Dataset data, int[] positions, Draw draw) {
    if (positions.length == 0) {
      throw new IllegalArgumentException("A batch needs at least one sample.");
    }
    this.data = data;
    this.positions = positions;
    this.drawn = data.drawn().values(positions.length, draw);
  }

  /** {@return how many samples there are} */
  public int size() {
    return positions.length;
  }

  /** {@return names and shapes of the fields of one sample} */
  public Structure structure() {
    return data.structure();
  }

  /** {@return a sample's fields, one after the other} */
  public Tensor sample(int index) {
    double[] values = new double[structure().size()];
    copy(index, 0, values.length, values, 0, 1);
    return Tensor.vector(values);
  }

  /** {@return a field of all samples, shape {@code (samples, ...)}} */
  public Tensor field(String name) {
    Structure.Part part = structure().part(name);
    Shape shape = part.shape().prepend(size());
    int length = part.shape().size();
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i / length, part.offset() + i % length);
    }
    return Tensor.of(shape, values);
  }

  /** {@return which fields are the same for all samples of the data set} */
  Fields fields() {
    return data.fields();
  }

  /** Copies a run of a sample's values; in the target they are {@code stride} apart. */
  void copy(int sample, int position, int width, double[] target, int at, int stride) {
    int stored = Math.clamp(data.width() - position, 0, width);
    data.copy(positions[sample], position, stored, target, at, stride);
    int from = sample * data.drawn().size() + position - data.width();
    for (int j = stored; j < width; j++) {
      target[at + j * stride] = drawn[from + j];
    }
  }

  /** {@return a value of a sample} */
  double value(int sample, int position) {
    return position < data.width()
        ? data.value(positions[sample], position)
        : drawn[sample * data.drawn().size() + position - data.width()];
  }
}
