package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each loop against its formula, and its two versions against each other. */
class LoopsTest {
  private static final double S = -1.7;

  /** A loop over a and b, and what it computes; {@code formula} takes an element of each. */
  record Loop(String name, Body body, DoubleBinaryOperator formula) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Body {
    void run(double[] out, int o, double[] a, int ao, double[] b, int bo, int n);
  }

  @FunctionalInterface
  interface Unary {
    void run(double[] out, int o, double[] a, int ao, int n);
  }

  @FunctionalInterface
  interface Number {
    void run(double[] out, int o, double[] a, int ao, double s, int n);
  }

  private static Loop loop(String name, Body body, DoubleBinaryOperator formula) {
    return new Loop(name, body, formula);
  }

  private static Loop unary(String name, Unary loop, java.util.function.DoubleUnaryOperator f) {
    return new Loop(
        name,
        (out, o, a, ao, b, bo, n) -> loop.run(out, o, a, ao, n),
        (x, y) -> f.applyAsDouble(x));
  }

  private static Loop number(String name, Number loop, DoubleBinaryOperator f) {
    return new Loop(
        name,
        (out, o, a, ao, b, bo, n) -> loop.run(out, o, a, ao, S, n),
        (x, y) -> f.applyAsDouble(x, S));
  }

  @FunctionalInterface
  interface Choice {
    void run(
        double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n);
  }

  private static Loop choice(String name, Choice loop, DoubleBinaryOperator f) {
    return new Loop(
        name, (out, o, a, ao, b, bo, n) -> loop.run(out, o, a, ao, 0.1, b, bo, S, n), f);
  }

