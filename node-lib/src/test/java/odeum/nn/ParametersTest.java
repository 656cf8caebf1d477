package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Parameters LAYER =
      Parameters.of("weight", Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}))
          .and("bias", Tensor.vector(5, 6));

  private static final Parameters ALL = Parameters.of("g", 9.81).and("net", LAYER).and("k", 7);

  @Test
  void membersAreFoundByTheirDottedNamesAndTogether() {
    assertEquals(List.of("g", "net.weight", "net.bias", "k"), ALL.structure().names());
    assertEquals(Tensor.vector(9.81, 1, 2, 3, 4, 5, 6, 7), ALL.flat());
    assertEquals(9.81, ALL.get("g"));
    assertEquals(LAYER.tensor("weight"), ALL.tensor("net.weight"));
    assertEquals(LAYER, ALL.at("net"));
  }

  @Test
  void changesLeaveTheOriginalAlone() {
    Parameters changed = ALL.with("k", -1).with("net.bias", Tensor.vector(0, 0));
    assertEquals(-1, changed.get("k"));
    assertEquals(Tensor.vector(0, 0), changed.tensor("net.bias"));
    assertEquals(Tensor.vector(9.81, 1, 2, 3, 4, 5, 6, 7), ALL.flat());
    double[] flat = ALL.flat().toArray();
    flat[0] = 0;
    assertEquals(9.81, ALL.get("g"));
  }

  @Test
  void clippingKeepsTheDirection() {
    Parameters gradient = Parameters.of("a", 3).and("b", -4);
    assertEquals(5, gradient.norm());
    assertSame(gradient, gradient.clipNorm(5));
    Parameters clipped = gradient.clipNorm(1);
    assertEquals(0.6, clipped.get("a"), 1e-15);
    assertEquals(-0.8, clipped.get("b"), 1e-15);
    assertEquals(1e200 * Math.sqrt(2), Parameters.of("a", 1e200).and("b", 1e200).norm(), 1e185);
  }

  @Test
  void mistakesAreNamed() {
    assertEquals(
        "There is no parameter 'alpa'. Known: alpha beta. Did you mean 'alpha'?",
        message(() -> Parameters.of("alpha", 1).and("beta", 2).get("alpa")));
    assertEquals(
        "'net.bias' is not one number, its shape is (2). Use tensor(\"net.bias\").",
        message(() -> ALL.get("net.bias")));
    assertEquals(
        "'net.bias' has shape (2), got ().", message(() -> ALL.with("net.bias", Tensor.scalar(1))));
    assertEquals(
        "There is a parameter 'net.weight' already, 'net.more' cannot be added here. Name members"
            + " of one part one after the other.",
        message(() -> ALL.and("net.more", 1)));
  }

  @Test
  void aTableShowsNumbersAndRanges() {
    assertEquals(
        """
        g           9.81
        net.weight  (2, 2) in 1.000 .. 4.000
        net.bias    (2) in 5.000 .. 6.000
        k           7.0\
        """,
        ALL.toString());
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
