package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Activation;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Networks inside equations. */
class NetTest {
  private static final String BODY =
      """
      x' = a*x - f(x, y)*x
      (u'', v') = g(2*x, sin(t))
      y' = -y + max(f(x/2, 1), r)
      let (p, q) = g(x, t)
      let r = f(p, q)^2
      param a = 1
      net f = mlp(2, 4, 3, 1, sigmoid), g = mlp(2, 5, 2, tanh, relu)
      init x = 1, y = a, u = 0, u' = 0, v = 1
      time 0 .. 1
      """;

  private static final Ode SYSTEM = Ode.parse("mixed", BODY);

  @Test
  void weightsAreParametersBehindTheNumbers() {
    assertEquals(
        List.of(
            "a",
            "f.0.weight",
            "f.0.bias",
            "f.2.weight",
            "f.2.bias",
            "f.4.weight",
            "f.4.bias",
            "g.0.weight",
            "g.0.bias",
            "g.2.weight",
            "g.2.bias"),
        SYSTEM.parameters().names());
    assertEquals(List.of("a"), SYSTEM.numbers());
    assertEquals(List.of("f", "g"), SYSTEM.nets());
    assertEquals(
        1 + (8 + 4) + (12 + 3) + (3 + 1) + (10 + 5) + (10 + 2), SYSTEM.parameters().size());
  }

  /** The system in Java, with the networks as plain functions. */
  private static double[] expected(Ode ode, double t, double x, double uPrime, double y) {
    NetFunction f = ode.net("f");
    NetFunction g = ode.net("g");
    double[] forces = g.applyAll(2 * x, Math.sin(t));
    double[] lets = g.applyAll(x, t);
    double r = f.apply(lets) * f.apply(lets);
    return new double[] {
      ode.value("a") * x - f.apply(x, y) * x,
      uPrime,
      forces[0],
      forces[1],
      -y + Math.max(f.apply(x / 2, 1), r)
    };
  }

  @Property(tries = 100)
  void callsMayStandAnywhereInFormulas(
      @ForAll @DoubleRange(min = -3, max = 3) double t,
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y,
      @ForAll @IntRange(max = 5) int seed) {
    Ode ode = large(SYSTEM.withNetSeed(seed));
    assertArrayEquals(expected(ode, t, x, 0.7, y), ode.derivative(t, x, 2, 0.7, 3, y), 1e-12);
  }

  /** The system with larger weights, so that its nets say something. */
  private static Ode large(Ode ode) {
    double[] flat = ode.parameterValues().toArray();
    for (int i = 1; i < flat.length; i++) {
      flat[i] = 3 * flat[i] + 0.1 * i / flat.length;
    }
    return ode.withParameters(Tensor.vector(flat));
  }

  @Test
  void anUntrainedNetIsSmallButNotZero() {
    Ode ode = Ode.parse("net f = mlp(2, 16, 16, 1, tanh)\nx' = f(x, t)\ninit x = 1");
    for (int seed = 0; seed < 20; seed++) {
      double value = ode.withNetSeed(seed).derivative(1, 2)[0];
      assertTrue(Math.abs(value) < 0.3 && value != 0, "seed %s: %s".formatted(seed, value));
    }
  }

  @Test
  void seedsDecideTheWeights() {
    assertEquals(SYSTEM.parameterValues(), Ode.parse(BODY).parameterValues());
    assertEquals(SYSTEM.parameterValues(), SYSTEM.withNetSeed(0).parameterValues());
    assertNotEquals(SYSTEM.parameterValues(), SYSTEM.withNetSeed(1).parameterValues());
    Parameters drawn = SYSTEM.start(RandomKey.of(5));
    assertEquals(SYSTEM.withNetSeed(5).parameterValues(), drawn.flat());
    Ode trained = SYSTEM.withParameters(drawn.flat()).with("a", 2);
    assertEquals(
        drawn.with("a", 2), trained.start(RandomKey.of(6)), "set weights are not drawn again");
    Ode seeded = SYSTEM.withNetSeed(3);
    assertEquals(seeded.parameterValues(), seeded.start(RandomKey.of(6)).flat());
  }

  @Test
  void severalValuesOfACallAreComputedOnce() {
    assertEquals(2, products("(x', y') = g(x, t)"));
    assertEquals(2, products("let (p, q) = g(x, t)\nx' = p\ny' = q"));
    assertEquals(4, products("let (p, q) = g(x, t)\nlet (v, w) = g(y, t)\nx' = p\ny' = w"));
  }

  private static long products(String lines) {
    Ode ode = Ode.parse(lines + "\ninit x = 1, y = 1\nnet g = mlp(2, 4, 2)");
    return ode.field().graph().instructions().stream()
        .filter(instruction -> instruction.op() instanceof Op.MatrixMultiply)
        .count();
  }

  @Test
  void aLayerFromJava() {
    Layer layer = Chain.of(Linear.of(2, 3), Activation.TANH, Linear.of(3, 1));
    String body = "net f = {Chain.of(a, b[\"{}\"])}\nx' = f(x, t)\ninit x = 1";
    assertEquals(Map.of("f", "Chain.of(a, b[\"{}\"])"), Ode.layerExpressions(body));
    Ode ode = Ode.parse("", body, Map.of("f", layer));
    Parameters start = layer.initial(RandomKey.of(0).fold(0));
    assertEquals(start.flat(), ode.parameterValues());
    assertEquals(NetFunction.of(layer, start).apply(2, 0.5), ode.derivative(0.5, 2)[0]);
    assertTrue(ode.toString().contains("\n  net f: {Chain.of(a, b[\"{}\"])}, 13 parameters\n"));
    assertTrue(ode.latex().contains("\\text{\\{Chain.of(a, b[\"\\{\\}\"])\\}}"), ode.latex());
  }

