package odeum.magics;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives back the line that JJava or IJava split into arguments. They split at blanks outside of
 * quotes and then drop the quotes, so an argument with a blank was quoted. Quotes inside a Java
 * expression cannot be told from others; where they matter, the expression goes into a variable
 * first.
 */
public final class Arguments {
  /** The first of two arguments, when a kernel hands over the line as it was written. */
  public static final String AS_WRITTEN = "\u0000line";

  /** The same, for a line whose value is assigned: {@code var r = %solve lotka}. */
  public static final String ASSIGNED = "\u0000assigned";

  private static final Pattern OPTION = Pattern.compile("(?s)(--[\\w-]+=)(.*)");

  private Arguments() {}

  static String line(List<String> arguments) {
    if (isAsWritten(arguments)) {
      return arguments.getLast();
    }
    return arguments.stream().map(Arguments::written).collect(Collectors.joining(" "));
  }

  static boolean isAsWritten(List<String> arguments) {
    return arguments.size() == 2
        && (arguments.getFirst().equals(AS_WRITTEN) || isAssigned(arguments));
  }

  static boolean isAssigned(List<String> arguments) {
    return arguments.size() == 2 && arguments.getFirst().equals(ASSIGNED);
  }

  private static String written(String argument) {
    if (argument.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"')) {
      return argument;
    }
    Matcher option = OPTION.matcher(argument);
    return option.matches() ? option.group(1) + quoted(option.group(2)) : quoted(argument);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
