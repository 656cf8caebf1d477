package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {
  private static final int INPUTS = 80;
  private static final int OUTPUTS = 120;
  private static final Shape MATRIX = Shape.of(OUTPUTS, INPUTS);

  /** Initialisers with their variance, and the largest value there can be. */
  static Stream<Arguments> moments() {
    double free = Double.POSITIVE_INFINITY;
    return Stream.of(
        Arguments.of(Initializer.standard(), 1.0 / (3 * INPUTS), 1 / Math.sqrt(INPUTS)),
        Arguments.of(
            Initializer.glorotUniform(),
            2.0 / (INPUTS + OUTPUTS),
            Math.sqrt(6.0 / (INPUTS + OUTPUTS))),
        Arguments.of(Initializer.glorotNormal(), 2.0 / (INPUTS + OUTPUTS), free),
        Arguments.of(Initializer.heUniform(), 2.0 / INPUTS, Math.sqrt(6.0 / INPUTS)),
        Arguments.of(Initializer.heNormal(), 2.0 / INPUTS, free),
        Arguments.of(Initializer.normal(0.1), 0.01, free),
        Arguments.of(Initializer.uniform(-0.3, 0.3), 0.03, 0.3));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void meanVarianceAndRangeAreRight(Initializer initializer, double variance, double largest) {
    double[] values = initializer.draw(RandomKey.of(5), MATRIX, INPUTS, OUTPUTS).toArray();
    double sum = 0;
    double squares = 0;
    double most = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
      most = Math.max(most, Math.abs(value));
    }
    double error = 4 / Math.sqrt(values.length);
    assertEquals(0, sum / values.length, error * Math.sqrt(variance));
    // The variance of a normal value's square is twice that of the value, squared.
    assertEquals(variance, squares / values.length, error * Math.sqrt(2) * variance);
    assertTrue(most <= largest && (Double.isInfinite(largest) || most > 0.99 * largest));
    assertEquals(
        Tensor.of(MATRIX, values), initializer.draw(RandomKey.of(5), MATRIX, INPUTS, OUTPUTS));
    assertNotEquals(
        Tensor.of(MATRIX, values), initializer.draw(RandomKey.of(6), MATRIX, INPUTS, OUTPUTS));
  }

  @Test
  void orthogonalRowsOrColumnsHaveLengthOne() {
    for (Shape shape : new Shape[] {Shape.of(5, 9), Shape.of(9, 5), Shape.of(4, 2, 3)}) {
      int rows = shape.extent(0);
      int columns = shape.product(1, shape.rank());
      Tensor q =
          Initializer.orthogonal()
              .draw(RandomKey.of(2), shape, columns, rows)
              .reshape(Shape.of(rows, columns));
      int shorter = Math.min(rows, columns);
      for (int i = 0; i < shorter; i++) {
        for (int j = 0; j < shorter; j++) {
          double product = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            product += rows < columns ? q.get(i, k) * q.get(j, k) : q.get(k, i) * q.get(k, j);
          }
          assertEquals(i == j ? 1 : 0, product, 1e-14);
        }
      }
    }
  }

  @Test
  void orthogonalMatricesAreUniform() {
    // The mean of Q's first entry is 0; without the signs of R it would have one sign.
    double sum = 0;
    for (int seed = 0; seed < 400; seed++) {
      sum += Initializer.orthogonal().draw(RandomKey.of(seed), Shape.of(2, 2), 2, 2).at(0);
    }
    assertEquals(0, sum / 400, 4 * Math.sqrt(0.5 / 400));
  }

  @Test
  void networksStartAsTold() {
    Parameters p =
        Mlp.of(2, 50, 2)
            .withWeights(Initializer.normal(0.1))
            .withBias(Initializer.zeros())
            .initial(RandomKey.of(0));
    assertEquals(Tensor.zeros(Shape.of(50)), p.tensor("0.bias"));
    assertEquals(Tensor.zeros(Shape.of(2)), p.tensor("2.bias"));
    assertNotEquals(p.tensor("0.weight").at(0), p.tensor("0.weight").at(1));
    assertEquals(
        Tensor.full(Shape.of(2), 3),
        Linear.of(1, 2).withBias(Initializer.constant(3)).initial(RandomKey.of(0)).tensor("bias"));
  }

  @Test
  void mistakesAreRefused() {
    assertEquals(
        "Only matrices can start orthogonal, got shape (3). Use another start for biases.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Linear.of(2, 3).withBias(Initializer.orthogonal()).initial(RandomKey.of(0)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Initializer.normal(-1));
    assertThrows(IllegalArgumentException.class, () -> Initializer.uniform(1, 0));
  }
}
