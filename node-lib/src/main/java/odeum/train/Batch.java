package odeum.train;

import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/** Some samples of a data set, in an order. Immutable. */
public final class Batch {
  private final Dataset data;
  private final int[] positions;

  Batch(Dataset data, int[] positions) {
    if (positions.length == 0) {
      throw new IllegalArgumentException("A batch needs at least one sample.");
    }
    this.data = data;
    this.positions = positions;
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
    return data.sample(positions[index]);
  }

  /** {@return a field of all samples, shape {@code (samples, ...)}} */
  public Tensor field(String name) {
    Structure.Part part = structure().part(name);
    Shape shape = part.shape().prepend(size());
    int length = part.shape().size();
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.value(positions[i / length], part.offset() + i % length);
    }
    return Tensor.of(shape, values);
  }

  /** {@return which fields are the same for all samples of the data set} */
  Fields fields() {
    return data.fields();
  }

  /** Copies a run of a sample's values; in the target they are {@code stride} apart. */
  void copy(int sample, int position, int width, double[] target, int at, int stride) {
    data.copy(positions[sample], position, width, target, at, stride);
  }

  /** {@return a value of a sample} */
  double value(int sample, int position) {
    return data.value(positions[sample], position);
  }
}
