package odeum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Samples with named fields of equal shapes. One whole time series is one sample, or each window of
 * it. Immutable.
 *
 * <pre>{@code
 * Dataset series = Dataset.sample("times", times).and("values", values);  // one sample
 * Dataset points = Dataset.samples("x", x).and("y", y);                   // the first axis counts
 * Dataset windows = Dataset.windows(curve, 10);                             // 10 rows each
 * }</pre>
 */
public final class Dataset {
  private final Structure structure;
  private final Structure stored;
  private final int size;
  private final boolean counted;

  /** Sample after sample, as {@link #stored} says. Never changes. */
  private final double[] values;

  private final DrawnFields drawn;
  private Fields fields;

  private Dataset(Structure stored, int size, boolean counted, double[] values, DrawnFields drawn) {
    this.structure = drawn.after(stored);
    this.stored = stored;
    this.size = size;
    this.counted = counted;
    this.values = values;
    this.drawn = drawn;
  }

  private static Dataset empty(int size, boolean counted) {
    return new Dataset(Structure.EMPTY, size, counted, new double[0], DrawnFields.NONE);
  }

  /**
   * Samples to learn from, and others to see how well it was learnt.
   *
   * @param training the samples to learn from
   * @param validation the samples held back
   */
  public record Split(Dataset training, Dataset validation) {}

  /** {@return one sample, with one field} */
  public static Dataset sample(String field, Tensor value) {
    return empty(1, false).and(field, value);
  }

  /** {@return samples with one field, whose first axis counts the samples} */
  public static Dataset samples(String field, Tensor values) {
    if (values.shape().rank() == 0 || values.shape().extent(0) == 0) {
      throw new IllegalArgumentException(
          "Samples lie along the first axis, and there must be one: '%s' has shape %s."
              .formatted(field, values.shape()));
    }
    return empty(values.shape().extent(0), true).and(field, values);
  }

  /**
   * {@return every run of so many consecutive rows of a series as a sample} The fields are {@code
   * times}, shape {@code (length)}, {@code y}, shape {@code (length, columns)}, and {@code y0}, its
   * first row. Windows with a missing value are left out.
   */
  public static Dataset windows(TimeSeries series, int length) {
    return new Windows(series, length).dataset(false);
  }

  /**
   * {@return windows whose times begin with zero} That is for equations without the time in them:
   * of evenly spaced rows all windows have the same times, and solving many of them is faster.
   */
  public static Dataset windowsFromZero(TimeSeries series, int length) {
    return new Windows(series, length).dataset(true);
  }

  /** {@return these samples with one more field} */
  public Dataset and(String field, Tensor more) {
    if (counted && (more.shape().rank() == 0 || more.shape().extent(0) != size)) {
      throw new IllegalArgumentException(
          "Field '%s' has shape %s for %s samples. Its first axis must count them."
              .formatted(field, more.shape(), size));
    }
    Shape shape = counted ? more.shape().without(0) : more.shape();
    Require.that(
        drawn.structure().parts().isEmpty(),
        "Give the fields that are drawn last: '%s' comes after one.",
        field);
    int before = stored.size();
    int width = before + shape.size();
    double[] wider = new double[Math.multiplyExact(size, width)];
    double[] added = more.toArray();
    for (int i = 0; i < size; i++) {
      System.arraycopy(values, i * before, wider, i * width, before);
      System.arraycopy(added, i * shape.size(), wider, i * width + before, shape.size());
    }
    return new Dataset(stored.and(field, shape), size, counted, wider, drawn);
  }

  /**
   * {@return these samples with a field that is drawn anew for each batch} Such fields come after
   * all others.
   */
  public Dataset and(String field, Shape shape, Drawn how) {
    Require.that(!stored.has(field), "There is a field '%s' already.", field);
    return new Dataset(stored, size, counted, values, drawn.and(field, shape, how));
  }

