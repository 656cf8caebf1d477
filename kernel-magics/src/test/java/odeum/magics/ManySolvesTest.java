package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.plot.MimeBundle;
import odeum.plot.Tables;
import odeum.solver.Ensemble;
import odeum.solver.Solution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

/** {@code %solve} with {@code --compare}, {@code --sweep} and {@code --ensemble}. */
class ManySolvesTest {
  private static final String IMPORTS =
      "import java.util.*; import odeum.model.*; import odeum.solver.*; import odeum.tensor.*;"
          + " import odeum.magics.*;";

  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define() {
    notebook.run(
        """
        %%ode lotka
        x' = a*x - b*x*y
        y' = -c*y + d*x*y
        param a = 1.5, b = 1
        const c = 3, d = 1
        init  x = 1, y = 1
        time  0 .. 10\
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
  void compareShowsADiagramAndATable() {
    String text = notebook.cell("%solve lotka --compare tsit5,dopri8,rk4,commons:gbs -o c");
    assertEquals(2, notebook.outputs.size());
    assertTrue(notebook.outputs.getFirst().data().containsKey(MimeBundle.SVG));
    assertTrue(
        text.lines().findFirst().orElseThrow().matches("solver +tolerance or step +.*"), text);
    assertTrue(text.contains(" with rtol 1e-12, atol 1e-15"), text);
    Comparison comparison = notebook.value("c");
    assertEquals("success", comparison.row("rk4").result());
    // rk4 with a step of 0.05 and tsit5 with rtol 1e-6, against values from another program.
    assertTrue(comparison.row("tsit5").error() < 1e-4, comparison.toString());
    assertTrue(comparison.row("tsit5").error() > 1e-9, comparison.toString());
    Table table = Tables.of(comparison);
    assertEquals(4, table.rowCount());
    assertEquals("dopri8", table.stringColumn("solver").get(1));
    var curve = comparison.points("tsit5");
    assertEquals(8, curve.size());
    for (int i = 1; i < curve.size(); i++) {
      assertTrue(curve.get(i).evaluations() > curve.get(i - 1).evaluations());
    }
    assertTrue(curve.getLast().error() < 1e-3 * curve.getFirst().error());
    assertTrue(comparison.points("dopri8").getLast().error() < 1e-6);
  }

  @Test
  void compareIsAMagicOfItsOwn() {
    String text = notebook.cell("%compare lotka tsit5 euler --rtol 1e-8 -o c");
    assertTrue(text.contains("rtol 1e-8") && text.contains("h 0.05"), text);
    notebook.run("%compare lotka -q -o d");
    assertTrue(notebook.<Comparison>value("d").solvers().contains("tsit5"));
  }

  @Test
  void aSolverThatFailsIsARow() {
    notebook.run("%%ode vdp\nx' = y\ny' = 1000*(1 - x^2)*y - x\ninit x = 2, y = 0\ntime 0 .. 1");
    String text = notebook.cell("%solve vdp --compare tsit5,euler --max-steps 5000 -o c");
    Comparison comparison = notebook.value("c");
    assertTrue(comparison.row("euler").result().startsWith("the solution is not finite"), text);
    assertTrue(Double.isNaN(comparison.row("euler").error()));
    assertTrue(Double.isFinite(comparison.row("tsit5").error()), text);
  }

  @Test
  void sweepShowsAFamilyAndKeepsItsValues() {
    String line = notebook.cell("%solve lotka --sweep a=1:3:0.5 -o s");
    assertTrue(line.matches("lotka · 5 solves · tsit5 · .* · all success · .*"), line);
    assertEquals(2, notebook.outputs.size());
    SweepSolution sweep = notebook.value("s");
    assertArrayEquals(new double[] {1, 1.5, 2, 2.5, 3}, sweep.values("a"));
    notebook.run("%solve lotka -p a=2.5 -q -o alone");
    Solution alone = notebook.value("alone");
    assertArrayEquals(alone.values("x"), sweep.get(3).values("x"));
    assertEquals(alone.last("y"), sweep.last("y")[3]);
  }

  @Test
  void manyValuesAreAsOneWouldWriteThemAndTheLegendNamesSome() {
    notebook.run("%solve lotka --sweep a=1:3:0.1 -o s");
    assertEquals(1.7, notebook.<SweepSolution>value("s").values("a")[7]);
    assertEquals(3, notebook.<SweepSolution>value("s").values("a")[20]);
    String plotly = notebook.outputs.getFirst().data().get(MimeBundle.PLOTLY).toString();
    assertEquals(
        1 + 7, plotly.split("showlegend=true", -1).length - 1, "the figure's and 7 lines'");
    assertEquals(35, plotly.split("showlegend=false", -1).length - 1);
  }

  @Test
  void sweepTakesSeveralNamesAndStartValues() {
    notebook.run("%solve lotka --sweep a=1,2,x(0)=0.5:1.5:0.5 -q -o s");
    SweepSolution sweep = notebook.value("s");
    assertArrayEquals(new double[] {1, 1, 1, 2, 2, 2}, sweep.values("a"));
    assertArrayEquals(new double[] {0.5, 1, 1.5, 0.5, 1, 1.5}, sweep.values("x"));
    assertEquals(1.5, sweep.get(5).values("x")[0]);
    assertEquals("a = 2, x = 1.5", sweep.label(5));
  }

  @Test
  void ensembleShowsAFan() {
    String line = notebook.cell("%solve lotka --ensemble 50 --seed 3 -o e");
    assertTrue(line.matches("lotka · 50 solves · tsit5 · .* · all success · .*"), line);
    MimeBundle figure = notebook.outputs.getFirst();
    String svg = figure.data().get(MimeBundle.SVG).toString();
    assertEquals(4, svg.split("fill-opacity=\"0.22\"", -1).length - 1, svg);
    Ensemble ensemble = notebook.value("e");
    assertEquals(50, ensemble.size());
    double[] middle = ensemble.quantile(0.5, "x");
    double[] low = ensemble.quantile(0.05, "x");
    assertTrue(low[10] < middle[10]);
    notebook.run("%solve lotka --ensemble 50 --seed 4 -q -o f");
    assertFalse(ensemble.last("x")[0] == notebook.<Ensemble>value("f").last("x")[0]);
    notebook.run("%solve lotka --ensemble 50 --seed 3 --vary parameters -q -o g");
    assertEquals(1, notebook.<Ensemble>value("g").get(7).values("x")[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lotka --sweep a=1:2:0.25 -t 0 5 -s dopri5",
        "lotka --sweep a=1,2,x=1,2 -p b=2 --saveat 11",
        "lotka --ensemble 5 --seed 3 --vary y0,parameters --spread 0.05 --rtol 1e-8",
        "lotka --ensemble 3 -t 0 5 --y0 x=3",
        "lotka --compare tsit5,rk4 -t 0 5 --rtol 1e-7",
      })
  void theCodeItPrintsGivesEqualBits(String arguments) {
    notebook.java(IMPORTS);
    String code = notebook.cell("%solve " + arguments + " -o r --code");
    Object first = notebook.value("r");
    notebook.java(code.replaceFirst(" r =", " again ="));
    Object again = notebook.value("again");
    switch (first) {
      case Ensemble e -> assertArrayEquals(e.last("x"), ((Ensemble) again).last("x"));
      case SweepSolution s -> assertArrayEquals(s.last("x"), ((SweepSolution) again).last("x"));
      case Comparison c -> {
        assertEquals(c.solvers(), ((Comparison) again).solvers());
        assertEquals(c.row("rk4").error(), ((Comparison) again).row("rk4").error());
      }
      default -> throw new AssertionError(first);
    }
  }

  @Test
  void theResultHasItsOwnType() {
    Catalogue catalogue = Magics.catalogue();
    assertEquals(Solution.class.getName(), catalogue.resultType("solve", "lotka"));
    assertEquals(
        SweepSolution.class.getName(), catalogue.resultType("solve", "lotka --sweep a=1,2"));
    assertEquals(Ensemble.class.getName(), catalogue.resultType("solve", "lotka --ensemble 5"));
    assertEquals(
        Comparison.class.getName(), catalogue.resultType("solve", "lotka --compare rk4,tsit5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lotka --swep a=1,2    | %solve: unknown option --swep. Did you mean --sweep? (%solve? for"
            + " help)",
        "lotka --sweep 1:2:1   | %solve: --sweep needs a name and values, as in a=1:3:0.5 or"
            + " a=1,2,5; got '1:2:1'",
        "lotka --sweep a=3:1:1 | %solve: --sweep '3:1:1' holds no value: steps of 1 do not lead"
            + " from 3 to 1",
        "lotka --sweep a=1:3   | %solve: --sweep '1:3' is no range. Write from:to:step, as in"
            + " 1:3:0.5",
        "lotka --sweep q=1,2   | %solve: There is no parameter, constant or state 'q'. Known: a b c"
            + " d x y.",
        "lotka --sweep a=1,2 --ensemble 3 | %solve: --sweep and --ensemble do not go together. Take"
            + " one of them",
        "lotka --seed 3        | %solve: --seed belongs to --ensemble N",
        "lotka --compare tsit5,tsit5 | %solve: tsit5 is to be compared twice.",
      })
  void saysInOneLineWhatIsWrong(String arguments, String expected) {
    assertEquals(expected, message("%solve " + arguments));
  }

  @Test
  void aMisspeltSolver() {
    String start = "'tsit6' is unknown. Did you mean tsit5? Known: euler midpoint heun";
    String message = message("%solve lotka --compare tsit6");
    assertTrue(message.startsWith("%solve: --compare " + start), message);
  }

  @Test
  void aMisspeltOptionOfCompare() {
    assertEquals(
        "%compare: unknown option --rtoll. Did you mean --rtol? (%compare? for help)",
        message("%compare lotka --rtoll 1"));
  }

  @Test
  void aSolveThatCannotGoOnSuggestsToEndBefore() {
    notebook.run("%%ode blowup\nx' = x^2\ninit x = 1\ntime 0 .. 2");
    String message = message("%solve blowup -o part");
    assertTrue(message.contains("try: %solve blowup -o part -t 0 0.99"), message);
    notebook.run("%solve blowup -o part -t 0 0.99 -q");
    assertTrue(notebook.<Solution>value("part").result().isSuccess());
  }

  @Test
  void solversAreListedByFamily() {
    String text = notebook.cell("%solvers");
    assertTrue(text.contains("\nexplicit\n  euler "), text);
    assertTrue(text.contains("\nblack boxes of Commons Math\n  commons:rk4 "), text);
    assertFalse(text.contains("others"), text);
  }
}
