package odeum.nn;

import java.nio.file.Path;
import odeum.file.FileException;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Named parameters, stored as one flat vector. Names may have dots: {@code "net.bias"} is a member
 * of {@code "net"}. Immutable: every change gives new parameters.
 */
public final class Parameters {
  /** No parameters. */
  public static final Parameters EMPTY = new Parameters(Structure.EMPTY, Tensor.vector());

  private final Structure structure;
  private final Tensor flat;

  private Parameters(Structure structure, Tensor flat) {
    this.structure = structure;
    this.flat = flat;
  }

  /** {@return the parameters of this structure with the values of a vector} */
  public static Parameters of(Structure structure, Tensor flat) {
    if (flat.size() != structure.size()) {
      throw new IllegalArgumentException(
          "The parameters (%s) are %s numbers, got %s."
              .formatted(structure, structure.size(), flat.size()));
    }
    return new Parameters(structure, flat.reshape(Shape.of(flat.size())));
  }

  /** {@return one parameter that is a number} */
  public static Parameters of(String name, double value) {
    return EMPTY.and(name, value);
  }

  /** {@return one parameter} */
  public static Parameters of(String name, Tensor value) {
    return EMPTY.and(name, value);
  }

  /** {@return parameters as members of {@code name}} */
  public static Parameters of(String name, Parameters members) {
    return EMPTY.and(name, members);
  }

  /** {@return these parameters and one more, which is a number} */
  public Parameters and(String name, double value) {
    return and(name, Tensor.scalar(value));
  }

  /** {@return these parameters and one more} */
  public Parameters and(String name, Tensor value) {
    Families.requireNew(structure, name);
    return new Parameters(structure.and(name, value.shape()), joined(value));
  }

  /** {@return these parameters and others, as members of {@code name}} */
  public Parameters and(String name, Parameters members) {
    Families.requireNew(structure, name);
    return new Parameters(structure.and(name, members.structure), joined(members.flat));
  }

  private Tensor joined(Tensor more) {
    double[] values = new double[flat.size() + more.size()];
    flat.copyTo(values, 0);
    more.copyTo(values, flat.size());
    return Tensor.vector(values);
  }

  /** {@return the value of a parameter that is one number} */
  public double get(String name) {
    Structure.Part part = part(name);
    if (part.shape().size() != 1) {
      throw new IllegalArgumentException(
          "'%s' is not one number, its shape is %s. Use tensor(\"%s\")."
              .formatted(name, part.shape(), name));
    }
    return flat.at(part.offset());
  }

  /** {@return the value of a parameter, in its shape} */
  public Tensor tensor(String name) {
    Structure.Part part = part(name);
    return Tensor.of(part.shape(), slice(part.offset(), part.shape().size()));
  }

  /** {@return the members of a part, named without its prefix} */
  public Parameters at(String name) {
    if (structure.names().stream().noneMatch(known -> known.startsWith(name + "."))) {
      part(name);
    }
    Structure members = structure.members(name);
    double[] values = slice(structure.offset(name), members.size());
    return new Parameters(members, Tensor.vector(values));
  }

  private double[] slice(int offset, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = flat.at(offset + i);
    }
    return values;
  }

  private Structure.Part part(String name) {
    return structure
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no parameter '%s'. Known: %s.%s"
                        .formatted(
                            name,
                            String.join(" ", structure.names()),
                            Names.nearest(name, structure.names())
                                .map(" Did you mean '%s'?"::formatted)
                                .orElse(""))));
  }

  /** {@return these parameters with another value of one that is a number} */
  public Parameters with(String name, double value) {
    return with(name, Tensor.full(part(name).shape(), value), part(name));
  }

  /** {@return these parameters with another value of one} */
  public Parameters with(String name, Tensor value) {
    return with(name, value, part(name));
  }

  private Parameters with(String name, Tensor value, Structure.Part part) {
    if (!value.shape().equals(part.shape())) {
      throw new IllegalArgumentException(
          "'%s' has shape %s, got %s.".formatted(name, part.shape(), value.shape()));
    }
    double[] values = flat.toArray();
    value.copyTo(values, part.offset());
    return new Parameters(structure, Tensor.vector(values));
  }

  /** {@return parameters of the same names and shapes with the values of a vector} */
  public Parameters withFlat(double[] values) {
    return of(structure, Tensor.vector(values));
  }

  /** {@return names, shapes and places} */
  public Structure structure() {
    return structure;
  }

  /** {@return all values, one after the other} */
  public Tensor flat() {
    return flat;
  }

  /** {@return how many numbers there are} */
  public int size() {
    return flat.size();
  }

  /** {@return the Euclidean length of the flat vector} */
  public double norm() {
    double squares = 0;
    for (int i = 0; i < flat.size(); i++) {
      squares = Math.fma(flat.at(i), flat.at(i), squares);
    }
    // Far from the ends of the range of doubles no square was lost.
    return squares > 1e-200 && squares < 1e200 ? Math.sqrt(squares) : scaledNorm();
  }

  private double scaledNorm() {
    double largest = 0;
    for (int i = 0; i < flat.size(); i++) {
      largest = Math.max(largest, Math.abs(flat.at(i)));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (int i = 0; i < flat.size(); i++) {
      double ratio = flat.at(i) / largest;
      sum = Math.fma(ratio, ratio, sum);
    }
    return largest * Math.sqrt(sum);
  }

  /** {@return these values, scaled down to this length if they are longer} For gradients. */
  public Parameters clipNorm(double length) {
    double norm = length == Double.POSITIVE_INFINITY ? 0 : norm();
    if (!(norm > length)) {
      return this;
    }
    double[] values = flat.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= length / norm;
    }
    return withFlat(values);
  }

  /** {@return these values, each brought between minus and plus this one} For gradients. */
  public Parameters clipValue(double largest) {
    if (largest == Double.POSITIVE_INFINITY) {
      return this;
    }
    double[] values = flat.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(values[i], -largest, largest);
    }
    return withFlat(values);
  }

  /**
   * Writes these parameters by name to a {@code .safetensors} file, which Python, PyTorch and
   * others read. The file is replaced whole or not at all.
   *
   * @throws FileException if that is not possible
   */
  public void save(Path file) {
    ParametersFile.save(this, file);
  }

  /**
   * {@return the parameters in a {@code .safetensors} file, such as a PyTorch {@code state_dict}}
   * Members of one part come to lie side by side, otherwise in the order of the file.
   *
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Parameters load(Path file) {
    return ParametersFile.load(file);
  }

  /**
   * {@return the parameters in a {@code .safetensors} file, in the order of a structure}
   *
   * @throws FileException if there is no such file, it is none of this format, or its names and
   *     shapes are not those of the structure
   */
  public static Parameters load(Path file, Structure structure) {
    return ParametersFile.load(file, structure);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that
        && structure.equals(that.structure)
        && flat.equals(that.flat);
  }

  @Override
  public int hashCode() {
    return 31 * structure.hashCode() + flat.hashCode();
  }

  /** {@return a table: a line per parameter, with its value or with its shape and range} */
  @Override
  public String toString() {
    return ParametersText.table(this);
  }
}