  @Test
  void aNetMayBeReplaced() {
    Ode other = SYSTEM.withNet("f", Mlp.of(Activation.RBF, 2, 3, 1));
    assertEquals(13, other.net("f").parameters().size());
    assertEquals(SYSTEM.net("g").parameters(), other.net("g").parameters());
    assertTrue(other.toString().contains("net f: mlp(2, 3, 1, rbf), 13 parameters"));
    Ode constant = SYSTEM.withNet("f", new Sum());
    assertEquals(0, constant.net("f").parameters().size());
    assertEquals(3 - (3 + 5) * 3, constant.derivative(0, 3, 0, 0, 0, 5)[0]);
    assertEquals(
        "mixed has no net 'ff'. Known: f g. Did you mean 'f'?",
        message(() -> SYSTEM.withNet("ff", new Sum())));
    assertTrue(
        message(() -> SYSTEM.withNet("f", Linear.of(3, 1)))
            .startsWith(
                "mixed, line 1: f does not take 2 values, f = linear(3, 1): linear(3, 1) needs 3"));
    assertTrue(
        message(() -> SYSTEM.withNet("g", Linear.of(2, 3)))
            .startsWith("mixed, line 2: g gives 3 values, but 2 are taken: g = linear(2, 3).\n"));
  }

  /** A layer without parameters. */
  private record Sum() implements Layer {
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.EMPTY;
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      return x.sum();
    }
  }

  private static String message(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void weightsAreNoNumbersOfTheirOwn() {
    assertEquals(
        "mixed has no parameter or constant 'f'. Known: a.", message(() -> SYSTEM.with("f", 1)));
    assertEquals(
        "mixed has no parameter or constant 'f.0.bias'. Known: a.",
        message(() -> SYSTEM.value("f.0.bias")));
    assertTrue(
        message(() -> SYSTEM.withParameters(Tensor.vector(1, 2)))
            .startsWith("mixed has 59 parameters (a f.0.weight"));
  }

  @Test
  void letsThatComeFromNetsAreSaved() {
    Solution solution = Integrator.of(Solvers.tsit5()).solve(SYSTEM);
    double[] lets = SYSTEM.net("g").applyAll(solution.last("x"), 1);
    assertEquals(lets[0], solution.last("p"), 1e-12);
    assertEquals(lets[1], solution.last("q"), 1e-12);
  }

  @Test
  void inWords() {
    assertEquals(
        """
        mixed: 5 states, 1 parameter, 2 nets
          x' = a*x - f(x, y)*x
          (u'', v') = g(2*x, sin(t))
          y' = -y + max(f(x/2, 1), r)
          let (p, q) = g(x, t)
          let r = f(p, q)^2
          net f: mlp(2, 4, 3, 1, sigmoid), 31 parameters
          net g: mlp(2, 5, 2, tanh, relu), 27 parameters
          param a = 1
          init x = 1, u = 0, u' = 0, v = 1, y = a
          time 0 .. 1""",
        SYSTEM.toString());
  }

  @Test
  void typeset() {
    Ode ode =
        Ode.parse(
            """
            (x', y') = f1(x, 2)
            z' = eta(x/2)
            net f1 = mlp(2, 2), eta = mlp(1, 1)
            init x = 1, y = 2, z = 3
            """);
    assertEquals(
        """
        \\begin{aligned}
        \\left(x', y'\\right) &= {f_{1}}_{\\theta}\\left(x, 2\\right) \\\\
        z' &= \\eta_{\\theta}\\left(\\frac{x}{2}\\right) \\\\
        {f_{1}}_{\\theta} &= \\text{mlp(2, 2, tanh)} \\\\
        \\eta_{\\theta} &= \\text{mlp(1, 1, tanh)} \\\\
        x(0) &= 1,\\quad y(0) = 2,\\quad z(0) = 3
        \\end{aligned}""",
        ode.latex());
  }

  @Test
  void theJavaMakesTheSameSystem() {
    Ode plain = large(SYSTEM).with("a", 0.1);
    Ode layered =
        Ode.parse(
                "",
                BODY.replace("mlp(2, 5, 2, tanh, relu)", "{odeum.nn.Linear.of(2, 2)}"),
                Map.of("g", Linear.of(2, 2)))
            .withNetSeed(7);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.eval("import odeum.equation.Ode;");
      shell.eval("import odeum.tensor.Tensor;");
      shell.eval("import java.util.Map;");
      for (Ode ode : List.of(plain, layered)) {
        var events = shell.eval("var ode = " + ode.code() + ";");
        assertEquals(List.of(), shell.diagnostics(events.getFirst().snippet()).toList());
        String value =
            shell
                .eval("java.util.Arrays.toString(ode.derivative(0.5, 1, 2, 3, 4, 5))")
                .getFirst()
                .value();
        assertEquals('"' + Arrays.toString(ode.derivative(0.5, 1, 2, 3, 4, 5)) + '"', value);
      }
    }
  }
}
