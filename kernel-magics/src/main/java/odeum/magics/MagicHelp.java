package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Help while typing: the usage of a magic, and what may come next in its line. */
public final class MagicHelp implements CellHelp {
  private static volatile Supplier<List<KernelPort.Variable>> variables = List::of;

  private final Catalogue catalogue = Magics.catalogue();

  /** Tells where the user's variables are; a kernel's adapter does so once. */
  public static void connect(Supplier<List<KernelPort.Variable>> source) {
    variables = source;
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
  public List<String> complete(String line, int cursor) {
    String before = line.substring(0, cursor);
    int start = 1 + Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t'));
    String word = before.substring(start);
    if (start == 0) {
      return matching(word, catalogue.magics().stream().map(magic -> magic.usage().shown()));
    }
    String name = before.substring(0, before.indexOf(' ')).replace("%", "");
    return catalogue
        .find(name)
        .map(magic -> complete(magic.usage(), before.substring(0, start).strip(), word))
        .orElse(List.of());
  }

  private List<String> complete(Usage usage, String before, String word) {
    if (word.startsWith("-")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        String option = word.substring(0, equals + 1);
        return matching(word, choices(usage, word.substring(0, equals)).map(option::concat));
      }
      return matching(word, usage.options().stream().map(option -> "--" + option.name()));
    }
    String last = before.substring(1 + before.lastIndexOf(' '));
    if (last.startsWith("-")) {
      Optional<Option> option = usage.find(last.replaceFirst("^-+", ""));
      if (option.isPresent() && option.get().value() != Option.Value.NONE) {
        return values(usage, option.get(), last, word);
      }
    }
    return matching(word, ofType(usage.name().equals("plot") ? THINGS : SYSTEMS));
  }

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

  private static List<String> values(Usage usage, Option option, String written, String word) {
    if (option.name().equals("data")) {
      return matching(word, ofType(DATA));
    }
    if (option.value() == Option.Value.CHOICES && word.contains(",")) {
      String done = word.substring(0, word.lastIndexOf(',') + 1);
      return matching(word, choices(usage, written).map(done::concat));
    }
    return matching(word, choices(usage, written));
  }

  private static Stream<String> choices(Usage usage, String written) {
    return usage.find(written.replaceFirst("^-+", "")).stream()
        .flatMap(option -> option.choices().stream());
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
