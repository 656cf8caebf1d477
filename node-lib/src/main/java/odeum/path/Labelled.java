package odeum.path;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Samples of which each has some numbers and belongs to a class: rows of a table. Immutable.
 *
 * <pre>{@code
 * Labelled points = Labelled.named("kind", "a", "b", "a").and("x", 1, 2, 3).and("y", 0, 4, 1);
 * }</pre>
 */
public final class Labelled {
  private final String labelName;
  private final List<String> labels;
  private final List<String> names;
  private final List<double[]> columns;

  private Labelled(
      String labelName, List<String> labels, List<String> names, List<double[]> columns) {
    this.labelName = labelName;
    this.labels = labels;
    this.names = names;
    this.columns = columns;
  }

  /** {@return samples of these classes, without numbers yet} */
  public static Labelled named(String labelName, String... labels) {
    return named(labelName, List.of(labels));
  }

  /** {@return samples of these classes, without numbers yet} */
  public static Labelled named(String labelName, List<String> labels) {
    if (!TimeSeries.isName(labelName)) {
      throw new IllegalArgumentException("The column of classes needs a name, in one line.");
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("There must be a sample or more.");
    }
    return new Labelled(labelName, List.copyOf(labels), List.of(), List.of());
  }

  /** {@return these samples with one more number each} */
  public Labelled and(String name, double... values) {
    if (!TimeSeries.isName(name)) {
      throw new IllegalArgumentException("A column needs a name, in one line.");
    }
    if (name.equals(labelName) || names.contains(name)) {
      throw new IllegalArgumentException("There is a column '%s' already.".formatted(name));
    }
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(
          "Column '%s' has %s values for %s samples."
              .formatted(name, values.length, labels.size()));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Column '%s' is %s in row %s: a sample needs all its numbers."
                .formatted(name, Double.isNaN(values[i]) ? "missing" : "infinite", i + 1));
      }
    }
    List<String> longer = new ArrayList<>(names);
    List<double[]> more = new ArrayList<>(columns);
    longer.add(name);
    more.add(values.clone());
    return new Labelled(labelName, labels, List.copyOf(longer), more);
  }

  /**
   * {@return the samples of a CSV file, a row each} The first line names the columns.
   *
   * @param label the column with the classes, numbers or texts
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static Labelled readCsv(Path file, String label) {
    return readCsv(file, label, Map.of());
  }

  /**
   * {@return the samples of a CSV file, with some of its columns; others are not looked at}
   *
   * @param label the column with the classes, numbers or texts
   * @param columns from the name wanted to the name in the file; no entry means all columns
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static Labelled readCsv(Path file, String label, Map<String, String> columns) {
    return CsvTable.read(file).labelled(label, columns);
  }

  /**
   * {@return some columns under other names, in the order they have here}
   *
   * @param chosen from the new name to the present one
   */
  public Labelled select(Map<String, String> chosen) {
    chosen.values().stream().sorted().forEach(this::position);
    Labelled result = named(labelName, labels);
    for (int i = 0; i < names.size(); i++) {
      String present = names.get(i);
      // A Map may come in any order: the table gives one, and names of one column are sorted.
      for (String name :
          chosen.keySet().stream().filter(n -> chosen.get(n).equals(present)).sorted().toList()) {
        result = result.and(name, columns.get(i));
      }
    }
    return result;
  }

  /** {@return how many samples there are} */
  public int size() {
    return labels.size();
  }

  /** {@return the names of the numbers} */
  public List<String> names() {
    return names;
  }

  /** {@return one number of all samples} */
  public double[] column(String name) {
    return columns.get(position(name)).clone();
  }

  private int position(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "There is no column '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", names),
                  Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return position;
  }

  /** {@return the numbers, shape {@code (samples, columns)}} */
  public Tensor values() {
    double[] values = new double[size() * names.size()];
    for (int column = 0; column < names.size(); column++) {
      for (int i = 0; i < size(); i++) {
        values[i * names.size() + column] = columns.get(column)[i];
      }
    }
    return Tensor.of(Shape.of(size(), names.size()), values);
  }

  /**
   * {@return the classes as numbers, shape {@code (samples, classes)}} Each row is 1 for its class
   * and 0 for all others, in the order of {@link #classes}. Samples of fewer classes have fewer
   * columns, so ask before the samples are divided.
   */
  public Tensor oneHot() {
    return Tensor.oneHot(classes().size(), numbers());
  }

  /** {@return the class of each sample as its number in the order of {@link #classes}} */
  public int[] numbers() {
    List<String> all = classes();
    return labels.stream().mapToInt(all::indexOf).toArray();
  }

  /** {@return the rows {@code from .. to-1}, one or more} */
  public Labelled rows(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IllegalArgumentException(
          "Rows %s to %s are not among %s samples, counted from 0.".formatted(from, to, size()));
    }
    Labelled result = named(labelName, labels.subList(from, to));
    for (int column = 0; column < names.size(); column++) {
      result = result.and(names.get(column), Arrays.copyOfRange(columns.get(column), from, to));
    }
    return result;
  }

  /** {@return the name of the column of classes} */
  public String labelName() {
    return labelName;
  }

  /** {@return the class of each sample} */
  public List<String> labels() {
    return labels;
  }

  /** {@return all classes: numbers by size, texts by alphabet} */
  public List<String> classes() {
    List<String> different = labels.stream().distinct().sorted().toList();
    boolean numbers = different.stream().allMatch(CsvTable::isNumber);
    return numbers
        ? different.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList()
        : different;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labelled that
        && labelName.equals(that.labelName)
        && labels.equals(that.labels)
        && names.equals(that.names)
        && IntStream.range(0, names.size())
            .allMatch(i -> Arrays.equals(columns.get(i), that.columns.get(i)));
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + names.hashCode();
  }

  /** {@return what there is, in one line} */
  @Override
  public String toString() {
    return "Labelled %s: %s samples, %s of %s classes (%s)"
        .formatted(
            String.join(" ", names),
            size(),
            labelName,
            classes().size(),
            String.join(" ", classes()));
  }
}
