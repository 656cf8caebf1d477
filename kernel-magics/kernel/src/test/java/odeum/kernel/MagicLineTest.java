package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import odeum.magics.CellHelp;
import org.junit.jupiter.api.Test;

class MagicLineTest {
  private static final CellHelp MAGICS =
      new CellHelp() {
        @Override
        public Optional<String> help(String name) {
          return name.equals("solve") ? Optional.of("usage: %solve SYSTEM") : Optional.empty();
        }

        @Override
        public Optional<String> help(String line, int cursor) {
          return help(line.replaceFirst("%(\\w+).*", "$1"));
        }

        @Override
        public List<String> complete(String line, int cursor) {
          return line.startsWith("%solve") ? List.of("--solver", "--seed") : List.of();
        }
      };

  @Test
  void helpIsForTheMagicOfTheCursorsLine() {
    String cell = "int a = 1;\n%solve? lotka\n%other";
    assertEquals(
        Optional.of("usage: %solve SYSTEM"),
        MagicLine.at(cell, 14).flatMap(line -> line.help(Optional.of(MAGICS))));
    assertTrue(MagicLine.at(cell, 3).isEmpty());
    assertTrue(MagicLine.at(cell, cell.length()).orElseThrow().help(Optional.of(MAGICS)).isEmpty());
  }

  @Test
  void aQuestionMarkAsksForHelp() {
    String cell = "%solve?\n%other?\n%%solve? \nboolean b = a ? true : false;";
    assertEquals(
        "%solve --help\n%other?\n%%solve --help\nboolean b = a ? true : false;",
        MagicLine.prepared(cell, Optional.of(MAGICS)));
    assertEquals(cell, MagicLine.prepared(cell, Optional.empty()));
    assertEquals("%%solve --help\n\n", MagicLine.prepared("%%solve?", Optional.of(MAGICS)));
  }

  @Test
  void completionReplacesTheWordAtTheCursor() {
    String cell = "int a = 1;\n%solve lotka --s";
    var options =
        MagicLine.at(cell, cell.length()).orElseThrow().complete(Optional.of(MAGICS)).orElseThrow();
    assertEquals(List.of("--solver", "--seed"), options.getReplacements());
    assertEquals(cell.indexOf("--s"), options.getSourceStart());
    assertEquals(cell.length(), options.getSourceEnd());
  }

  @Test
  void withoutMagicsNothingIsOffered() {
    MagicLine line = MagicLine.at("%solve ", 7).orElseThrow();
    assertTrue(line.help(Optional.empty()).isEmpty());
    assertTrue(line.complete(Optional.empty()).isEmpty());
  }
}
