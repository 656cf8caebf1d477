package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lines of magics, most of them sensible in most parts. */
final class RandomLines {
  private RandomLines() {}

  static String line(RandomText random) {
    List<String> pieces = pieces();
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

  static List<String> pieces() {
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
}
