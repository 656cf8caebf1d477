package odeum.magics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed call of a magic.
 *
 * @param usage what the magic takes
 * @param arguments the words that are no options
 * @param options long option name to its value as written, in the order given
 * @param quiet whether nothing is to be shown
 * @param line the line as written, after the magic's name
 * @param body the cell below a {@code %%} line, or empty
 */
public record Invocation(
    Usage usage,
    List<String> arguments,
    Map<String, List<String>> options,
    boolean quiet,
    String line,
    String body) {

  public Invocation {
    arguments = List.copyOf(arguments);
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** {@return whether the option was given} */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** {@return the option's value as written} */
  public Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option)).map(List::getFirst);
  }

  /** {@return the option's values as written, for an option of several words or of choices} */
  public List<String> texts(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** {@return whether outputs are to be shown} */
  public boolean shows() {
    return !quiet;
  }

  /** {@return the name after {@code -o}} */
  public Optional<String> output() {
    return text("output");
  }

  /** {@return the magic with its first argument, as messages name it: {@code %solve vdp}} */
  public String shown() {
    String first = arguments.isEmpty() ? "" : " " + arguments.getFirst();
    return usage.shown() + first;
  }

  /**
   * {@return a line that calls the same magic with one option set anew} It is what a message
   * suggests to try.
   */
  public String with(String option, String value) {
    StringBuilder text = new StringBuilder(without(option).written());
    text.append(' ').append(usage.find(option).orElseThrow().shown());
    return text.append(value.isEmpty() ? "" : " " + written(value)).toString();
  }

  /** {@return a line that calls the same magic over another span of time} */
  String withSpan(String from, String to) {
    Map<String, List<String>> changed = new LinkedHashMap<>(options);
    changed.remove("time");
    changed.put("time", List.of(from, to));
    return new Invocation(usage, arguments, changed, quiet, line, body).written();
  }

  /** {@return a line that makes this call} */
  String written() {
    StringBuilder text = new StringBuilder(usage.shown());
    arguments.forEach(argument -> text.append(' ').append(written(argument)));
    options.forEach(
        (name, values) -> {
          text.append(' ').append(usage.find(name).orElseThrow().shown());
          boolean list = usage.find(name).orElseThrow().value() == Option.Value.CHOICES;
          String all = String.join(list ? "," : " ", values);
          text.append(values.isEmpty() ? "" : " " + (list ? all : spaced(values)));
        });
    return text.toString();
  }

  /** {@return the same call with another first argument} */
  Invocation withArgument(String argument) {
    return new Invocation(usage, List.of(argument), options, quiet, line, body);
  }

  /** {@return the same call with one option set anew} */
  Invocation set(String option, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(options);
    changed.put(option, List.of(value));
    return new Invocation(usage, arguments, changed, quiet, line, body);
  }

  /** {@return the same call without an option} */
  Invocation without(String option) {
    Map<String, List<String>> fewer = new LinkedHashMap<>(options);
    fewer.remove(option);
    return new Invocation(usage, arguments, fewer, quiet, line, body);
  }

  private static String spaced(List<String> values) {
    return String.join(" ", values.stream().map(Invocation::written).toList());
  }

  /** The word as a line has it, in quotes where it would be read as something else. */
  private static String written(String word) {
    return isBare(word) ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isBare(String word) {
    if (Parser.isOption(word) || word.endsWith(",") || word.endsWith(";")) {
      return false;
    }
    try {
      return Words.of(word).list().equals(List.of(new Words.Word(word, false)));
    } catch (MagicException e) {
      return false;
    }
  }
}
