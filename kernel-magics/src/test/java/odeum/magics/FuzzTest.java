package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import odeum.path.TimeSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is typed ends in a result or in a short message: never in another exception, never in a
 * message that names one, and soon. Each text that once did otherwise is in the corpus, from which
 * new ones are made. {@code -Dodeum.fuzz.seed} and {@code -Dodeum.fuzz.tries} look elsewhere.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("odeum.fuzz.seed", 20_260_101);
  private static final int TRIES = Integer.getInteger("odeum.fuzz.tries", 10_000);

  /** Far above what any line takes on a busy machine; a hang takes longer. */
  private static final Duration HANG = Duration.ofSeconds(30);

  private static final int MOST_LINES = 12;

  @TempDir Path folder;
  private final List<String> failures = new ArrayList<>();
  private FuzzNotebook notebook;

  @BeforeEach
  void define() throws IOException {
    notebook = new FuzzNotebook(folder);
    notebook.run(
        "ode",
        "lotka",
        "x' = a*x - b*x*y\ny' = -y + x*y\nparam a = 1.5, b = 1\ninit x = 1, y = 1\ntime 0 .. 2");
    notebook.run("ode", "net", "x' = f(x)\nnet f = mlp(1, 2, 1)\ninit x = 1\ntime 0 .. 1");
    notebook.run(
        "ode",
        "ball",
        "v' = -9.8\nx' = v\nevent x = 0 falling: v = -0.9*v\ninit x = 1, v = 0\ntime 0 .. 1");
    notebook.run("solve", "lotka --saveat 10 -o sol -q", "");
    notebook.declare("data", "TimeSeries", TimeSeries.of(0, 1, 2).and("x", 1, 2, 3));
    notebook.declare("word", "String", "word");
    notebook.declare("nothing", "Object", null);
    notebook.declare("k", "double", 0.5);
    Files.writeString(
        folder.resolve("data.csv"), "t,x,y,id,kind\n0,1,1,1,a\n1,2,1,1,b\n0,1,2,2,a\n");
    Files.writeString(folder.resolve("broken.csv"), "t,x\n0,one\n");
    notebook.hurry();
  }

  @Test
  void anyMagicLineEndsWell() {
    List<String> corpus = corpus("lines.txt");
    corpus.forEach(line -> line(line.replace("\\n", "\n")));
    RandomText random = new RandomText(new SplittableRandom(SEED));
    List<String> pieces = RandomLines.pieces();
    for (int i = 0; i < TRIES; i++) {
      String line =
          random.chance(0.4) ? random.damaged(random.of(corpus), pieces) : RandomLines.line(random);
      line(line);
    }
  }

  @Test
  void anyEquationsEndWell() {
    List<String> corpus = corpus("bodies.txt");
    corpus.forEach(body -> body(body.replace("\\n", "\n")));
    RandomText random = new RandomText(new SplittableRandom(SEED + 1));
    List<String> pieces = RandomEquations.PIECES;
    for (int i = 0; i < TRIES; i++) {
      String body =
          random.chance(0.7)
              ? random.damaged(random.of(corpus).replace("\\n", "\n"), pieces)
              : RandomEquations.body(random);
      body(body);
    }
  }

  private void line(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    String name = parts[0].replaceFirst("^%+", "");
    endsWell(line, name, parts.length == 1 ? "" : parts[1], "");
  }

  private void body(String body) {
    endsWell("%%ode f\n" + body, "ode", "f -q", body);
  }

  private void endsWell(String text, String name, String line, String body) {
    try {
      assertTimeoutPreemptively(HANG, () -> notebook.run(name, line, body), () -> "hangs");
    } catch (MagicException e) {
      String message = String.valueOf(e.getMessage());
      boolean fine =
          !message.isBlank()
              && message.lines().count() <= MOST_LINES
              && !message.contains("--trace shows")
              && !message.contains("\tat ");
      if (!fine) {
        failures.add(text + "\n    " + message);
      }
    } catch (Throwable e) {
      failures.add(
          text
              + "\n    threw "
              + e
              + " at "
              + List.of(e.getStackTrace()).stream().limit(3).toList());
    }
  }

  @AfterEach
  void nothingEndedBadly() {
    assertTrue(
        failures.isEmpty(),
        () ->
            failures.size()
                + " texts:\n"
                + String.join("\n", failures.subList(0, Math.min(30, failures.size()))));
  }

  private static List<String> corpus(String name) {
    try (InputStream stream = FuzzTest.class.getResourceAsStream("corpus/" + name)) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertEquals(List.of(), lines.stream().filter(String::isBlank).toList());
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
