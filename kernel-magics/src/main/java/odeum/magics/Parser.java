package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import odeum.tensor.Names;

/** Parses a magic's line by its {@link Usage}. */
final class Parser {
  private static final Pattern NUMBER = Pattern.compile("-(\\d|\\.\\d|Infinity).*");

  private final Usage usage;
  private final List<Words.Word> words;
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private int at;

  private Parser(Usage usage, List<Words.Word> words) {
    this.usage = usage;
    this.words = words;
  }

  /**
   * {@return the call}
   *
   * @param line what follows the magic's name on its line
   * @param body the cell below, or empty
   */
  static Invocation parse(Usage usage, String line, String body) {
    Words words = Words.of(line);
    Parser parser = new Parser(usage, words.list());
    parser.read();
    boolean quiet = words.silent() || parser.options.containsKey("quiet");
    if (!parser.options.containsKey("help")) {
      parser.requireArguments();
    }
    parser.requireOtherOutput();
    return new Invocation(usage, parser.arguments, parser.options, quiet, line.strip(), body);
  }

  private void read() {
    while (at < words.size()) {
      Words.Word word = words.get(at++);
      if (word.quoted() || !isOption(word.text())) {
        arguments.add(word.text());
      } else {
        option(word.text());
      }
    }
  }

  static boolean isOption(String text) {
    return text.length() > 1 && text.startsWith("-") && !NUMBER.matcher(text).matches();
  }

  private void option(String text) {
    int equals = text.indexOf('=');
    String written = equals < 0 ? text : text.substring(0, equals);
    boolean isLong = written.startsWith("--");
    String name = written.substring(isLong ? 2 : 1);
    Option option =
        usage.options().stream()
            .filter(o -> (isLong ? o.name() : o.flag()).equals(name) && !name.isEmpty())
            .findFirst()
            .orElseThrow(() -> unknown(written, name));
    List<String> values = new ArrayList<>();
    if (equals >= 0) {
      if (option.value() == Option.Value.NONE) {
        throw error(
            String.format(
                Locale.ROOT, "%s takes no value, got '%s'", written, text.substring(equals + 1)));
      }
      values.add(text.substring(equals + 1));
      if (values.getFirst().isEmpty() && option.value() != Option.Value.TEXT) {
        throw missing(option, written);
      }
    }
    while (values.size() < option.value().words()) {
      values.add(value(option, written));
    }
    if (options.put(option.name(), checked(option, values)) != null) {
      throw error(written + " is given twice");
    }
  }

  /** The next word, unless it is an option: a value may begin with a minus, as {@code -a} does. */
  private String value(Option option, String written) {
    boolean there = at < words.size();
    if (there && !words.get(at).quoted()) {
      String next = words.get(at).text();
      boolean known = isOption(next) && usage.find(next.substring(1)).isPresent();
      there = !next.startsWith("--") && !known;
    }
    if (!there) {
      throw missing(option, written);
    }
    return words.get(at++).text();
  }

  private MagicException missing(Option option, String written) {
    return error(
        "%s needs %s: %s %s"
            .formatted(
                written,
                option.value() == Option.Value.SPAN ? "two values" : "a value",
                written,
                option.placeholder()));
  }

  private List<String> checked(Option option, List<String> values) {
    return switch (option.value()) {
      case VARIABLE -> {
        requireName(option, values.getFirst());
        yield values;
      }
      case CHOICE -> List.of(choice(option, values.getFirst()));
      case CHOICES ->
          Stream.of(values.getFirst().split(",", -1)).map(v -> choice(option, v.strip())).toList();
      default -> values;
    };
  }

  private String choice(Option option, String value) {
    if (option.choices().contains(value)) {
      return value;
    }
    String hint =
        Names.nearest(value, option.choices()).map(" Did you mean %s?"::formatted).orElse("");
    throw error(
        String.format(
            Locale.ROOT,
            "%s '%s' is unknown.%s Known: %s",
            option.shown(),
            value,
            hint,
            String.join(" ", option.choices())));
  }

  private void requireName(Option option, String name) {
    for (Option other : usage.own()) {
      if (other.choices().contains(name) && !other.choices().contains("none")) {
        throw error(
            String.format(
                Locale.ROOT,
                "%s names the variable for the result, but '%s' is a value of %s. Did you mean %s"
                    + " %s?",
                option.shown(),
                name,
                "--" + other.name(),
                other.shown(),
                name));
      }
    }
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw error(
          String.format(
              Locale.ROOT, "%s needs the name of a Java variable, got '%s'", option.shown(), name));
    }
  }

  private void requireArguments() {
    if (arguments.size() < usage.least()) {
      throw error("nothing to work on. Usage: " + usage.line());
    }
    if (arguments.size() > usage.most()) {
      String word = arguments.get(usage.most());
      throw error(
          "'%s' is one word too many.%s Usage: %s".formatted(word, hint(word), usage.line()));
    }
  }

  private String hint(String word) {
    if (arguments.getFirst().equals("new")) {
      return " Put Java with spaces in quotes: \"new Name(…)\".";
    }
    return word.matches("[^=]+=[^=]+") ? " Join values by commas: a=1,b=2." : "";
  }

  private void requireOtherOutput() {
    List<String> output = options.getOrDefault("output", List.of());
    // A data set may become the variable of its own name.
    boolean copy = usage.name().equals("data");
    if (arguments.containsAll(output) && !output.isEmpty() && !copy) {
      throw error(
          String.format(
              Locale.ROOT,
              "-o %s would replace %s itself. Give another name",
              output.getFirst(),
              output.getFirst()));
    }
  }

  private MagicException unknown(String written, String name) {
    List<String> known = usage.options().stream().map(Option::name).toList();
    String hint = Names.nearest(name, known).map(" Did you mean --%s?"::formatted).orElse("");
    return error(String.format(Locale.ROOT, "unknown option %s.%s", written, hint));
  }

  private MagicException error(String message) {
    String end = message.endsWith("?") || message.endsWith(".") ? "" : ".";
    return new MagicException(
        String.format(
            Locale.ROOT, "%s: %s%s (%s? for help)", usage.shown(), message, end, usage.shown()));
  }
}
