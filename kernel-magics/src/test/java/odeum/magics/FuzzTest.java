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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
    List<String> pieces = pieces();
    for (int i = 0; i < TRIES; i++) {
      String line =
          random.chance(0.4) ? random.damaged(random.of(corpus), pieces) : made(random, pieces);
      line(line);
    }
  }

  @Test
  void anyEquationsEndWell() {
    List<String> corpus = corpus("bodies.txt");
    corpus.forEach(body -> body(body.replace("\\n", "\n")));
    RandomText random = new RandomText(new SplittableRandom(SEED + 1));
    List<String> pieces = equationPieces();
    for (int i = 0; i < TRIES; i++) {
      String body =
          random.chance(0.7)
              ? random.damaged(random.of(corpus).replace("\\n", "\n"), pieces)
              : equations(random, pieces);
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

  private static String made(RandomText random, List<String> pieces) {
    StringBuilder line = new StringBuilder();
    String name = random.of(NAMES);
    Usage usage = Magics.catalogue().find(name).orElseThrow().usage();
    line.append(random.chance(0.98) ? name : name + random.of(pieces));
    if (random.chance(0.97) && usage.most() > 0) {
      line.append(' ').append(random.of(name.equals("plot") ? PLOTS : THINGS));
    }
    List<Option> options = new ArrayList<>(usage.options());
    NEEDED.getOrDefault(name, List.of()).stream()
        .filter(_ -> random.chance(0.95))
        .forEach(option -> append(line, random, take(options, option), pieces));
    for (int i = random.below(5); i > 0; i--) {
      Option option = options.remove(random.below(options.size()));
      if (!option.name().equals("help") || random.chance(0.05)) {
        append(line, random, option, pieces);
      }
    }
    return line.toString();
  }

  private static Option take(List<Option> options, String name) {
    Option option = options.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    options.remove(option);
    return option;
  }

  private static void append(
      StringBuilder line, RandomText random, Option option, List<String> pieces) {
    line.append(option.flag().isEmpty() ? " --" + option.name() : " -" + option.flag());
    if (option.value() == Option.Value.NONE || random.chance(0.01)) {
      return;
    }
    line.append(random.chance(0.1) ? "=" : " ").append(value(random, option, pieces));
    if (option.value() == Option.Value.SPAN) {
      line.append(' ').append(random.of(random.chance(0.8) ? SMALL : NUMBERS));
    }
  }

  private static String value(RandomText random, Option option, List<String> pieces) {
    if (random.chance(0.05)) {
      return random.of(pieces);
    }
    List<String> good = GOOD.getOrDefault(option.name(), option.choices());
    if (!good.isEmpty() && random.chance(0.85)) {
      return random.of(good);
    }
    return switch (option.value()) {
      case NUMBER, COUNT, SPAN -> random.of(random.chance(0.6) ? SMALL : NUMBERS);
      case VARIABLE -> random.of(List.of("out", "out2", "1x", "class", "tsit5"));
      case CHOICE, CHOICES -> random.of(option.choices()) + "," + random.of(option.choices());
      case ASSIGNMENTS -> random.of(List.of("a=1", "a=", "=1", "q=1", "x=1,x=2", "a=k", "x=1/0"));
      case NONE, TEXT -> random.of(TEXTS);
    };
  }

  private static final List<String> NAMES =
      Stream.concat(
              Magics.catalogue().magics().stream().map(magic -> magic.usage().name()),
              Stream.of("solve", "solve", "train", "train", "train", "gradient", "plot", "plot"))
          .toList();
  private static final Map<String, List<String>> NEEDED =
      Map.of("train", List.of("data"), "gradient", List.of("of"));

  private static final Map<String, List<String>> GOOD =
      Map.ofEntries(
          Map.entry("data", List.of("data", "sol", "data.csv", "sunspots", "hudson-bay")),
          Map.entry("of", List.of("x(1)", "last(x)", "\"integral(x^2)\"", "\"x(1) + 2*x(0.5)\"")),
          Map.entry("wrt", List.of("a", "a,b", "x(0)", "x(0),t0,t1", "a,x(0)")),
          Map.entry("epochs", List.of("1", "2", "3")),
          Map.entry(
              "optimizer", List.of("adam", "lm", "lbfgs", "adam:1,lbfgs:1", "cmaes:2", "sgd")),
          Map.entry("output", List.of("out", "out2", "out3")),
          Map.entry("y0", List.of("x=1", "x=0.5,y=2", "x=1e3")),
          Map.entry("params", List.of("a=1", "a=1,b=0", "b=-1")),
          Map.entry("sweep", List.of("a=1:2:0.5", "a=1,2", "x=0:1:0.5", "a=1:2:0.5,b=1,2")),
          Map.entry("ensemble", List.of("1", "3", "8")),
          Map.entry("spread", List.of("0.1", "0")),
          Map.entry("compare", List.of("rk4,tsit5", "tsit5", "all")),
          Map.entry("saveat", List.of("5", "0,1,2", "steps", "dense", "0.5")),
          Map.entry("columns", List.of("x=x", "x=hare", "x=hare,y=lynx")),
          Map.entry("time", List.of("t", "year", "x")),
          Map.entry("id", List.of("id", "kind")),
          Map.entry("label", List.of("kind", "id")),
          Map.entry("budget", List.of("1s", "50ms", "0.01s")),
          Map.entry("schedule", List.of("cosine", "cosine:10")),
          Map.entry("save", List.of("f.svg", "f.safetensors")),
          Map.entry("resume", List.of("f.safetensors", "out")),
          Map.entry("title", List.of("title", "\"a title\"")),
          Map.entry("ref", List.of("main")));

  private static final List<String> THINGS =
      List.of(
          "lotka",
          "lotka",
          "lotka",
          "net",
          "net",
          "ball",
          "sol",
          "data",
          "word",
          "nothing",
          "k",
          "lotak",
          "sunspots",
          "data.csv");
  private static final List<String> PLOTS =
      List.of(
          "sol",
          "sol x",
          "sol x y",
          "data",
          "sol data",
          "lotka",
          "lotka sol",
          "out",
          "out2",
          "sol q",
          "word",
          "lotka x y",
          "sol t x");
  private static final List<String> SMALL = List.of("0", "1", "2", "0.5", "3", "k", "2*k", "1e-3");
  private static final List<String> NUMBERS =
      List.of(
          "10",
          "-1",
          "1e-6",
          "1e300",
          "-1e300",
          "1e-320",
          "NaN",
          "Infinity",
          "1/0",
          "1e9",
          "2147483648",
          "x",
          "\"\"",
          "0x10");
  private static final List<String> TEXTS =
      List.of(
          "data",
          "data.csv",
          "broken.csv",
          "none.csv",
          "sol",
          "x(1)",
          "last(x)",
          "integral(x^2)",
          "adam:3,lbfgs:2",
          "adam:0",
          "lm",
          "cmaes:2",
          "a:b:c",
          "x=x",
          "t",
          "id",
          "kind",
          "60s",
          "0s",
          "-1s",
          "1e99h",
          "0,1,2",
          "steps",
          "dense",
          "tsit5",
          "rk4,tsit5",
          "f.svg",
          "no/f.svg",
          "f.safetensors",
          "cosine",
          "step:10:0.5",
          "a",
          "a,b",
          "x(0)",
          "\"\"",
          "\"a b\"",
          "x*2",
          "0:1",
          "1:0");

  private static List<String> pieces() {
    List<String> pieces = new ArrayList<>(THINGS);
    pieces.addAll(SMALL);
    pieces.addAll(NUMBERS);
    pieces.addAll(TEXTS);
    Magics.catalogue().magics().stream()
        .flatMap(magic -> magic.usage().options().stream())
        .forEach(option -> pieces.add(" --" + option.name() + " "));
    pieces.addAll(
        List.of(
            ";", "#", "//", "?", "%", "%%", "\"", "(", ")", "{", "=", ",", " - ", "--", "-", "\\"));
    return pieces;
  }

  private static String equations(RandomText random, List<String> pieces) {
    StringBuilder body = new StringBuilder();
    for (int lines = 1 + random.below(6); lines > 0; lines--) {
      for (int words = 1 + random.below(10); words > 0; words--) {
        body.append(random.of(pieces)).append(random.chance(0.7) ? " " : "");
      }
      body.append('\n');
    }
    return body.toString();
  }

  private static List<String> equationPieces() {
    return List.of(
        "x",
        "y",
        "x'",
        "y'",
        "x''",
        "u[i]",
        "u[i-1]'",
        "u[i]' =",
        "for i in 1..4",
        "=",
        "+",
        "-",
        "*",
        "/",
        "^",
        "(",
        ")",
        ",",
        "..",
        ":",
        "1",
        "0.5",
        "1e-3",
        "1e999",
        "x' = ",
        "y' = -y",
        "param",
        "param a = 1",
        "const c = 2",
        "init x = 1",
        "init x' = 0",
        "time 0 .. 1",
        "let r = x",
        "net f = mlp(2, 3, 1, tanh)",
        "f(x, y)",
        "(x', y') = f(x, y)",
        "net f = {layer}",
        "event x = 0: stop",
        "event x = 0 falling: y = -y",
        "boundary u periodic",
        "boundary u = 0",
        "boundary u insulated",
        "sin(x)",
        "max(x, y)",
        "pow(x, 2)",
        "abs(",
        "stiff(x)",
        "sum(u)",
        "t",
        "pi",
        "e",
        "in 0..5",
        "# a comment",
        "/// a comment",
        "# BEGIN SOLUTION",
        "'",
        "\"",
        "{",
        "}",
        "é",
        "θ",
        "\t",
        "2^3^2",
        "1/0",
        "i",
        "input u = {series}");
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
