package odeum.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LabelledTest {
  private static final Labelled POINTS =
      Labelled.named("kind", "10", "9", "10").and("x", 1, 2, 3).and("y", 0, 4, -1);

  @Test
  void theValuesAreRowsOfAllColumns() {
    assertEquals(Tensor.of(Shape.of(3, 2), 1, 0, 2, 4, 3, -1), POINTS.values());
    assertEquals(Shape.of(1, 0), Labelled.named("kind", "a").values().shape());
  }

  @Test
  void classesAreOneHotInTheirOrder() {
    assertEquals(Tensor.of(Shape.of(3, 2), 0, 1, 1, 0, 0, 1), POINTS.oneHot());
    assertEquals(Tensor.of(Shape.of(1, 1), 1), POINTS.rows(1, 2).oneHot());
    assertArrayEquals(new int[] {1, 0, 1}, POINTS.numbers());
    assertEquals(POINTS.oneHot(), Tensor.oneHot(2, POINTS.numbers()));
    assertThrows(IllegalArgumentException.class, () -> Tensor.oneHot(2, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> Tensor.oneHot(2, -1));
  }

  @Test
  void someRowsAreSamplesOfTheirOwn() {
    Labelled last = Labelled.named("kind", "9", "10").and("x", 2, 3).and("y", 4, -1);
    assertEquals(last, POINTS.rows(1, 3));
    assertEquals(POINTS, POINTS.rows(0, 3));
    String text =
        assertThrows(IllegalArgumentException.class, () -> POINTS.rows(2, 4)).getMessage();
    assertEquals("Rows 2 to 4 are not among 3 samples, counted from 0.", text);
    assertThrows(IllegalArgumentException.class, () -> POINTS.rows(1, 1));
    assertThrows(IllegalArgumentException.class, () -> POINTS.rows(-1, 1));
  }
}
