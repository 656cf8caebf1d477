package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.plot.MimeBundle;
import odeum.solver.Result;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolveMagicTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define() {
    notebook.run(
        """
        %%ode lotka
        x' = a*x - b*x*y            # prey
        y' = -c*y + d*x*y
        param a = 1.5, b = 1
        const c = 3, d = 1
        init  x = 1, y = 1
        time  0 .. 10
        let   r = x*y\
        """);
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  @Test
  void showsAFigureAndOneLineOfStatistics() {
    String line = notebook.cell("%solve lotka -o sol");
    assertTrue(
        line.matches(
            "lotka · tsit5 · \\d+ steps \\(\\d+ rejected\\) · \\d+ evaluations · [\\d.]+ ms ·"
                + " success"),
        line);
    assertEquals(2, notebook.outputs.size());
    MimeBundle figure = notebook.outputs.getFirst();
    assertTrue(figure.data().containsKey(MimeBundle.PLOTLY));
    assertTrue(figure.data().containsKey(MimeBundle.SVG));
    Solution solution = notebook.value("sol");
    assertEquals(200, solution.size());
    assertEquals(solution.last("x") * solution.last("y"), solution.last("r"), 1e-12);
  }

  @Test
  void aGridIsDrawnAsColoursOverTimeAndIndex() {
    notebook.run(
        """
        %%ode heat
        u[i]' = u[i-1] - 2*u[i] + u[i+1] + x for i in 0..n
        v[i]'' = -u[i] for i in 1..4
        x' = -x
        boundary u insulated
        init u = 0, u[2] = 1, v[i] = i, v[i]' = 0, x = 1
        const n = 200
        time 0 .. 2\
        """);
    notebook.outputs.clear();
    notebook.run("%solve heat --code -o sol");
    assertEquals(
        List.of(
            "Figure: heat: u, 1 heat map over t (u)",
            "Figure: heat: v, 1 heat map over t (v)",
            "Figure: heat: v', 1 heat map over t (v')",
            "Figure: heat, 1 line over t (x)"),
        notebook.outputs.subList(0, 4).stream().map(MimeBundle::text).toList());
    String code = notebook.outputs.getLast().text();
    assertTrue(code.contains("\nCharts.grid(\"heat\", sol, \"u\").figure();\n"), code);
    assertTrue(code.endsWith("\nCharts.time(\"heat\", sol).figure()"), code);
    assertEquals("Figure: sol: u, 1 heat map over t (u)", notebook.cell("%plot sol u"));
    assertEquals("Figure: sol, 1 line over t (u[2])", notebook.cell("%plot sol u[2]"));
    int svg = notebook.outputs.getFirst().data().get(MimeBundle.SVG).toString().length();
    assertTrue(svg < 900_000, () -> "characters: " + svg);
  }

  @Test
  void theVariableHasItsTypeSoThatJavaCanUseIt() {
    notebook.run("%solve lotka -o sol -q");
    notebook.java("double end = sol.last(\"x\");");
    assertEquals(notebook.<Solution>value("sol").last("x"), notebook.<Double>value("end"));
  }

  @Test
  void quietShowsNothing() {
    notebook.run("%solve lotka -q --code");
    notebook.run("%solve lotka;");
    assertTrue(notebook.outputs.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lotka",
        "lotka -t 0 20 -s dopri5 --rtol 1e-8",
        "lotka -p a=2*k,c=1/3 --y0 x=-1.5,y=2e-3 -t 0 1",
        "lotka -s rk4 --dt 0.01 --saveat 11",
        "lotka -s Solvers.rk4() --dt 0.05",
        "lotka --saveat 0,0.5,10 --max-steps 500",
        "lotka --saveat steps -s bosh3 --atol 1e-4",
        "lotka --saveat dense -t 10 0",
        "lotka -s commons:gbs --rtol 1e-8",
        "lotka -s commons:rk4 --dt 0.01",
        "plain",
        "plain --y0 x=3",
        "field --y0 u=1,v=0 -t 0 1",
        "circle --y0 u=1,v=0 -t 0 1 --plot phase",
      })
  void theCodeItPrintsGivesEqualBits(String arguments) {
    notebook.java("double k = 0.7;");
    notebook.java("import odeum.solver.*; import odeum.tensor.*; import odeum.term.*;");
    notebook.java("import odeum.magics.*;");
    notebook.java(
        "var plain = Problem.of(OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0]), Tensor.vector(1), 0,"
            + " 1).withNames(\"x\");");
    notebook.java("VectorField field = (t, y, p) -> y.times(-0.5);");
    notebook.java(
        """
        class Circle implements org.apache.commons.math3.ode.FirstOrderDifferentialEquations {
          public int getDimension() { return 2; }
          public void computeDerivatives(double t, double[] y, double[] dy) {
            dy[0] = y[1];
            dy[1] = -y[0];
          }
        }\
        """);
    notebook.java("var circle = new Circle();");
    String code = notebook.cell("%solve " + arguments + " -o sol --code");
    Solution solution = notebook.value("sol");
    notebook.java(code.replace("Solution sol =", "Solution again ="));
    Solution again = notebook.value("again");
    assertArrayEquals(solution.times(), again.times());
    for (String name : solution.names()) {
      assertArrayEquals(solution.values(name), again.values(name));
    }
    assertEquals(Result.SUCCESS, solution.result());
    assertTrue(solution.statistics().accepted() > 1);
  }

  @Test
  void everySolverCanBeNamedInJava() {
    for (Solver solver : Solvers.all()) {
      notebook.java("import odeum.solver.Solvers;");
      assertEquals(solver, notebook.value(IntegratorArgument.code(solver)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lotak                | %solve: 'lotak' is not defined. Known: lotka. Did you mean"
            + " 'lotka'?",
        "lotka --sovler rk4   | %solve: unknown option --sovler. Did you mean --solver? (%solve?"
            + " for help)",
        "lotka -p a=2^3       | %solve: -p: '2^3' is read as Java, where ^ is no power. Write 2*2*2"
            + " or Math.pow(2, 3)",
        "lotka -s lotka       | %solve: -s needs a solver, but 'lotka' is none",
        "lotka --saveat step  | %solve: --saveat 'step' is unknown. Did you mean steps?",
        "lotka -s commons:gbs --dt 1 | %solve: commons:gbs chooses its steps by itself. Leave the"
            + " step out, or take rk4 or commons:rk4 for fixed steps.",
        "lotka -s tsti5       | %solve: Unknown solver 'tsti5'. Did you mean 'tsit5'? Known: euler,"
            + " midpoint, heun, ralston, bosh3, rk4, rk4-38, dopri5, tsit5, vern7, dopri8, vern9,"
            + " auto, implicit-euler, implicit-midpoint, trapezoid, kvaerno3, kvaerno5, rodas5p,"
            + " kencarp4, symplectic-euler, verlet, ruth3, yoshida4, yoshida6, alf,"
            + " reversible-heun, commons:rk4, commons:adams, commons:dopri853, commons:gbs.",
        "lotka -o tsit5       | %solve: -o names the variable for the result, but 'tsit5' is a"
            + " value of --solver. Did you mean -s tsit5? (%solve? for help)",
        "lotka -p e=1         | %solve: lotka has no parameter or constant 'e'. Known: a b c d.",
        "lotka --y0 z=1       | %solve: lotka has no state 'z'. States: x y.",
        "lotka -p x=2         | %solve: 'x' is a state, no parameter. Its start value is set by"
            + " --y0 x=2",
        "lotka --y0 a=2       | %solve: 'a' is a parameter, no state. It is set by -p a=2",
        "lotka --saveat ,     | %solve: --saveat needs a number, got nothing",
        "lotka --rtol tight   | %solve: --rtol needs a number, got 'tight': 'tight' is not defined."
            + " Known: lotka.",
        "lotka --rtol -1      | %solve: --rtol needs a number above 0, got -1",
        "lotka --rtol lotka   | %solve: --rtol needs a number, but 'lotka' is a value of type Ode",
        "lotka --dt .1 --rtol 1 | %solve: --dt means fixed steps, which no tolerance governs. Leave"
            + " out --rtol or --dt",
        "lotka -o lotka       | %solve: -o lotka would replace lotka itself. Give another name."
            + " (%solve? for help)",
        "3+4                  | %solve: '3+4' is a value of type Integer, not a system. Define one"
            + " with %%ode, or give a Problem, a VectorField or Commons Math's"
            + " FirstOrderDifferentialEquations.",
        "\"new int[2\"        | %solve: 'new int[2' is not Java: ']' expected",
        "lotka --saveat 1     | %solve: --saveat needs a whole number of at least 2, got 1",
      })
  void saysInOneLineWhatIsWrong(String arguments, String expected) {
    String message = message("%solve " + arguments);
    assertEquals(expected, message);
    assertTrue(notebook.outputs.isEmpty());
  }

  @Test
  void aSolverWithoutErrorEstimateAsksForAStep() {
    assertEquals(
        """
        %solve lotka: rk4 cannot choose its steps by itself.
          try: %solve lotka -s rk4 --dt 0.01\
        """,
        message("%solve lotka -s rk4"));
  }

  @Test
  void aFailedSolveSaysWhereAndKeepsWhatItHas() {
    notebook.run("%%ode blowup\nx' = x^2\ninit x = 1\ntime 0 .. 2");
    String message = message("%solve blowup -o part");
    assertTrue(message.startsWith("%solve blowup: the step size fell below"), message);
    assertTrue(message.contains("the solution up to t = 1 is in the variable part"), message);
    Solution part = notebook.value("part");
    assertFalse(part.result().isSuccess());
    String shown = notebook.cell("%solve blowup --no-raise");
    assertTrue(shown.contains("%solve blowup: the step size fell below"), shown);
  }

  @Test
  void tooFewStepsSuggestsMore() {
    String message = message("%solve lotka --max-steps 10");
    assertTrue(message.contains("try: %solve lotka --max-steps 100"), message);
  }

  @Test
  void notesThatASystemLooksStiff() {
    notebook.run("%%ode vdp\nx' = y\ny' = 1000*(1 - x^2)*y - x\ninit x = 2, y = 0\ntime 0 .. 1");
    String shown = notebook.cell("%solve vdp");
    assertTrue(shown.contains("vdp · tsit5, then rodas5p · "), shown);
    assertTrue(
        shown.matches("(?s).*note: the system looks stiff from t = .*: went over to rodas5p"));
    shown = notebook.cell("%solve vdp -s tsit5");
    assertTrue(shown.contains("vdp · tsit5 · "), shown);
    assertTrue(shown.contains("note: the system looks stiff from t = "), shown);
  }

  @Test
  void aStiffSystemThatFailsGetsASolverForIt() {
    notebook.run("%%ode vdp\nx' = y\ny' = 1000*(1 - x^2)*y - x\ninit x = 2, y = 0\ntime 0 .. 1");
    String message = message("%solve vdp -s dopri5 --max-steps 800 -o sol");
    assertTrue(
        message.matches(
            "%solve vdp: the solve used all its 800 steps at t = [\\d.]+ \\(dopri5; . grew"
                + " fastest\\)\\. The system looks stiff from t = [\\d.]+\\. Take a solver for"
                + " stiff systems, such as rodas5p or kvaerno5\\.\n"
                + "  try: %solve vdp --max-steps 800 -o sol -s rodas5p      the solution up to t ="
                + " [\\d.]+ is in the variable sol"),
        message);
  }

  @Test
  void aNaNIsTracedToTheEquations() {
    notebook.run("%%ode drop\nx' = -1\ny' = log(x - 3)\ninit x = 4, y = 0\ntime 0 .. 2");
    String message = message("%solve drop");
    assertTrue(
        message.matches(
            """
            (?s)%solve drop: the solution is not a finite number after t = 1 \\(tsit5; y grew fastest\\)\\. \
            The first NaN: log of -.* in the equation of y, at t = 1\\. To go on, keep .*\\.
              y' = log\\(x - 3\\)
                   \\^{10}
              try: %solve drop -t 0 0\\.99\
            """),
        message);
  }

  @Test
  void aSolveIsAutomaticUnlessSaidOtherwise() {
    assertTrue(notebook.cell("%solve lotka --code").contains("Integrator.of(Solvers.auto())"));
    String fixed = notebook.cell("%solve lotka --dt 0.01 --code");
    assertTrue(fixed.contains("Integrator.fixed(Solvers.tsit5(), 0.01)"), fixed);
  }

  @Test
  void anInterruptKeepsWhatThereIs() {
    notebook.interrupt = () -> true;
    String message = message("%solve lotka -o part");
    assertTrue(message.contains("interrupted"), message);
    assertEquals(Result.INTERRUPTED, notebook.<Solution>value("part").result());
  }

  @Test
  void helpSaysHowToUseIt() {
    for (String asked :
        new String[] {"%solve?", "%solve ?", "%solve --help", "%solve lotka --help"}) {
      String help = notebook.cell(asked);
      assertTrue(help.contains("-s, --solver SOLVER"), help);
      assertTrue(help.contains("(default auto)"), help);
    }
  }

  @Test
  void solvesAModelTheWayItWasSaved() {
    notebook.java(
        """
        import odeum.graph.*;
        import odeum.model.*;
        import odeum.nn.*;
        import odeum.solver.*;
        import odeum.tensor.*;
        var pendulum =
            Model.of(
                    (t, y, p) ->
                        Tracer.stack(y.get(1), y.get(0).sin().times(p.get("g")).unaryMinus()),
                    2,
                    Parameters.of("g", 9.81))
                .withNames("angle", "speed")
                .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.01));\
        """);
    assertEquals(
        "%solve: pendulum has no time span. Say -t 0 10",
        message("%solve pendulum --y0 angle=1,speed=0"));
    assertEquals(
        "%solve: pendulum does not know where it starts. Say --y0 angle=0,speed=0",
        message("%solve pendulum -t 0 1"));
    String line = notebook.cell("%solve pendulum --y0 angle=1,speed=0 -t 0 1 -p g=1.62 -o moon");
    assertTrue(line.contains("pendulum · rk4 · 100 steps"), line);
    notebook.java(
        """
        double same =
            pendulum.with("g", 1.62).solve(Tensor.vector(1, 0), 0, 1).last("angle");\
        """);
    assertEquals(notebook.<Double>value("same"), notebook.<Solution>value("moon").last("angle"));
    notebook.java("var started = pendulum.withInitial(Tensor.vector(1, 0)).withSpan(0, 1);");
    notebook.run("%solve started -q -o a");
    assertEquals("rk4", notebook.<Solution>value("a").solver());
    notebook.run("%solve started -q -s tsit5 -o b");
    assertEquals("tsit5", notebook.<Solution>value("b").solver());
  }

  @Test
  void aNetMayBeALayerFromJava() {
    notebook.java("var layer = odeum.nn.Linear.of(2, 1);");
    String shown = notebook.cell("%%ode driven\nx' = -x + f(x, t)\nnet f = {layer}\ninit x = 1");
    assertTrue(shown.contains("net f: {layer}, 3 parameters"), shown);
    assertTrue(notebook.cell("%solve driven -t 0 1").contains("success"));
    notebook.java("int layer = 3;");
    String message =
        assertThrows(
                MagicException.class,
                () -> notebook.run("%%ode bad\nx' = f(x)\nnet f = {layer}\ninit x = 1"))
            .getMessage();
    assertTrue(message.startsWith("%%ode: net f = {…} needs a Layer, such as"), message);
  }
}
