package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import odeum.autodiff.SparsityPattern;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.nn.NetFunction;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import org.junit.jupiter.api.Test;

/** What the lines of a grid do. */
class GridTest {
  private static final String HEAT =
      """
      u[i]' = k*(u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..n
      boundary u = 0
      init u[i] = sin(pi*i*h)
      const n = 4, h = 1/5
      param k = 2
      """;

  @Test
  void eachPointIsAState() {
    Ode heat = Ode.parse("heat", HEAT);
    assertEquals(List.of("u[1]", "u[2]", "u[3]", "u[4]"), heat.states());
    assertArrayEquals(
        new double[] {50 * (-2 * 1 + 2), 50 * (1 - 4 + 4), 50 * (2 - 8 + 7), 50 * (4 - 14)},
        heat.derivative(0, 1, 2, 4, 7),
        1e-12);
    assertEquals(7, heat.withInitial("u[3]", 7).initial().at(2));
    assertEquals(
        "heat has 4 states (u[1]..u[4]), got 1 values.",
        assertThrows(IllegalArgumentException.class, () -> heat.derivative(0, 1)).getMessage());
    assertEquals(
        "heat has no state 'u[5]'. States: u[1]..u[4]. Did you mean 'u[1]'?",
        assertThrows(IllegalArgumentException.class, () -> heat.withInitial("u[5]", 1))
            .getMessage());
  }

  @Test
  void aConstantSaysHowManyPoints() {
    Ode fine = Ode.parse(HEAT).with("n", 9).with("h", 0.1);
    assertEquals(9, fine.states().size());
    assertEquals(1, fine.initial().at(4));
    assertEquals("u[9]", fine.states().getLast());
    EquationException mistake = assertThrows(EquationException.class, () -> fine.with("n", 2.5));
    assertEquals("A range has whole numbers, got 2.5.", mistake.problem());
  }

  @Test
  void boundaries() {
    String shift = "u[i]' = u[i-1] + 100*u[i+2] for i in 0..2\ninit u[i] = i\n";
    double[] y = {1, 2, 3};
    assertArrayEquals(
        new double[] {3 + 300, 1 + 100, 2 + 200},
        Ode.parse(shift + "boundary u periodic").derivative(0, y));
    assertArrayEquals(
        new double[] {1 + 300, 1 + 300, 2 + 200},
        Ode.parse(shift + "boundary u insulated").derivative(0, y));
    assertArrayEquals(
        new double[] {8 + 300, 1 + 800, 2 + 800},
        Ode.parse(shift + "boundary u = 2*t").derivative(4, y));
    assertArrayEquals(
        new double[] {1 + 300, 1 + 600, 2 + 600},
        Ode.parse(shift + "boundary u = neumann, k\nparam k = 6").derivative(0, y));
    assertArrayEquals(
        new double[] {2 * 2 - 3 + 300, 1 + 300, 2 + 300},
        Ode.parse(shift + "boundary u = 2*u[1] - u[2], s/2\nlet s = sum(u)").derivative(0, y));
  }

  @Test
  void theIndexIsANumber() {
    Ode ode =
        Ode.parse(
            "u[m]' = 10*(m*h)^2 + u[n+1-m] + u[2]*x for m in 1..n\nx' = u[n] - u[n/2]\ninit u[q] = q^2, u[3] = -1, x = 5\nconst n = 4, h = 1/2");
    assertEquals(Tensor.vector(1, 4, -1, 16, 5), ode.initial());
    assertArrayEquals(
        new double[] {2.5 + 9 + 40, 10 + 8 + 40, 22.5 + 7 + 40, 40 + 6 + 40, 9 - 7},
        ode.derivative(0, 6, 7, 8, 9, 40 / 7.0),
        1e-13);
  }

  @Test
  void gridsOfHigherOrder() {
    Ode wave =
        Ode.parse(
            """
            u[i]'' = c*(u[i-1] - 2*u[i] + u[i+1]) - 0.5*u[i]' + 0.25*u'[i-1] for i in 1..3
            boundary u = 1
            boundary u' = 0
            init u[i] = 2, u[i]' = i, u[2]' = v
            param c = 1, v = 9
            """);
    assertEquals(List.of("u[1]", "u[2]", "u[3]", "u[1]'", "u[2]'", "u[3]'"), wave.states());
    assertEquals(Tensor.vector(2, 2, 2, 1, 9, 3), wave.initial());
    assertEquals(List.of("u[2]'"), wave.trainedStarts());
    assertArrayEquals(
        new double[] {4, 5, 6, -2, 1 - 2.5 + 1, -2 - 3 + 1.25},
        wave.derivative(0, 1, 1, 2, 4, 5, 6),
        1e-15);
  }

  @Test
  void sumsAndSinglePoints() {
    Ode ode =
        Ode.parse(
            """
            let all = sum(u), middle = mean(u), rim = u[1] + u[4]
            let energy = sum((u[i+1] - u[i])^2*i for i in 1..n-1), six = sum(2 for j in 1..3)
            u[i]' = sum(u[j]*(i - j) for j in 1..n) + mean(u[i]*j for j in 1..3) for i in 1..n
            init u = 1
            const n = 4
            """);
    Observable lets = ode.observed().orElseThrow();
    double[] values = new double[5];
    lets.open(new double[0]).evaluate(0, new double[] {1, 3, 6, 10}, values);
    assertEquals(List.of("all", "middle", "rim", "energy", "six"), lets.names());
    assertArrayEquals(new double[] {20, 5, 11, 4 + 18 + 48, 6}, values);
    double[] dy = ode.derivative(0, 1, 3, 6, 10);
    for (int i = 1; i <= 4; i++) {
      double u = new double[] {1, 3, 6, 10}[i - 1];
      double expected = (i - 1) + 3 * (i - 2) + 6 * (i - 3) + 10 * (i - 4) + 2 * u;
      assertEquals(expected, dy[i - 1], 1e-13);
    }
  }

