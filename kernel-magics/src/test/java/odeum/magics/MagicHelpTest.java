package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import odeum.equation.Ode;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicHelpTest {
  private static final Ode LOTKA =
      Ode.parse("x' = a*x - x*y\ny' = x*y - b*y\nparam a = 1\nconst b = 2\ninit x = 1, y = 1")
          .withSpan(0, 1);
  private static final Map<String, Object> VALUES =
      Map.of("lotka", LOTKA, "sol", Integrator.of(Solvers.tsit5()).solve(LOTKA, 0, 1));

  private final CellHelp help = ServiceLoader.load(CellHelp.class).findFirst().orElseThrow();

  @BeforeEach
  void connect() {
    MagicHelp.connect(
        () ->
            List.of(
                new KernelPort.Variable("lotka", "odeum.equation.Ode"),
                new KernelPort.Variable("sol", "Solution"),
                new KernelPort.Variable("fit", "odeum.train.TrainingResult<odeum.equation.Ode>"),
                new KernelPort.Variable("k", "double")),
        VALUES::get);
  }

  @AfterEach
  void disconnect() {
    MagicHelp.connect(List::of, name -> null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%so                     | %solve %solvers",
        "%od                     | %%ode",
        "%%o                     | %%ode",
        "%solve lo               | lotka",
        "%solve lotka --rt       | --rtol",
        "%solve lotka -s ts      | tsit5",
        "%solve lotka --solver=ts | --solver=tsit5",
        "%solve lotka --plot time,ph | time,phase",
        "%train lotka -O l       | lbfgs lm",
        "%train lotka -d so      | sol",
        "%plot f                 | fit",
        "%plot lo                | lotka",
        "%plot sol --ki          | --kind",
        "%plot sol --kind hi     | histogram",
        "%plot sol --theme d     | dark",
        "%solve lotka -q lo      | lotka",
        "%nothing x              | ''",
        "%                       | %compare %data %envinfo %gradient %lsmagic %%ode %plot %share"
            + " %solve %solvers %systems %train",
        "%train lotka -d hudson  | hudson-bay",
        "%train lotka -d hudson-bay --columns x=l | x=lynx",
        "%train lotka -d hudson-bay --columns x=hare, | x=hare,x= x=hare,y=",
        "%train lotka -d hudson-bay --time y | year",
        "%plot sol x             | x",
        "%solve lotka --y0 x=1,  | x=1,x= x=1,y=",
        "%solve lotka -p a       | a=",
        "%gradient lotka --wrt a,x | a,x(0)",
        "%gradient lotka --wrt=  | --wrt=a --wrt=b --wrt=x(0) --wrt=y(0)",
        "%train lotka -O adam:9,l | adam:9,lbfgs adam:9,lm",
      })
  void completesWholeWords(String line, String expected) {
    assertEquals(expected, String.join(" ", help.complete(line, line.length())));
  }

  @Test
  void looksOnlyAtWhatIsBeforeTheCursor() {
    assertEquals(List.of("lotka"), help.complete("%solve lo -s tsit5", 9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pa           | param",
        "x' = -k*x + s | sin sqrt sigmoid",
        "y' = ra      | rate",
        "event x = 0 fal | falling",
      })
  void completesEquations(String line, String expected) {
    String cell = "%%ode m\nx' = -rate*x\n" + line;
    String after = cell + "\nparam rate = 1, k = 2";
    assertEquals(
        expected,
        String.join(" ", help.completeBody(after, cell.length()).orElseThrow().options()));
    assertTrue(help.completeBody("%%time\nx", 8).isEmpty());
  }

  /** A word that the language does not know must not be offered. */
  @Test
  void offersOnlyWhatTheLanguageKnows() {
    for (String function : EquationHelp.FUNCTIONS) {
      boolean two = List.of("min", "max", "pow").contains(function);
      String call = function + (two ? "(x, 2)" : "(x)");
      assertEquals(List.of("x"), Ode.parse("x' = " + call + "\ninit x = 0.5").states());
    }
  }

  @Test
  void explainsOneOption() {
    String line = "%solve lotka --rtol 1e-8 -s tsit5";
    String rtol = help.help(line, line.indexOf("rtol")).orElseThrow();
    assertTrue(rtol.startsWith("--rtol R  relative tolerance (default 1e-6)"), rtol);
    assertEquals(rtol, help.help(line, line.indexOf("1e-8") + 2).orElseThrow());
    assertTrue(help.help(line, line.indexOf("-s") + 1).orElseThrow().contains("dopri5"));
    assertTrue(help.help(line, 3).orElseThrow().contains("examples"));
    assertTrue(help.help("%nothing --x", 11).isEmpty());
  }

  @Test
  void knowsTheUsage() {
    assertTrue(help.help("solve").orElseThrow().contains("--rtol"));
    assertTrue(help.help("nothing").isEmpty());
  }
}
