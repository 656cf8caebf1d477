package odeum.magics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Help while typing: the usage of a magic, and what may come next in its line. */
public final class MagicHelp implements CellHelp {
  private static final List<String> SYSTEMS =
      List.of("Ode", "Problem", "VectorField", "NeuralOde", "UniversalDifferentialEquation");
  private static final List<String> DATA =
      List.of("TimeSeries", "Solution", "Table", "Labelled", "Dataset");
  private static final List<String> THINGS =
      List.of(
          "Solution",
          "TimeSeries",
          "Table",
          "TrainingResult",
          "Figure",
          "Chart",
          "Ode",
          "Problem",
          "Comparison",
          "SweepSolution",
          "Ensemble",
          "Tensor",
          "double[]",
          "double[][]",
          "double[][][]");
  private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt");

  private static volatile Supplier<List<KernelPort.Variable>> variables = List::of;
  private static volatile Function<String, Object> values = name -> null;

  private final Catalogue catalogue = Magics.catalogue();

  /**
   * Tells where the user's variables are; a kernel's adapter does so once.
   *
   * @param source the variables
   * @param value the value of one of them
   */
  public static void connect(
      Supplier<List<KernelPort.Variable>> source, Function<String, Object> value) {
    variables = source;
    values = value;
  }

  /** {@return the type of a variable of the user's, without packages, if it is known} */
  static Optional<String> typeOf(String variable) {
    return variables.get().stream()
        .filter(v -> v.name().equals(variable))
        .map(v -> v.type().replaceAll("[\\w.]+\\.", ""))
        .findFirst();
  }

  @Override
  public Optional<String> help(String name) {
    return catalogue.help(name);
  }

  @Override
  public Optional<String> help(String line, int cursor) {
    int end = line.indexOf(' ', cursor) < 0 ? line.length() : line.indexOf(' ', cursor);
    String[] words = line.substring(0, end).split("\\s+");
    String word = words[words.length - 1].replaceFirst("=.*", "");
    String before = words.length > 1 ? words[words.length - 2] : "";
    return catalogue
        .find(name(line))
        .flatMap(magic -> explained(magic.usage(), word, before))
        .or(() -> catalogue.help(name(line)));
  }

  /** The option at the cursor, or the one whose value is there. */
  private static Optional<String> explained(Usage usage, String word, String before) {
    return option(usage, word)
        .or(() -> option(usage, before).filter(known -> known.value() != Option.Value.NONE))
        .map(usage::help);
  }

  private static Optional<Option> option(Usage usage, String word) {
    return word.startsWith("-") ? usage.find(word.replaceFirst("^-+", "")) : Optional.empty();
  }

  private static String name(String line) {
    return line.replaceFirst("^%+", "").replaceFirst("[^\\w].*", "");
  }

  @Override
  public Optional<Completion> completeBody(String cell, int cursor) {
    boolean equations = cell.startsWith("%%ode") || cell.startsWith("%%sde");
    int start = EquationHelp.start(cell, cursor);
    return equations
        ? Optional.of(
            new Completion(
                matching(cell.substring(start, cursor), EquationHelp.candidates(cell, cursor)),
                start))
        : Optional.empty();
  }

  @Override
  public List<String> complete(String line, int cursor) {
    String before = line.substring(0, cursor);
    int start = 1 + Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t'));
    String word = before.substring(start);
    if (start == 0) {
      return matching(word, catalogue.magics().stream().map(magic -> magic.usage().shown()));
    }
    return catalogue
        .find(name(before))
        .map(magic -> complete(magic.usage(), before.substring(0, start).strip(), word))
        .orElse(List.of());
  }

  private List<String> complete(Usage usage, String before, String word) {
    if (word.startsWith("-")) {
      int equals = word.indexOf('=');
      Optional<Option> option =
          equals < 0 ? Optional.empty() : option(usage, word.substring(0, equals));
      if (option.isPresent()) {
        String written = word.substring(0, equals + 1);
        return values(usage, option.get(), before, word.substring(equals + 1)).stream()
            .map(written::concat)
            .toList();
      }
      return matching(word, usage.options().stream().map(known -> "--" + known.name()));
    }
    String last = before.substring(1 + before.lastIndexOf(' '));
    Optional<Option> option = option(usage, last);
    if (option.isPresent() && option.get().value() != Option.Value.NONE) {
      return values(usage, option.get(), before, word);
    }
    return matching(word, arguments(usage, before));
  }