  @Test
  void aNetWorksOnEachPoint() {
    Ode ode =
        Ode.parse(
            "net f = mlp(3, 4, 1, tanh)\nu[i]' = f(u[i], u[i+1], t) for i in 1..3\ninit u = 0\nboundary u periodic");
    NetFunction f = ode.net("f");
    double[] dy = ode.derivative(0.5, 1, 2, 3);
    assertEquals(f.apply(1, 2, 0.5), dy[0], 1e-15);
    assertEquals(f.apply(2, 3, 0.5), dy[1], 1e-15);
    assertEquals(f.apply(3, 1, 0.5), dy[2], 1e-15);
  }

  @Test
  void aLongGridIsAFewArrays() {
    Ode ode = Ode.parse(HEAT).with("n", 1000).with("h", 1 / 1001.0);
    List<Instruction> instructions = ode.field().graph().instructions();
    assertTrue(instructions.size() < 40, () -> "instructions: " + instructions.size());
    assertTrue(
        instructions.stream().anyMatch(it -> it.op() instanceof Op.Concatenate),
        "neighbours are slices");
    assertEquals(
        3 * 1000 - 2,
        SparsityPattern.of(ode.field().graph(), 0, 1).count(),
        "the Jacobian is seen to have three diagonals");
    double[] y = IntStream.rangeClosed(1, 1000).mapToDouble(i -> (double) i * i).toArray();
    double[] inner = Arrays.copyOfRange(ode.derivative(0, y), 1, 998);
    for (double value : inner) {
      assertEquals(2 * 2 * 1001.0 * 1001, value, 1e-4);
    }
  }

  @Test
  void itsTextIsReadBack() {
    Ode heat = Ode.parse(HEAT);
    assertEquals(
        """
        4 states, 1 parameter
          u[i]' = k*(u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..n
          boundary u = 0
          param k = 2
          const n = 4, h = 0.2
          init u[i] = sin(pi*i*h), u[2] = 5"""
            .indent(0)
            .stripTrailing(),
        heat.withInitial("u[2]", 5).toString());
    String[] lines = heat.withInitial("u[2]", 5).toString().split("\n", 2);
    assertEquals(heat.withInitial("u[2]", 5).toString(), lines[0] + "\n" + body(lines[1]));
  }

  private static String body(String lines) {
    return Ode.parse(lines).toString().split("\n", 2)[1];
  }

  @Test
  void typeset() {
    assertEquals(
        """
        \\begin{aligned}
        u_{i}'' &= u_{i - 1} - 2\\,u_{i} + {u_{i + 1}}^{2} + \\sum_{j = 1}^{n} \\left(u_{j} + v_{2}\\right),\\quad i = 1, \\ldots, n \\\\
        {v_{1}}_{k}' &= \\underbrace{-{v_{1}}_{k}}_{\\text{stiff}} + \\overline{u},\\quad k = 0, \\ldots, 2 \\\\
        v_{2}' &= 1 \\\\
        u_{0} &= \\sin\\left(t\\right),\\quad u_{5} = u_{4} \\\\
        u_{0}' &= 0,\\quad u_{5}' = 0 \\\\
        {v_{1}}_{i + 3} &= {v_{1}}_{i} \\\\
        &u_{i} \\leftarrow -u_{i},\\quad v_{2} \\leftarrow 0\\quad\\text{where } u_{2} = 1\\text{ falling} \\\\
        u_{i}(0) &= i,\\quad u_{i}'(0) = 0,\\quad v_{1}(0) = 3,\\quad {v_{1}}_{1}(0) = 4,\\quad v_{2}(0) = 1 \\\\
        {v_{1}}_{2}(0) &= 7 \\\\
        n &= 4
        \\end{aligned}"""
            .replace(
                "v_{2}(0) = 1 \\\\\n{v_{1}}_{2}(0) &= 7", "{v_{1}}_{2}(0) = 7 \\\\\nv_{2}(0) &= 1")
            .indent(0)
            .stripTrailing(),
        Ode.parse(
                """
                u[i]'' = u[i-1] - 2*u[i] + u[i+1]^2 + sum(u[j] + v2 for j in 1..n) for i in 1..n
                v1[k]' = stiff(-v1[k]) + mean(u) for k in 0..2
                v2' = 1
                boundary u = sin(t), insulated
                boundary u' = 0
                boundary v1 periodic
                event u[2] = 1 falling: u[i] = -u[i], v2 = 0
                init u[i] = i, u[i]' = 0, v1 = 3, v1[1] = 4, v2 = 1
                const n = 4
                """)
            .withInitial("v1[2]", 7)
            .latex());
  }

  @Test
  void aLayerFromJavaToo() {
    Map<String, odeum.nn.Layer> layers = Map.of("g", odeum.nn.Linear.of(1, 1));
    Ode ode = Ode.parse("", "u[i]' = g(u[i]) for i in 1..2\ninit u = 1\nnet g = {linear}", layers);
    assertEquals(ode.net("g").apply(4), ode.derivative(0, 3, 4)[1], 1e-15);
  }
}
