package odeum.equation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that already mean something. */
final class Vocabulary {
  static final String TIME = "t";

  /** What adds up a grid. */
  static final List<String> TOTALS = List.of("sum", "mean");

  /** What marks a term for implicit steps. */
  static final String STIFF = "stiff";

  /** Numbers with a name. */
  static final Map<String, Double> NUMBERS = Map.of("pi", Math.PI, "π", Math.PI, "e", Math.E);

  private static final List<String> WORDS =
      List.of(
          "param",
          "const",
          "init",
          "time",
          "let",
          "event",
          "net",
          "input",
          "boundary",
          "in",
          "for");

  /** What other languages call things that exist here under another name. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "ln",
          "log",
          "time",
          "t",
          "fabs",
          "abs",
          "power",
          "pow",
          "logistic",
          "sigmoid",
          "tg",
          "tan",
          "th",
          "tanh",
          "minimum",
          "min",
          "maximum",
          "max");

  private Vocabulary() {}

  /** {@return why nothing else may have this name, if so} */
  static Optional<String> meaning(String name) {
    if (name.equals(TIME)) {
      return Optional.of("time");
    }
    if (NUMBERS.containsKey(name)) {
      return Optional.of(name.equals("e") ? "the number 2.718…" : "the number 3.141…");
    }
    if (Function.named(name).isPresent()) {
      return Optional.of("a function");
    }
    return isWord(name) ? Optional.of("a word of this language") : Optional.empty();
  }

  /** {@return whether lines of this language begin with it, or parts of them} */
  static boolean isWord(String name) {
    return WORDS.contains(name);
  }

  /** {@return whether it is called like a function, but on grids or whole terms} */
  static boolean isGridFunction(String name) {
    return TOTALS.contains(name) || name.equals(STIFF);
  }

  /** {@return the name here of what another language calls so} */
  static Optional<String> synonym(String name) {
    return Optional.ofNullable(SYNONYMS.get(name));
  }
}
