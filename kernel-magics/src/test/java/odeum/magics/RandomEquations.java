package odeum.magics;

import java.util.List;

/** Bodies of equation cells put together from pieces. */
final class RandomEquations {
  static final List<String> PIECES =
      List.of(
          "x",
          "y",
          "x'",
          "y'",
          "x''",
          "u[i]",
          "u[i-1]'",
          "u[i]' =",
          "for i in 1..4",
          "=",
          "+",
          "-",
          "*",
          "/",
          "^",
          "(",
          ")",
          ",",
          "..",
          ":",
          "1",
          "0.5",
          "1e-3",
          "1e999",
          "x' = ",
          "y' = -y",
          "param",
          "param a = 1",
          "const c = 2",
          "init x = 1",
          "init x' = 0",
          "time 0 .. 1",
          "let r = x",
          "net f = mlp(2, 3, 1, tanh)",
          "f(x, y)",
          "(x', y') = f(x, y)",
          "net f = {layer}",
          "event x = 0: stop",
          "event x = 0 falling: y = -y",
          "boundary u periodic",
          "boundary u = 0",
          "boundary u insulated",
          "sin(x)",
          "max(x, y)",
          "pow(x, 2)",
          "abs(",
          "stiff(x)",
          "sum(u)",
          "t",
          "pi",
          "e",
          "in 0..5",
          "# a comment",
          "/// a comment",
          "# BEGIN SOLUTION",
          "'",
          "\"",
          "{",
          "}",
          "é",
          "θ",
          "\t",
          "2^3^2",
          "1/0",
          "i",
          "input u = {series}",
          "input u = {data}",
          "input x = {sol}, y = {sol}",
          "input u = {data}, v = {word}",
          "u");

  private RandomEquations() {}

  static String body(RandomText random) {
    StringBuilder body = new StringBuilder();
    for (int lines = 1 + random.below(6); lines > 0; lines--) {
      for (int words = 1 + random.below(10); words > 0; words--) {
        body.append(random.of(PIECES)).append(random.chance(0.7) ? " " : "");
      }
      body.append('\n');
    }
    return body.toString();
  }
}
