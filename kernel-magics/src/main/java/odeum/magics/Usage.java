package odeum.magics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a magic takes, as data.
 *
 * @param name the name without {@code %}
 * @param cell whether it takes the cell below its line: {@code %%name}
 * @param arguments how help names the arguments: {@code SYSTEM}, {@code THING… [NAMES…]}
 * @param least how many arguments are needed
 * @param most how many arguments are taken
 * @param summary what it does, one line
 * @param own the options of this magic; {@link #options()} adds the ones all magics have
 * @param examples lines that work
 */
public record Usage(
    String name,
    boolean cell,
    String arguments,
    int least,
    int most,
    String summary,
    List<Option> own,
    List<String> examples) {

  private static final List<Option> COMMON =
      List.of(
          Option.of("output", Option.Value.VARIABLE, "NAME", "stores the result in this variable")
              .flag("o"),
          Option.toggle("quiet", "shows nothing; so does a ; at the end").flag("q"),
          Option.toggle("code", "prints the plain Java lines it stands for"),
          Option.toggle("trace", "shows where an unexpected error came from"),
          Option.toggle("help", "shows this"));

  public Usage {
    own = List.copyOf(own);
    examples = List.copyOf(examples);
  }

  /** {@return all options, in the order of help} */
  public List<Option> options() {
    return Stream.concat(own.stream(), COMMON.stream()).toList();
  }

  /** {@return the name as a cell has it: {@code %solve}, {@code %%ode}} */
  public String shown() {
    return (cell ? "%%" : "%") + name;
  }

  /** {@return the name and the arguments} */
  String line() {
    return (shown() + " " + arguments).strip();
  }

  /** {@return the option of this long name or flag, without dashes} */
  Optional<Option> find(String word) {
    return options().stream()
        .filter(option -> option.name().equals(word) || option.flag().equals(word))
        .findFirst();
  }

  /** {@return usage, options with defaults, and examples} */
  public String help() {
    StringBuilder text = new StringBuilder(summary).append("\n\n  ").append(line());
    text.append(" [options]\n\noptions\n");
    int width = options().stream().mapToInt(option -> left(option).length()).max().orElse(0);
    for (Option option : options()) {
      String left = left(option);
      text.append(left).append(" ".repeat(Math.min(width, 34) - Math.min(left.length(), 34)));
      text.append(left.length() > 34 ? "\n" + " ".repeat(Math.min(width, 34)) : "");
      text.append("  ").append(option.help());
      text.append(option.standard().isEmpty() ? "" : " (default " + option.standard() + ")");
      text.append('\n');
    }
    text.append("\nexamples\n");
    examples.forEach(
        example -> text.append("  ").append(example.replace("\n", "\n  ")).append('\n'));
    return text.toString().stripTrailing();
  }

  /** {@return what there is to know of one option} */
  String help(Option option) {
    String standard = option.standard().isEmpty() ? "" : " (default " + option.standard() + ")";
    String choices = option.choices().isEmpty() ? "" : "\n  " + String.join(" ", option.choices());
    return left(option).strip() + "  " + option.help() + standard + choices;
  }

  private static String left(Option option) {
    String flag = option.flag().isEmpty() ? "    " : "-" + option.flag() + ", ";
    String value = option.placeholder().isEmpty() ? "" : " " + option.placeholder();
    return "  " + flag + "--" + option.name() + value;
  }
}
