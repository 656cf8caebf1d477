package odeum.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  @Test
  void anArrayShowsItsNumbersToTheBit() {
    assertEquals("[1.0, 0.30000000000000004]", NumberText.of(new double[] {1, 0.1 + 0.2}));
    assertEquals("[]", NumberText.of(new double[0]));
    double[] many = IntStream.range(0, 100).asDoubleStream().toArray();
    assertEquals(
        "[0.0, 1.0, 2.0, 3.0, 4.0, …, 95.0, 96.0, 97.0, 98.0, 99.0] (100 values)",
        NumberText.of(many));
  }

  @Test
  void rowsStandBelowEachOther() {
    assertEquals(
        """
        2 × 2
        [[   1 -2.5]
         [ 0.1   10]]""",
        NumberText.of(new double[][] {{1, -2.5}, {0.1, 10}}));
    assertEquals("[[1.0],\n [2.0, 3.0]]", NumberText.of(new double[][] {{1}, {2, 3}}));
    assertEquals("[[1.0],\n null]", NumberText.of(new double[][] {{1}, null}));
    assertEquals("[]", NumberText.of(new double[0][]));
  }

  @Test
  void aTensorShowsItsShape() {
    assertEquals("Tensor (3)\n[  1 0.5 NaN]", NumberText.of(Tensor.vector(1, 0.5, Double.NaN)));
    assertEquals("0.1", NumberText.of(Tensor.scalar(0.1)));
    Tensor cube = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(
        """
        Tensor (2, 2, 2)
        [[[1 2]
          [3 4]]

         [[5 6]
          [7 8]]]""",
        NumberText.of(cube));
    assertEquals("Tensor (0)\n[]", NumberText.of(Tensor.vector()));
    assertTrue(NumberText.of(Tensor.zeros(Shape.of(2, 0))).startsWith("Tensor (2, 0)\n[[]"));
  }

  @Test
  void aLargeTensorShowsTheEndsOfEachAxis() {
    double[] values = IntStream.range(0, 2000).asDoubleStream().toArray();
    assertEquals(
        """
        Tensor (100, 20)
        [[   0    1    2 …   17   18   19]
         [  20   21   22 …   37   38   39]
         [  40   41   42 …   57   58   59]
         …
         [1940 1941 1942 … 1957 1958 1959]
         [1960 1961 1962 … 1977 1978 1979]
         [1980 1981 1982 … 1997 1998 1999]]""",
        NumberText.of(Tensor.of(Shape.of(100, 20), values)));
  }

  @Test
  void briefNumbers() {
    assertEquals("0.33333333", NumberText.brief(1 / 3.0));
    assertEquals("1.5e-9", NumberText.brief(1.5e-9));
    assertEquals("6.02214e23", NumberText.brief(6.02214e23));
    assertEquals("1900", NumberText.brief(1900));
    assertEquals("-0.25", NumberText.brief(-0.25));
    assertEquals("-∞", NumberText.brief(Double.NEGATIVE_INFINITY));
  }

  @Test
  void aColumnHasOneCountOfDecimals() {
    assertEquals(
        List.of("0.500000", "-4.998136", "", "∞"),
        NumberText.column(
            new double[] {0.5, -4.998136008231621, Double.NaN, Double.POSITIVE_INFINITY}));
    assertEquals(
        List.of("1958.238", "2001.000"), NumberText.column(new double[] {1958.23835, 2001}));
    assertEquals(List.of("1900", "3"), NumberText.column(new double[] {1900, 3}));
    assertEquals(List.of("1e-9", "1"), NumberText.column(new double[] {1e-9, 1}));
    assertEquals(List.of("0", "0"), NumberText.column(new double[] {0, -0.0}));
  }
}
