package odeum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Samples with named fields of equal shapes. One whole time series is one sample. Immutable.
 *
 * <pre>{@code
 * Dataset series = Dataset.sample("times", times).and("values", values);  // one sample
 * Dataset points = Dataset.samples("x", x).and("y", y);                   // the first axis counts
 * }</pre>
 */
public final class Dataset {
  private final Structure structure;
  private final List<Tensor> samples;
  private final boolean counted;

  private Dataset(Structure structure, List<Tensor> samples, boolean counted) {
    this.structure = structure;
    this.samples = List.copyOf(samples);
    this.counted = counted;
  }

  /** {@return one sample, with one field} */
  public static Dataset sample(String field, Tensor value) {
    return new Dataset(Structure.EMPTY, List.of(Tensor.vector()), false).and(field, value);
  }

  /** {@return samples with one field, whose first axis counts the samples} */
  public static Dataset samples(String field, Tensor values) {
    if (values.shape().rank() == 0 || values.shape().extent(0) == 0) {
      throw new IllegalArgumentException(
          "Samples lie along the first axis, and there must be one: '%s' has shape %s."
              .formatted(field, values.shape()));
    }
    List<Tensor> empty = Collections.nCopies(values.shape().extent(0), Tensor.vector());
    return new Dataset(Structure.EMPTY, empty, true).and(field, values);
  }

  /** {@return these samples with one more field} */
  public Dataset and(String field, Tensor values) {
    if (counted && (values.shape().rank() == 0 || values.shape().extent(0) != samples.size())) {
      throw new IllegalArgumentException(
          "Field '%s' has shape %s for %s samples. Its first axis must count them."
              .formatted(field, values.shape(), samples.size()));
    }
    Shape shape = counted ? values.shape().without(0) : values.shape();
    List<Tensor> longer = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      double[] sample = new double[structure.size() + shape.size()];
      samples.get(i).copyTo(sample, 0);
      for (int j = 0; j < shape.size(); j++) {
        sample[structure.size() + j] = values.at(i * shape.size() + j);
      }
      longer.add(Tensor.vector(sample));
    }
    return new Dataset(structure.and(field, shape), longer, counted);
  }

  /** {@return these samples, then others with the same fields} */
  public Dataset join(Dataset others) {
    if (!structure.equals(others.structure)) {
      throw new IllegalArgumentException(
          "Samples of one data set have the same fields, got %s and %s."
              .formatted(structure, others.structure));
    }
    List<Tensor> longer = new ArrayList<>(samples);
    longer.addAll(others.samples);
    return new Dataset(structure, longer, true);
  }

  /** {@return how many samples there are} */
  public int size() {
    return samples.size();
  }

  /** {@return names and shapes of the fields of one sample} */
  public Structure structure() {
    return structure;
  }

  /** {@return a sample's fields, one after the other} */
  public Tensor sample(int index) {
    return samples.get(index);
  }

  /** {@return all samples} */
  public Batch all() {
    return new Batch(this, IntStream.range(0, size()).toArray());
  }

  /** {@return the samples at these positions} */
  public Batch batch(int... positions) {
    return new Batch(this, positions.clone());
  }

  /** {@return batches that show each sample once, in random order; the last may be smaller} */
  public List<Batch> epoch(int batchSize, RandomKey key) {
    checkSize(batchSize);
    if (batchSize >= size()) {
      return List.of(all());
    }
    int[] order = shuffled(key);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      batches.add(new Batch(this, Arrays.copyOfRange(order, from, to)));
    }
    return List.copyOf(batches);
  }

  /** {@return so many batches of one size, drawn from one random order after the other} */
  public Iterable<Batch> batches(int batchSize, int count, RandomKey key) {
    checkSize(batchSize);
    return () -> new Draws(batchSize, count, key);
  }

  private static void checkSize(int batchSize) {
    Require.that(
        batchSize > 0, "A batch must have at least one sample, got a size of %s.", batchSize);
  }

  private int[] shuffled(RandomKey key) {
    int[] order = IntStream.range(0, size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = key.integer(i, i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private final class Draws implements Iterator<Batch> {
    private final int batchSize;
    private final RandomKey key;
    private int left;
    private int passes;
    private int at;
    private int[] order = new int[0];

    Draws(int batchSize, int count, RandomKey key) {
      this.batchSize = batchSize;
      this.left = count;
      this.key = key;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Batch next() {
      if (left-- <= 0) {
        throw new NoSuchElementException();
      }
      int[] positions = new int[batchSize];
      for (int i = 0; i < batchSize; i++) {
        if (at == order.length) {
          order = shuffled(key.fold(passes++));
          at = 0;
        }
        positions[i] = order[at++];
      }
      return new Batch(Dataset.this, positions);
    }
  }

  @Override
  public String toString() {
    return "Dataset of %s sample%s: %s".formatted(size(), size() == 1 ? "" : "s", structure);
  }
}
