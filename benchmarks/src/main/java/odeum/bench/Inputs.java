package odeum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** The arrays that all sides of a case read, so that they do the same work. */
final class Inputs {
  private final Map<String, Tensor> arrays;

  private Inputs(Map<String, Tensor> arrays) {
    this.arrays = arrays;
  }

  /** {@return the arrays of a file} A line each: name, extents and values, with bars between. */
  static Inputs read(Path file) throws IOException {
    Map<String, Tensor> arrays = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      List<String> parts = List.of(line.split("\\|", 3));
      double[] extents = numbers(parts.get(1));
      int[] shape = new int[extents.length];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = (int) extents[i];
      }
      arrays.put(parts.get(0), Tensor.of(Shape.of(shape), numbers(parts.get(2))));
    }
    return new Inputs(arrays);
  }

  private static double[] numbers(String text) {
    StringTokenizer tokens = new StringTokenizer(text);
    double[] values = new double[tokens.countTokens()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(tokens.nextToken());
    }
    return values;
  }

  Tensor tensor(String name) {
    Tensor array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("The inputs have no array '" + name + "'.");
    }
    return array;
  }

  double number(String name) {
    return tensor(name).scalar();
  }

  /** {@return a column of a matrix} */
  double[] column(String name, int column) {
    Tensor matrix = tensor(name);
    double[] values = new double[matrix.shape().extent(0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.get(i, column);
    }
    return values;
  }

  /** {@return the rows of a matrix of whole numbers} */
  int[][] rows(String name) {
    Tensor matrix = tensor(name);
    int[][] rows = new int[matrix.shape().extent(0)][matrix.shape().extent(1)];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (int) matrix.get(i, j);
      }
    }
    return rows;
  }

  /** {@return arrays as parameters of these names} */
  Parameters parameters(String... names) {
    Parameters parameters = Parameters.EMPTY;
    for (String name : names) {
      parameters = parameters.and(name, tensor(name));
    }
    return parameters;
  }
}
