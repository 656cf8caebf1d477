package odeum.equation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and functions typeset: Greek letters, subscripts, upright words. */
final class LatexNames {
  private static final List<String> GREEK =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi",
          "Psi", "Omega");

  /** Greek letters as characters, in the order of the names above. */
  private static final String LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ";

  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "sin",
          "\\sin",
          "cos",
          "\\cos",
          "tan",
          "\\tan",
          "log",
          "\\ln",
          "tanh",
          "\\tanh",
          "min",
          "\\min",
          "max",
          "\\max",
          "sigmoid",
          "\\operatorname{sigmoid}");

  private LatexNames() {}

  /** {@return a function applied to arguments} */
  static String call(String function, List<String> arguments) {
    String list = String.join(", ", arguments);
    return switch (function) {
      case "sqrt" -> "\\sqrt{" + list + "}";
      case "exp" -> "e^{" + list + "}";
      case "abs" -> "\\left|" + list + "\\right|";
      default ->
          (FUNCTIONS.containsKey(function) ? FUNCTIONS.get(function) : net(function))
              + "\\left("
              + list
              + "\\right)";
    };
  }

  /** {@return the name of a network, whose weights are called θ} */
  static String net(String name) {
    String typeset = name(name);
    return (typeset.contains("_{") ? "{" + typeset + "}" : typeset) + "_{\\theta}";
  }

  /** {@return text as it is, upright} */
  static String text(String text) {
    String escaped =
        text.codePoints()
            .mapToObj(Character::toString)
            .map(c -> "\\{}$&#_%^~".contains(c) ? escaped(c) : c)
            .collect(Collectors.joining());
    return "\\text{" + escaped + "}";
  }

  private static String escaped(String character) {
    return switch (character) {
      case "\\" -> "\\textbackslash ";
      case "^" -> "\\textasciicircum ";
      case "~" -> "\\textasciitilde ";
      default -> "\\" + character;
    };
  }

  /** {@return a name: {@code x1}, {@code x_1} and {@code x₁} have a subscript} */
  static String name(String name) {
    String bare = name.replace("'", "");
    String primes = name.substring(bare.length());
    String plain =
        bare.codePoints()
            .map(LatexNames::digit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    int split = split(plain);
    String base = word(plain.substring(0, split));
    String index = plain.substring(split).replaceFirst("^_+", "");
    String subscript = index.isEmpty() ? "" : "_{" + index(index) + "}";
    return base + subscript + primes;
  }

  /** A subscript digit as a digit. */
  private static int digit(int point) {
    return point >= '₀' && point <= '₉' ? point - '₀' + '0' : point;
  }

  /**
   * Where the subscript begins: at the first underscore that is not the first character, or at the
   * digits at the end.
   */
  private static int split(String name) {
    int underscore = name.indexOf('_', 1);
    if (underscore > 0 && underscore < name.length() - 1) {
      return underscore;
    }
    int at = name.length();
    while (at > 1 && Character.isDigit(name.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static String index(String index) {
    return index
            .chars()
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining())
            .matches("\\d+")
        ? index
        : String.join(
            ",",
            List.of(index.split("_")).stream()
                .filter(s -> !s.isEmpty())
                .map(LatexNames::word)
                .toList());
  }

  private static String word(String word) {
    int letter = word.codePointCount(0, word.length()) == 1 ? LETTERS.indexOf(word) : -1;
    if (letter >= 0) {
      return "\\" + GREEK.get(letter);
    }
    if (GREEK.contains(word)) {
      return "\\" + word;
    }
    boolean single = word.codePointCount(0, word.length()) == 1 && !word.equals("_");
    return single ? word : "\\mathrm{" + word.replace("_", "\\_") + "}";
  }
}
