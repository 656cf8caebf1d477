package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import odeum.tensor.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our elementary functions against fdlibm's, which are within 1 ulp of the truth. */
class ElementaryTest {
  static Stream<Arguments> functions() {
    return Stream.of(
        arguments("exp", Elementary::exp, StrictMath::exp, 1),
        arguments("log", x -> Elementary.log(Math.abs(x)), x -> StrictMath.log(Math.abs(x)), 1),
        arguments("sin", Elementary::sin, StrictMath::sin, 1),
        arguments("cos", Elementary::cos, StrictMath::cos, 1),
        arguments("tan", Elementary::tan, StrictMath::tan, 4),
        arguments("tanh", Elementary::tanh, StrictMath::tanh, 4),
        arguments("sigmoid", Elementary::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 5));
  }

  private static Arguments arguments(
      String name, DoubleUnaryOperator ours, DoubleUnaryOperator theirs, double ulps) {
    return Arguments.of(name, ours, theirs, ulps);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isWithinUlps(
      String name, DoubleUnaryOperator ours, DoubleUnaryOperator theirs, double ulps) {
    RandomKey key = RandomKey.of(3);
    for (int i = 0; i < 400_000; i++) {
      double x = (key.uniform(2L * i) - 0.5) * StrictMath.pow(10, key.integer(2L * i + 1, 8) - 4);
      double expected = theirs.applyAsDouble(x);
      double actual = ours.applyAsDouble(x);
      if (expected != actual) {
        double error = Math.abs(actual - expected) / Math.ulp(expected);
        assertTrue(error <= ulps, name + "(" + x + ") is off by " + error + " ulp");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void agreesOnSpecialArguments(
      String name, DoubleUnaryOperator ours, DoubleUnaryOperator theirs, double ulps) {
    DoubleStream.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            -Double.MAX_VALUE)
        .forEach(
            x ->
                assertEquals(theirs.applyAsDouble(x), ours.applyAsDouble(x), name + "(" + x + ")"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000, 63661})
  void reducesNearMultiplesOfHalfPi(int n) {
    double x = n * (Math.PI / 2);
    assertEquals(StrictMath.sin(x), Elementary.sin(x), Math.ulp(StrictMath.sin(x)));
    assertEquals(StrictMath.cos(x), Elementary.cos(x), Math.ulp(StrictMath.cos(x)));
  }

  @Test
  void sigmoidKeepsSmallValues() {
    assertEquals(StrictMath.exp(-60), Elementary.sigmoid(-60), 1e-40);
    assertEquals(0, Elementary.sigmoid(-1000));
  }
}