  static Stream<Loop> loops() {
    return Stream.of(
        unary("negate", Loops::negate, x -> -x),
        unary("abs", Loops::abs, Math::abs),
        unary("sign", Loops::sign, Math::signum),
        unary("sqrt", Loops::sqrt, Math::sqrt),
        unary("exp", Loops::exp, Elementary::exp),
        unary("log", Loops::log, Elementary::log),
        unary("sin", Loops::sin, Elementary::sin),
        unary("cos", Loops::cos, Elementary::cos),
        unary("tanh", Loops::tanh, Elementary::tanh),
        unary("sigmoid", Loops::sigmoid, Elementary::sigmoid),
        loop("add", Loops::add, (x, y) -> x + y),
        loop("subtract", Loops::subtract, (x, y) -> x - y),
        loop("multiply", Loops::multiply, (x, y) -> x * y),
        loop("divide", Loops::divide, (x, y) -> x / y),
        loop("power", Loops::power, Elementary::pow),
        loop("minimum", Loops::minimum, Math::min),
        loop("maximum", Loops::maximum, Math::max),
        loop("less", Loops::less, (x, y) -> x < y ? 1 : 0),
        number("minimumNumber", Loops::minimumNumber, Math::min),
        number("maximumNumber", Loops::maximumNumber, Math::max),
        choice("keepBelow", Choices::keepBelow, (x, y) -> x < 0.1 ? y : S),
        choice("dropBelow", Choices::dropBelow, (x, y) -> x < 0.1 ? S : y),
        choice("keepAbove", Choices::keepAbove, (x, y) -> 0.1 < x ? y : S),
        choice("dropAbove", Choices::dropAbove, (x, y) -> 0.1 < x ? S : y),
        number("addNumber", Loops::addNumber, (x, s) -> x + s),
        number("subtractNumber", Loops::subtractNumber, (x, s) -> x - s),
        number("multiplyNumber", Loops::multiplyNumber, (x, s) -> x * s),
        number("divideNumber", Loops::divideNumber, (x, s) -> x / s),
        number("numberMinus", Loops::numberMinus, (x, s) -> s - x),
        number("numberOver", Loops::numberOver, (x, s) -> s / x),
        loop("tanhBackward", Loops::tanhBackward, (v, y) -> v - (v * y) * y),
        loop("sigmoidBackward", Loops::sigmoidBackward, (v, y) -> v * (y - y * y)),
        loop(
            "where",
            (out, o, a, ao, b, bo, n) -> Loops.where(out, o, a, ao, b, bo, a, ao, n),
            (x, y) -> x != 0 ? y : x));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void computesItsFormulaAtEverySizeAndOffset(Loop loop) {
    for (int n : Twins.sizes()) {
      double[] a = n % 2 == 0 ? Twins.edged(n, n + 5) : Twins.moderate(n, n + 5);
      double[] b = n % 3 == 0 ? Twins.edged(n + 100, n + 5) : Twins.moderate(n + 100, n + 5);
      int ao = n % 5;
      int bo = n % 4;
      int o = n % 3;
      double[] start = Twins.moderate(7, n + 6);
      double[] expected = start.clone();
      for (int i = 0; i < n; i++) {
        expected[o + i] = loop.formula.applyAsDouble(a[ao + i], b[bo + i]);
      }
      Twins.Work work = out -> loop.body.run(out, o, a, ao, b, bo, n);
      Twins.assertSame(loop + ", size " + n, expected, Twins.agree(loop.name, start, work));
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void worksInPlace(Loop loop) {
    for (int n : new int[] {1, 7, 8, 9, 16, 23, 40, 67}) {
      double[] a = Twins.edged(n, n + 3);
      double[] b = Twins.edged(n + 50, n + 3);
      double[] apart = a.clone();
      loop.body.run(apart, 2, a, 2, b, 1, n);
      Twins.Work first = out -> loop.body.run(out, 2, out, 2, b, 1, n);
      Twins.assertSame(loop.name, apart, Twins.agree(loop.name, a, first));
      double[] second = b.clone();
      loop.body.run(second, 1, a, 2, b, 1, n);
      Twins.Work other = out -> loop.body.run(out, 1, a, 2, out, 1, n);
      Twins.assertSame(loop.name, second, Twins.agree(loop.name, b, other));
    }
  }

  @Property(tries = 150)
  void versionsAgreeOnAnyNumbers(@ForAll @Size(min = 8, max = 24) double[] values) {
    int n = values.length;
    double[] turned = new double[n];
    for (int i = 0; i < n; i++) {
      turned[i] = values[(i + 3) % n];
    }
    loops()
        .forEach(
            loop ->
                Twins.agree(
                    loop.name,
                    new double[n],
                    out -> loop.body.run(out, 0, values, 0, turned, 0, n)));
  }

  @Test
  void elementaryFunctionsAgreeOnManyNumbers() {
    int n = 20_000;
    double[] a = Twins.moderate(3, n);
    double[] b = Twins.moderate(4, n);
    for (int i = 0; i < n; i++) {
      a[i] = a[i] * StrictMath.pow(2, i % 24 - 12);
    }
    loops()
        .filter(loop -> loop.formula.applyAsDouble(0.3, 0.2) != 0)
        .forEach(
            loop ->
                Twins.agree(loop.name, new double[n], out -> loop.body.run(out, 0, a, 0, b, 0, n)));
  }

  @Test
  void fmaIntoRoundsOnce() {
    for (int n : Twins.sizes()) {
      double[] a = Twins.edged(n, n + 2);
      double[] start = Twins.edged(n + 9, n + 3);
      double[] expected = start.clone();
      for (int i = 0; i < n; i++) {
        expected[1 + i] = Math.fma(S, a[2 + i], expected[1 + i]);
      }
      Twins.Work work = out -> Loops.fmaInto(out, 1, S, a, 2, n);
      Twins.assertSame("fmaInto", expected, Twins.agree("fmaInto", start, work));
    }
  }

  @Test
  void fillsAndNothingElse() {
    double[] a = {1, 2, 3, 4};
    Loops.fill(a, 1, 9, 2);
    assertEquals(9, a[2]);
    assertEquals(4, a[3]);
    assertEquals(1, a[0]);
  }

  @FunctionalInterface
  interface Rows {
    void run(double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width);
  }

  record Broadcast(String name, Rows column, Rows row, DoubleBinaryOperator formula) {}

  static Stream<Broadcast> broadcasts() {
    return Stream.of(
        new Broadcast("add", Loops::addColumn, Loops::addRow, (x, y) -> x + y),
        new Broadcast("subtract", Loops::subtractColumn, Loops::subtractRow, (x, y) -> x - y),
        new Broadcast("multiply", Loops::multiplyColumn, Loops::multiplyRow, (x, y) -> x * y),
        new Broadcast("divide", Loops::divideColumn, Loops::divideRow, (x, y) -> x / y));
  }

  @ParameterizedTest
  @MethodSource("broadcasts")
  void broadcastsColumnsAndRows(Broadcast broadcast) {
    int rows = 5;
    for (int width : IntStream.rangeClosed(1, 35).toArray()) {
      double[] a = Twins.edged(width, rows * width + 2);
      double[] b = Twins.edged(width + 1, Math.max(rows, width) + 3);
      double[] byColumn = new double[rows * width + 1];
      double[] byRow = byColumn.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          double x = a[2 + i * width + j];
          byColumn[1 + i * width + j] = broadcast.formula.applyAsDouble(x, b[3 + i]);
          byRow[1 + i * width + j] = broadcast.formula.applyAsDouble(x, b[3 + j]);
        }
      }
      double[] start = new double[byRow.length];
      Twins.Work column = out -> broadcast.column.run(out, 1, a, 2, b, 3, rows, width);
      Twins.Work row = out -> broadcast.row.run(out, 1, a, 2, b, 3, rows, width);
      Twins.assertSame("column", byColumn, Twins.agree(broadcast.name, start, column));
      Twins.assertSame("row", byRow, Twins.agree(broadcast.name, start, row));
    }
  }
}
