package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import odeum.equation.Ode;
import odeum.solver.Solution;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code input u = {series}} in a notebook. */
class InputMagicTest {
  private static Notebook notebook;

  private static final String ROOM =
      """
      %%ode room
      x' = k*(u - x)
      input u = {outside}
      param k = 0.5
      init x = 20\
      """;

  @BeforeAll
  static void open() {
    notebook = new Notebook();
    Magics.IMPORTS.forEach(name -> notebook.java("import " + name + ";"));
    notebook.java(
        "TimeSeries outside = TimeSeries.of(0, 2, 5).and(\"degrees\", 10, 14, 8);"
            + "var table = Tables.of(outside);"
            + "var wide = Tables.of(outside.and(\"rain\", 0, 1, 2));"
            + "var backward = Tables.of(outside).sortDescendingOn(\"t\");"
            + "String word = \"a\"; TimeSeries none = null;");
  }

  @BeforeEach
  void define() {
    notebook.run(ROOM);
    notebook.outputs.clear();
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  private static String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  @Test
  void theCellShowsIt() {
    notebook.run(ROOM);
    String text = notebook.outputs.getLast().text();
    assertTrue(text.contains("\n  input u: {outside}, 3 points from 0 to 5"), text);
    String latex = notebook.outputs.getLast().data().get("text/latex").toString();
    assertTrue(latex.contains("u &= \\text{\\{outside\\}, 3 points from 0 to 5}"), latex);
  }

  @Test
  void aTableIsTakenAsTrainTakesIt() {
    Solution first = (Solution) notebook.run("%solve room -o sol -q");
    notebook.run(ROOM.replace("outside", "table"));
    Solution second = (Solution) notebook.run("%solve room -o sol2 -q");
    assertArrayEquals(first.values("x"), second.values("x"));
    assertEquals(5, second.times()[199]);
  }

  @Test
  void itIsFittedThrough() {
    notebook.run("%solve room -p k=0.8 --saveat 12 --rtol 1e-9 -o data -q");
    notebook.run("%train room -d data --epochs 60 -o fit -q");
    TrainingResult<Ode> fit = notebook.value("fit");
    assertEquals(0.8, fit.parameter("k"), 1e-5);
    Solution again = (Solution) notebook.run("%solve fit.model() -o sol -q");
    assertEquals(5, again.times()[199]);
  }

  @Test
  void leavingTheDataIsRefusedByEveryMagic() {
    String why = "The input u is known from t = 0 to 5, but the solve goes from 0 to 9.";
    notebook.run(ROOM + "\ntime 0 .. 9");
    for (String line :
        new String[] {
          "%solve room",
          "%solve room --ensemble 3",
          "%solve room --sweep k=1:2:0.5",
          "%solve room --compare tsit5,dopri5",
          "%gradient room --of last(x) --wrt k"
        }) {
      String message = message(line);
      assertTrue(message.contains(why), line + ": " + message);
      assertTrue(message.contains("-t 0 5"), message);
    }
    notebook.run("%solve room -t 0 5 -q");
    notebook.java("TimeSeries later = TimeSeries.of(0, 9).and(\"x\", 20, 12);");
    assertTrue(message("%train room -d later --epochs 2").contains(why));
  }

  @Test
  void mistakesStandUnderTheBraces() {
    String where = "\n  input u = {%s}\n            %s";
    assertEquals(
        "%%ode room, line 2: Which column of the series is u? It has degrees rain. Name the input"
            + " like one, or take one: {….select(List.of(\"degrees\"))}"
            + where.formatted("wide", "^".repeat(6)),
        message(ROOM.replace("outside", "wide")));
    assertEquals(
        "%%ode room, line 2: input u = {…} needs a TimeSeries, a Solution or a Table, got String."
            + where.formatted("word", "^".repeat(6)),
        message(ROOM.replace("outside", "word")));
    String backward = message(ROOM.replace("outside", "backward"));
    assertTrue(backward.contains("increase strictly"), backward);
    assertTrue(backward.endsWith(where.formatted("backward", "^".repeat(10))), backward);
    String none = message(ROOM.replace("outside", "none"));
    assertTrue(none.contains("needs a TimeSeries, a Solution or a Table; 'none' is null"), none);
    assertTrue(message(ROOM.replace("outside", "missing")).contains("missing"));
  }

  @Test
  void systemsListIt() {
    String table = notebook.cell("%systems");
    assertTrue(table.lines().findFirst().orElseThrow().contains("inputs"), table);
    assertTrue(
        table.lines().anyMatch(line -> line.matches("room +x +k=0\\.5 +u +0 \\.\\. 5")), table);
  }

  @Test
  void itsWordIsCompleted() {
    String cell = "x' = u\ninp";
    assertTrue(
        EquationHelp.candidates(cell, cell.length())
            .collect(Collectors.toList())
            .contains("input"));
    String naming = "x' = u\ninput ";
    assertEquals(0, EquationHelp.candidates(naming, naming.length()).count());
  }
}
