package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What formulas mean. In all of them x = 3, y = 5, t = 7. */
class GrammarTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2^3^2                    | 512
          (2^3)^2                  | 64
          -x^2                     | -9
          (-x)^2                   | 9
          2^-1                     | 0.5
          2^-2^2                   | 0.0625
          -2^-2                    | -0.25
          x^2^0                    | 3
          x^-2                     | 0.1111111111111111
          x^0.5                    | 1.7320508075688772
          x - y - t                | -9
          x - (y - t)              | 5
          x/y/t                    | 0.08571428571428572
          x/(y/t)                  | 4.2
          x/y*t                    | 4.2
          x + y*t                  | 38
          (x + y)*t                | 56
          2*x^2*y                  | 90
          -x*y                     | -15
          x*-y                     | -15
          x - -y                   | 8
          --x                      | 3
          -+-x                     | 3
          +x                       | 3
          x*y^2/5                  | 15
          1e-3*x                   | 0.003
          .5*x                     | 1.5
          2.*x                     | 6
          1E+2 + 1e2               | 200
          pi                       | 3.141592653589793
          2*π                      | 6.283185307179586
          e                        | 2.718281828459045
          e^0                      | 1
          sin(0) + cos(0)          | 1
          sin(x)                   | 0.1411200080598672
          cos(x)                   | -0.9899924966004454
          tan(x)                   | -0.1425465430742778
          exp(1)                   | 2.718281828459045
          log(x)                   | 1.0986122886681098
          sqrt(x + 6)              | 3
          tanh(x)                  | 0.9950547536867305
          sigmoid(x)               | 0.9525741268224334
          sigmoid(0)               | 0.5
          abs(x - y)               | 2
          min(x, y)                | 3
          max(x, y, t, 1)          | 7
          min(y, x, 4)             | 3
          pow(x, 2)                | 9
          pow(2, x)                | 8
          pow(x, y - 1)            | 81
          2^x                      | 8
          x^y                      | 243
          max(-x, -(y))            | -3
          ((((x))))                | 3
          two^two^3                | 256
          x^two                    | 9
          """)
  void values(String formula, double expected) {
    Ode ode = Ode.parse("x' = %s\ny' = 0\ninit x = 1, y = 1\nconst two = 2".formatted(formula));
    assertEquals(expected, ode.derivative(7, 3, 5)[0], 4e-16 * Math.abs(expected));
    Ode numbers =
        Ode.parse(
            "z' = 0\ninit z = 1\nconst two = 2, x = 3, y = 5, T = 7, c = %s"
                .formatted(formula.replaceAll("\\bt\\b", "T")));
    assertEquals(expected, numbers.value("c"), 4e-16 * Math.abs(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a-(b-c)        | a - (b - c)
          (a-b)-c        | a - b - c
          a+(b+c)        | a + (b + c)
          ((a*b))*c      | a*b*c
          a*(b*c)        | a*(b*c)
          a/(b*c)        | a/(b*c)
          -(a+b)         | -(a + b)
          (-a)^b         | (-a)^b
          -a^b           | -a^b
          (a^b)^c        | (a^b)^c
          a^(b^c)        | a^b^c
          a^(-b)         | a^-b
          (a+b)*-c       | (a + b)*-c
          sin((a))       | sin(a)
          pow(a,b+c)     | a^(b + c)
          min(a,(b),2.50)| min(a, b, 2.5)
          1e3 + 1e-9     | 1000 + 1e-9
          """)
  void printedWithTheParenthesesItNeeds(String formula, String printed) {
    assertEquals(printed, Text.of(read(formula)));
  }

  /** {@return the tree of a formula} */
  static Expression read(String formula) {
    Cursor cursor = new Cursor(Source.of("", formula), Lexer.tokens(formula, 1));
    Expression expression = new ExpressionParser(cursor).parse("it");
    SystemParser.end(cursor);
    return expression;
  }
}
