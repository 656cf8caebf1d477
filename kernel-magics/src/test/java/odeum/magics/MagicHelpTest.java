package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicHelpTest {
  private final CellHelp help = ServiceLoader.load(CellHelp.class).findFirst().orElseThrow();

  @BeforeEach
  void connect() {
    MagicHelp.connect(
        () ->
            List.of(
                new KernelPort.Variable("lotka", "odeum.equation.Ode"),
                new KernelPort.Variable("sol", "Solution"),
                new KernelPort.Variable("fit", "odeum.train.TrainingResult<odeum.equation.Ode>"),
                new KernelPort.Variable("k", "double")));
  }

  @AfterEach
  void disconnect() {
    MagicHelp.connect(List::of);
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
        "%train lotka -d s       | sol",
        "%plot f                 | fit",
        "%plot lo                | lotka",
        "%plot sol --ki          | --kind",
        "%plot sol --kind hi     | histogram",
        "%plot sol --theme d     | dark",
        "%solve lotka -q lo      | lotka",
        "%nothing x              | ''",
      })
  void completesWholeWords(String line, String expected) {
    assertEquals(expected, String.join(" ", help.complete(line, line.length())));
  }

  @Test
  void looksOnlyAtWhatIsBeforeTheCursor() {
    assertEquals(List.of("lotka"), help.complete("%solve lo -s tsit5", 9));
  }

  @Test
  void knowsTheUsage() {
    assertTrue(help.help("solve").orElseThrow().contains("--rtol"));
    assertTrue(help.help("nothing").isEmpty());
  }
}
