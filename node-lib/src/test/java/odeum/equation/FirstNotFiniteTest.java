package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.solver.Trouble;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The part of the equations that is not a finite number. */
class FirstNotFiniteTest {
  private static String trouble(String body, double t, double... y) {
    Trouble trouble = Ode.parse(body).trouble(t, Tensor.vector(y)).orElseThrow();
    return trouble.cause().clause() + " in " + trouble.name() + "\n" + trouble.source();
  }

  @Test
  void underlinesThePart() {
    assertEquals(
        """
        first NaN: log of -1 in y
          y' = 2*log( x-3 ) + y
                 ^^^^^^^^^^\
        """,
        trouble("x' = -1\ny' = 2*log( x-3 ) + y\ninit x = 4, y = 1", 0, 2, 1));
    assertEquals(
        """
        first infinite value: division of 1 by 0 in x
          x' = exp(1/(t - 1))
                   ^^^^^^^^^\
        """,
        trouble("x' = exp(1/(t - 1))\ninit x = 1", 1, 1));
  }

  @Test
  void looksIntoLets() {
    assertEquals(
        """
        first NaN: square root of -4 in x'
          let b = sqrt(x)
                  ^^^^^^^\
        """,
        trouble("x'' = a + b\nlet a = x^2\nlet b = sqrt(x)\ninit x = 1, x' = 0", 0, -4, 0));
  }

  @Test
  void looksIntoGridsAndSums() {
    assertEquals(
        """
        first NaN: log of -6 in u[6]
          u[i]' = u[i-1] + log(30 - i*i) for i in 1..8
                           ^^^^^^^^^^^^^\
        """,
        trouble(
            "u[i]' = u[i-1] + log(30 - i*i) for i in 1..8\nboundary u = 0\ninit u[i] = 1",
            0,
            new double[8]));
    assertEquals(
        """
        first infinite value: division of 1 by 0 in x
          x' = sum(1/u[i] for i in 1..2)
                   ^^^^^^\
        """,
        trouble(
            "u[i]' = -u[i] for i in 1..2\nx' = sum(1/u[i] for i in 1..2)\ninit u[i] = 1, x = 0",
            0,
            1,
            0,
            1));
  }

  @Test
  void aNetSaysWhichLayer() {
    Ode system = Ode.parse("x' = 2*f(x)\nnet f = mlp(1, 2, 1, tanh)\ninit x = 1");
    Ode large = system.withParameters(Tensor.vector(9, 9, 9, 9, 1e308, 1e308, 0));
    Trouble trouble = large.trouble(0, Tensor.vector(1)).orElseThrow();
    assertEquals("net f, layer 2, after a matrix product", trouble.cause().words());
  }

  /** Away from the lines of the message, the same text comes with a solve that failed. */
  @Test
  void standsUnderTheMessageOfASolve() {
    Ode system = Ode.parse("x' = -sqrt(x)\ninit x = 1\ntime 0 .. 4");
    String[] lines =
        Integrator.of(Solvers.tsit5()).solve(system).message().lines().toArray(String[]::new);
    assertEquals(3, lines.length);
    assertEquals("  x' = -sqrt(x)", lines[1]);
    assertEquals("        ^^^^^^^", lines[2]);
  }
}
