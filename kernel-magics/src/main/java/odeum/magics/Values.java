package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The values of a call's options as numbers; what is no number is a Java expression. */
final class Values {
  private static final Pattern LITERAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern ARITHMETIC = Pattern.compile("[\\d\\s.()+*/eE-]+");
  private static final Pattern INTEGER = Pattern.compile("(?<![\\w.])(\\d+)(?![\\w.])");

  private final Invocation call;
  private final KernelPort kernel;

  Values(Invocation call, KernelPort kernel) {
    this.call = call;
    this.kernel = kernel;
  }

  /** {@return the number of an option} */
  OptionalDouble number(String option) {
    return call.text(option)
        .map(text -> OptionalDouble.of(number(shown(option), text)))
        .orElse(OptionalDouble.empty());
  }

  /** {@return the number of an option, which must be above zero} */
  OptionalDouble positive(String option) {
    OptionalDouble number = number(option);
    if (number.isPresent() && !(number.getAsDouble() > 0)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "%s needs a number above 0, got %s",
              shown(option),
              call.text(option).get()));
    }
    return number;
  }

  /** {@return the number of an option, which must lie between 0 and 1} */
  OptionalDouble share(String option) {
    OptionalDouble number = number(option);
    if (number.isPresent() && !(number.getAsDouble() > 0 && number.getAsDouble() < 1)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "%s needs a number between 0 and 1, got %s",
              shown(option),
              call.text(option).get()));
    }
    return number;
  }

  /** {@return the whole number of an option, at least {@code least}} */
  OptionalInt count(String option, int least) {
    if (!call.has(option)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(count(shown(option), call.text(option).get(), least));
  }

  int count(String what, String text, int least) {
    double number = number(what, text);
    if (number != Math.rint(number) || number < least || number > Integer.MAX_VALUE) {
      throw new MagicException(
          String.format(
              Locale.ROOT, "%s needs a whole number of at least %d, got %s", what, least, text));
    }
    return (int) number;
  }

  /** {@return all numbers of an option of several words} */
  List<Double> numbers(String option) {
    List<Double> numbers = new ArrayList<>();
    call.texts(option).forEach(text -> numbers.add(number(shown(option), text)));
    return numbers;
  }

  /** {@return {@code a=1,b=2} as names and numbers, in the order given} */
  Map<String, Double> assignments(String option) {
    Map<String, Double> values = new LinkedHashMap<>();
    pairs(option).forEach((name, text) -> values.put(name, number(shown(option), text)));
    return values;
  }

  /** {@return {@code x=hare,y=lynx} as names and texts, in the order given} */
  Map<String, String> pairs(String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : call.text(option).map(Values::split).orElse(List.of())) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw new MagicException(
            String.format(Locale.ROOT, "%s needs name=value, got '%s'", shown(option), part));
      }
      String name = part.substring(0, equals).strip();
      if (pairs.put(name, part.substring(equals + 1).strip()) != null) {
        throw new MagicException(
            String.format(Locale.ROOT, "%s gives %s twice", shown(option), name));
      }
    }
    return pairs;
  }

  /** {@return the value of a text that is a number or a Java expression} */
  double number(String what, String text) {
    if (LITERAL.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    if (text.isEmpty()) {
      throw new MagicException(what + " needs a number, got nothing");
    }
    if (text.indexOf('^') >= 0) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is read as Java, where ^ is no power. Write 2*2*2 or Math.pow(2, 3)",
              what,
              text));
    }
    Object value;
    try {
      value = kernel.evaluate(java(text));
    } catch (MagicException e) {
      throw new MagicException(
          String.format(
              Locale.ROOT, "%s needs a number, got '%s': %s", what, text, e.getMessage()));
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new MagicException(
        String.format(
            Locale.ROOT, "%s needs a number, but '%s' is %s", what, text, Things.describe(value)));
  }

  /** {@return the text as Java code for a double; {@code 1/3} is a third, not an integer 0} */
  static String java(String text) {
    return ARITHMETIC.matcher(text).matches() ? INTEGER.matcher(text).replaceAll("$1.0") : text;
  }

  /** {@return the parts between commas that are in no bracket} */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private String shown(String option) {
    return call.usage().find(option).orElseThrow().shown();
  }
}
