package odeum.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;

/**
 * An error as a cell shows it: a name and a message for programs, and the lines for people.
 *
 * @param name the exception's simple name
 * @param message its message, every line
 * @param lines what the cell shows
 */
record CellError(String name, String message, List<String> lines) {
  private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$");
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.");
  private static final Pattern LAMBDA = Pattern.compile("^lambda\\$(.+)\\$\\d+$");
  private static final String MAGIC_PACKAGE = "odeum.magics.";

  CellError {
    lines = List.copyOf(lines);
  }

  /**
   * Reads what a cell threw.
   *
   * @param place where a snippet, named by its id, stood
   * @return empty for errors that JJava words well, those of the compiler
   */
  static Optional<CellError> of(
      Throwable thrown, Function<String, Optional<CellEvaluator.Place>> place) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (className(at).equals(CellStop.class.getName())) {
        return Optional.of(interrupted(text(at.getMessage())));
      }
      if (isMagic(className(at))) {
        String message = String.valueOf(at.getMessage());
        return Optional.of(ofMagic(message));
      }
      Optional<String> unknown = UnknownMagic.line(className(at), at.getMessage());
      if (unknown.isPresent()) {
        return unknown.map(CellError::ofMagic);
      }
    }
    if (thrown instanceof EvaluationInterruptedException) {
      return Optional.of(interrupted(""));
    }
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof EvalException user) {
        String head = user.getExceptionClassName();
        if (head.equals(CellExit.class.getName())) {
          return Optional.of(new CellError("CellExit", at.getMessage(), List.of(at.getMessage())));
        }
        Optional<String> limit = limit(user, place);
        if (limit.isPresent()) {
          return limit.map(line -> new CellError(simple(head), line, List.of(line)));
        }
        return Optional.of(
            new CellError(simple(head), text(user.getMessage()), lines(user, place)));
      }
    }
    return Optional.empty();
  }

  private static CellError interrupted(String where) {
    String line =
        where.isEmpty() || where.equals(new CellStop().getMessage())
            ? "Interrupted."
            : "Interrupted, but "
                + where
                + " cannot be stopped and goes on in the background. Restarting the kernel ends it.";
    return new CellError("Interrupted", line, List.of(line));
  }

  /** {@return whether a magic ended so by itself, with a message that says what it has} */
  static boolean isInGoodOrder(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (isMagic(className(at))) {
        return !String.valueOf(at.getMessage()).contains(CellStop.class.getSimpleName());
      }
    }
    return false;
  }

  private static CellError ofMagic(String message) {
    return new CellError("MagicException", message, message.lines().toList());
  }

  /** An error that nobody foresaw: its first line. */
  static CellError plain(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    String message = text(thrown.getMessage());
    return new CellError(name, message, List.of(message.isEmpty() ? name : name + ": " + message));
  }

  CellError styled(UnaryOperator<String> style) {
    return new CellError(name, message, lines.stream().map(style).toList());
  }

  /** The errors at the machine's limits, whose many frames say nothing. */
  private static Optional<String> limit(
      EvalException user, Function<String, Optional<CellEvaluator.Place>> place) {
    String at =
        Arrays.stream(user.getStackTrace())
            .flatMap(frame -> frame(frame, place).stream())
            .findFirst()
            .map(String::strip)
            .orElse("");
    return switch (user.getExceptionClassName()) {
      case "java.lang.OutOfMemoryError" ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "OutOfMemoryError: the heap of %d MB is full%s. For more, set ODEUM_JVM_OPTS to"
                      + " -Xmx%dg, say, and start Jupyter again.",
                  Runtime.getRuntime().maxMemory() >> 20,
                  at.isEmpty() ? "" : ", " + at,
                  2 + (Runtime.getRuntime().maxMemory() >> 29)));
      case "java.lang.StackOverflowError" ->
          Optional.of(
              "StackOverflowError: calls nest too deeply" + (at.isEmpty() ? "." : ", " + at));
      default -> Optional.empty();
    };
  }

  private static boolean isMagic(String className) {
    return className.startsWith(MAGIC_PACKAGE) && className.endsWith("MagicException");
  }

  private static String className(Throwable thrown) {
    return thrown instanceof EvalException user
        ? user.getExceptionClassName()
        : thrown.getClass().getName();
  }

  private static List<String> lines(
      EvalException user, Function<String, Optional<CellEvaluator.Place>> place) {
    List<String> lines = new ArrayList<>();
    String prefix = "";
    for (Throwable at = user; at != null; at = at.getCause()) {
      lines.addAll((prefix + headline(at)).lines().toList());
      Arrays.stream(at.getStackTrace())
          .flatMap(frame -> frame(frame, place).stream())
          .distinct()
          .forEach(lines::add);
      prefix = "Caused by: ";
    }
    return lines;
  }

  private static String headline(Throwable thrown) {
    String name = SNIPPET_CLASS.matcher(className(thrown)).replaceFirst("").replace('$', '.');
    String message = text(thrown.getMessage());
    return message.isEmpty() ? name : name + ": " + message;
  }

  /** A frame of the user's own, for JShell names the file of a snippet by its id. */
  private static Optional<String> frame(
      StackTraceElement frame, Function<String, Optional<CellEvaluator.Place>> place) {
    String file = frame.getFileName();
    if (file == null || !file.startsWith("#")) {
      return Optional.empty();
    }
    return place.apply(file.substring(1)).map(found -> "  at " + text(frame, found));
  }

  // In the words of IPython, "In [2], line 6": the number is the one of the cell's prompt.
  private static String text(StackTraceElement frame, CellEvaluator.Place place) {
    int line = place.firstLine() + frame.getLineNumber() - 1;
    String where = "In [" + place.cell() + "], line " + line;
    String method = frame.getMethodName();
    if (method == null || method.isEmpty() || method.contains("do_it$")) {
      return where;
    }
    // A lambda is named after its method: lambda$name$0.
    String name = LAMBDA.matcher(method).replaceFirst("$1");
    String owner = frame.getClassName();
    return (owner == null || owner.isEmpty() ? "" : owner + ".") + name + " (" + where + ")";
  }

  private static String simple(String className) {
    return className.substring(
        1 + Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')));
  }

  private static String text(String message) {
    // Java's messages name a variable of a cell by the class that JShell put it in.
    return message == null || message.equals("null") ? "" : WRAPPER.matcher(message).replaceAll("");
  }
}
