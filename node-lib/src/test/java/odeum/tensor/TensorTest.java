package odeum.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void isRowMajor() {
    Tensor matrix = Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    assertEquals(Shape.of(2, 3), matrix.shape());
    assertEquals(6, matrix.get(1, 2));
    assertEquals(4, matrix.at(3));
    assertEquals(4, matrix.reshape(Shape.of(3, 2)).get(1, 1));
  }

  @Test
  void neitherSharesNorGivesAwayItsArray() {
    double[] values = {1, 2};
    Tensor vector = Tensor.vector(values);
    values[0] = 9;
    vector.toArray()[1] = 9;
    assertEquals(Tensor.vector(1, 2), vector);
  }

  @Test
  void isShownReadably() {
    assertEquals("[[1.0, 2.0]\n [3.0, 4.0]]", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).toString());
    assertEquals("[1.0, 2.0]", Tensor.vector(1, 2).toString());
    assertEquals("7.5", Tensor.scalar(7.5).toString());
  }

  @Test
  void misuseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(Shape.of(3), 1, 2));
    assertThrows(IllegalArgumentException.class, () -> Tensor.vector(1, 2).get(0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.vector(1, 2).get(2));
    assertThrows(IllegalArgumentException.class, () -> Tensor.vector(1).reshape(Shape.of(2)));
    assertThrows(
        IllegalArgumentException.class, () -> Tensor.matrix(new double[] {1}, new double[] {1, 2}));
    assertThrows(IllegalStateException.class, () -> Tensor.vector(1, 2).scalar());
  }
}