  /** {@return these samples with other values of a field, as {@link Batch#field} gives them} */
  public Dataset with(String field, Tensor others) {
    Structure.Part part = stored.part(field);
    Shape shape = part.shape().prepend(size);
    if (!others.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Field '%s' has shape %s in %s samples, got shape %s."
              .formatted(field, part.shape(), size, others.shape()));
    }
    double[] changed = values.clone();
    double[] given = others.toArray();
    int length = part.shape().size();
    for (int i = 0; i < size; i++) {
      System.arraycopy(given, i * length, changed, i * stored.size() + part.offset(), length);
    }
    return new Dataset(stored, size, counted, changed, drawn);
  }

  /** {@return these samples, then others with the same fields} */
  public Dataset join(Dataset others) {
    if (!structure.equals(others.structure) || !drawn.toString().equals(others.drawn.toString())) {
      throw new IllegalArgumentException(
          "Samples of one data set have the same fields, got %s and %s."
              .formatted(structure, others.structure));
    }
    double[] longer = Arrays.copyOf(values, Math.addExact(values.length, others.values.length));
    System.arraycopy(others.values, 0, longer, values.length, others.values.length);
    return new Dataset(stored, size + others.size, true, longer, drawn);
  }

  /** {@return the samples at these positions, in this order} */
  public Dataset select(int... positions) {
    int width = stored.size();
    double[] selected = new double[Math.multiplyExact(positions.length, width)];
    for (int i = 0; i < positions.length; i++) {
      int from = Objects.checkIndex(positions[i], size) * width;
      System.arraycopy(values, from, selected, i * width, width);
    }
    return new Dataset(stored, positions.length, true, selected, drawn);
  }

  /**
   * {@return a division by chance}
   *
   * @param share the share of the samples that is held back, in (0, 1)
   */
  public Split split(double share, RandomKey key) {
    return split(share, shuffled(key));
  }

  /**
   * {@return a division that holds back the last samples} For samples that are in order of time.
   *
   * @param share the share of the samples that is held back, in (0, 1)
   */
  public Split splitLast(double share) {
    return split(share, IntStream.range(0, size).toArray());
  }

  private Split split(double share, int[] order) {
    Require.that(
        share > 0 && share < 1, "The share held back lies between 0 and 1, got %s.", share);
    Require.that(size > 1, "Only two samples or more can be divided, got %s.", size);
    int held = Math.clamp(Math.round(share * size), 1, size - 1);
    int[] training = Arrays.copyOfRange(order, 0, size - held);
    int[] validation = Arrays.copyOfRange(order, size - held, size);
    Arrays.sort(training);
    Arrays.sort(validation);
    return new Split(select(training), select(validation));
  }

  /** {@return how many samples there are} */
  public int size() {
    return size;
  }

  /** {@return names and shapes of the fields of one sample} */
  public Structure structure() {
    return structure;
  }

  /** {@return the fields that are drawn} */
  DrawnFields drawn() {
    return drawn;
  }

  /** {@return how many numbers of a sample are stored} */
  int width() {
    return stored.size();
  }

  /** {@return a sample's fields, one after the other} */
  public Tensor sample(int index) {
    return batch(index).sample(0);
  }

  /** {@return which fields are the same for all samples} */
  synchronized Fields fields() {
    if (fields == null) {
      fields = Fields.of(this);
    }
    return fields;
  }

  /** Copies a run of a sample's stored values; in the target they are {@code stride} apart. */
  void copy(int sample, int position, int width, double[] target, int at, int stride) {
    int from = sample * stored.size() + position;
    for (int j = 0; j < width; j++) {
      target[at + j * stride] = values[from + j];
    }
  }

  /** {@return a stored value of a sample} */
  double value(int sample, int position) {
    return values[sample * stored.size() + position];
  }

  /** {@return all samples} */
  public Batch all() {
    return all(Draw.FIXED);
  }

  private Batch all(Draw draw) {
    return new Batch(this, IntStream.range(0, size).toArray(), draw);
  }

  /** {@return the samples at these positions} */
  public Batch batch(int... positions) {
    for (int position : positions) {
      Objects.checkIndex(position, size);
    }
    return new Batch(this, positions.clone(), Draw.FIXED);
  }

  /** {@return batches that show each sample once, in random order; the last may be smaller} */
  public List<Batch> epoch(int batchSize, RandomKey key) {
    return epoch(batchSize, key, 0);
  }

  /**
   * {@return batches that show each sample once, in random order; the last may be smaller}
   *
   * @param number of the epoch, counted from 0, for fields that change with it
   */
  public List<Batch> epoch(int batchSize, RandomKey key, int number) {
    checkSize(batchSize);
    Draw draw = new Draw(key.fold(-1), number);
    if (batchSize >= size) {
      return List.of(all(draw));
    }
    int[] order = shuffled(key);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      int[] positions = Arrays.copyOfRange(order, from, to);
      batches.add(new Batch(this, positions, draw.batch(batches.size())));
    }
    return List.copyOf(batches);
  }

  /** {@return so many batches of one size, drawn from one random order after the other} */
  public Iterable<Batch> batches(int batchSize, int count, RandomKey key) {
    checkSize(batchSize);
    return () -> new Draws(this, batchSize, count, key);
  }

  private static void checkSize(int batchSize) {
    Require.that(
        batchSize > 0, "A batch must have at least one sample, got a size of %s.", batchSize);
  }

  /** {@return all positions in a random order} */
  int[] shuffled(RandomKey key) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = key.integer(i, i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  @Override
  public String toString() {
    return "Dataset of %s sample%s: %s".formatted(size(), size() == 1 ? "" : "s", structure())
        + drawn;
  }
}
