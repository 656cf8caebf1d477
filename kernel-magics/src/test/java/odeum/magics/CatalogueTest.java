package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Notebook notebook = new Notebook();

  @AfterEach
  void close() {
    notebook.close();
  }

  private String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  @Test
  void everyMagicHasHelpWithTwoExamplesAndTheCommonOptions() {
    for (Magic magic : Magics.catalogue().magics()) {
      Usage usage = magic.usage();
      String help = notebook.cell(usage.shown() + " --help");
      assertEquals(help, notebook.cell(usage.shown() + "?"));
      assertTrue(help.contains("-o, --output NAME") && help.contains("-q, --quiet"), help);
      assertEquals(2, usage.examples().size(), usage.name());
      for (String line : help.lines().toList()) {
        assertTrue(line.length() <= 110, line);
      }
    }
  }

  @Test
  void listsMagicsSolversAndSystems() {
    assertTrue(notebook.cell("%lsmagic").contains("%%ode NAME"));
    String solvers = notebook.cell("%solvers");
    for (Solver solver : Solvers.all()) {
      assertTrue(solvers.contains(solver.name()), solvers);
    }
    assertTrue(notebook.cell("%systems").startsWith("No system yet."));
    notebook.run("%%ode decay\nx' = -k*x\nparam k = 0.5\ninit x = 1\ntime 0 .. 4");
    assertTrue(notebook.cell("%systems").matches("(?s).*decay +x +k=0.5 +0 \\.\\. 4.*"));
  }

  @Test
  void anOdeIsTypesetAndDeclared() {
    notebook.run("%%ode decay\nx' = -k*x\nparam k = 0.5\ninit x = 1");
    MimeBundle shown = notebook.outputs.getLast();
    assertTrue(shown.data().get("text/latex").toString().startsWith("$$\\begin{aligned}"));
    assertTrue(shown.text().startsWith("decay: 1 state, 1 parameter"), shown.text());
    assertFalse(shown.data().containsKey("text/html"));
    notebook.java("double slope = decay.derivative(0, 4)[0];");
    assertEquals(-2, notebook.<Double>value("slope"));
  }

  @Test
  void anOdesCodeMakesTheSameSystem() {
    String code =
        notebook.cell("%%ode decay --code\nx' = -k*x   # slow\nparam k = 0.5\ninit x = 1");
    notebook.java("import odeum.equation.*;");
    notebook.java(code.replace("Ode decay", "Ode again"));
    assertEquals(notebook.value("decay").toString(), notebook.<Ode>value("again").toString());
  }

  @Test
  void aMistakeInAnEquationIsShownWithACaret() {
    assertEquals(
        """
        %%ode lotka, line 2: 'dd' is not defined. Known: a b c d x y t. Did you mean 'd'?
          y' = -c*y + dd*x*y
                      ^^\
        """,
        message(
            "%%ode lotka\n"
                + "x' = a*x - b*x*y\n"
                + "y' = -c*y + dd*x*y\n"
                + "param a=1,b=1\n"
                + "const c=3,d=1\n"
                + "init x=1,y=1"));
    assertEquals(
        "%%ode: a system needs the name of a Java variable, got '2x'", message("%%ode 2x\nx'=1"));
  }

  @Test
  void aMisspeltMagicIsNamed() {
    assertEquals(
        "There is no magic %slove. Did you mean %solve? (%lsmagic lists them)",
        message("%slove x"));
  }
}