  private Stream<String> arguments(Usage usage, String before) {
    String first = argument(before);
    return switch (usage.name()) {
      case "plot" ->
          Stream.concat(first.isEmpty() ? Stream.of() : names().columns(first), ofType(THINGS));
      case "data" -> Datasets.names().stream();
      case "train", "solve", "compare", "gradient" -> ofType(SYSTEMS);
      default -> Stream.of();
    };
  }

  private List<String> values(Usage usage, Option option, String before, String word) {
    int comma = word.lastIndexOf(',') + 1;
    String done = word.substring(0, comma);
    String part = word.substring(comma);
    String system = argument(before);
    return switch (option.name()) {
      case "data" ->
          matching(
              word,
              Stream.of(ofType(DATA), Datasets.names().stream(), names().files(word, TABLES))
                  .flatMap(all -> all));
      case "time", "id", "label" ->
          usage.find("data").isPresent()
              ? matching(word, names().columns(data(before)))
              : List.of();
      case "columns" -> columns(done, part, before, system);
      case "y0" -> continued(done, part, names().states(system).map(state -> state + "="));
      case "parameters", "sweep" ->
          continued(done, part, names().parameters(system).map(name -> name + "="));
      case "wrt" ->
          continued(
              done,
              part,
              Stream.concat(
                  names().parameters(system), names().states(system).map(s -> s + "(0)")));
      case "of" ->
          matching(
              word, names().states(system).flatMap(s -> Stream.of("last(" + s + ")", s + "(")));
      case "resume" ->
          matching(
              word,
              Stream.concat(
                  ofType(List.of("TrainingResult")), names().files(word, List.of(".safetensors"))));
      case "save" -> matching(word, names().files(word, List.of(".safetensors", ".svg")));
      default ->
          option.value() == Option.Value.CHOICES || option.name().equals("optimizer")
              ? continued(done, part, option.choices().stream())
              : matching(word, option.choices().stream());
    };
  }

  private List<String> columns(String done, String part, String before, String system) {
    int equals = part.indexOf('=');
    return equals < 0
        ? continued(done, part, names().states(system).map(state -> state + "="))
        : continued(
            done + part.substring(0, equals + 1),
            part.substring(equals + 1),
            names().columns(data(before)));
  }

  /** Whole words again: what stands before the last comma, and what could follow. */
  private static List<String> continued(String done, String part, Stream<String> candidates) {
    return matching(part, candidates).stream().map(done::concat).toList();
  }

  /** The first word after the magic's name, if it is none of an option. */
  private static String argument(String before) {
    String[] words = before.split("\\s+");
    return words.length > 1 && !words[1].startsWith("-") ? words[1] : "";
  }

  private static String data(String before) {
    String[] words = before.split("\\s+");
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals("-d") || words[i].equals("--data")) {
        return words[i + 1].replace("\"", "");
      }
    }
    return "";
  }

  private static KnownNames names() {
    return new KnownNames(
        name -> isVariable(name) ? values.apply(name) : null, Path.of("").toAbsolutePath());
  }

  private static boolean isVariable(String name) {
    return variables.get().stream().anyMatch(variable -> variable.name().equals(name));
  }

  private static Stream<String> ofType(List<String> types) {
    return variables.get().stream()
        .filter(v -> types.contains(v.type().replaceFirst("<.*", "").replaceFirst(".*\\.", "")))
        .map(KernelPort.Variable::name);
  }

  /** {@return the candidates that begin with the word, whatever their case} */
  private static List<String> matching(String word, Stream<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    candidates
        .filter(c -> c.toLowerCase(Locale.ROOT).startsWith(wanted) || percentless(c, wanted))
        .filter(c -> !found.contains(c))
        .forEach(found::add);
    return found;
  }

  /** {@code %o} also means {@code %%ode}. */
  private static boolean percentless(String candidate, String wanted) {
    return wanted.startsWith("%")
        && candidate.startsWith("%%")
        && candidate.substring(1).toLowerCase(Locale.ROOT).startsWith(wanted);
  }
}
