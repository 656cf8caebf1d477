package odeum.kernel;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import odeum.magics.CellHelp;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What there is to say of the name at the cursor: a magic, an option, a variable, or Java's own.
 */
final class Explanation {
  private static final int LONGEST = 600;
  private static final Pattern ASKED = Pattern.compile("\\s*(\\?{0,2})([\\w$.%]+)(\\?{0,2})\\s*");

  private final JShell shell;
  private final Optional<CellHelp> magics;
  private final BiFunction<String, Integer, DisplayData> java;

  /**
   * Explanations.
   *
   * @param java the documentation of the code that ends at a position, or null
   */
  Explanation(
      JShell shell, Optional<CellHelp> magics, BiFunction<String, Integer, DisplayData> java) {
    this.shell = shell;
    this.magics = magics;
    this.java = java;
  }

  /**
   * {@return what a cell asks for that is but a name with a question mark, as in IPython; empty for
   * other cells}
   */
  static Optional<String> asked(String cell) {
    Matcher asked = ASKED.matcher(cell);
    boolean asks = asked.matches() && !(asked.group(1) + asked.group(3)).isEmpty();
    return asks ? Optional.of(asked.group(2)) : Optional.empty();
  }

  /** {@return the words on a name of a cell that asks} */
  DisplayData ofName(String name) {
    return magics
        .flatMap(known -> known.help(name.replaceFirst("^%+", "")))
        .filter(usage -> name.startsWith("%") || variable(name).isEmpty())
        .map(DisplayData::new)
        .or(() -> Optional.ofNullable(at(name, name.length())))
        .orElseGet(() -> new DisplayData("Nothing is known of " + name + "."));
  }

  /** {@return the words on the name at this position of a cell, or null} */
  DisplayData at(String code, int at) {
    Optional<String> usage = MagicLine.at(code, at).flatMap(line -> line.help(magics));
    if (usage.isPresent()) {
      return new DisplayData(usage.get());
    }
    Optional<String> value = variable(nameAt(code, at));
    if (value.isPresent()) {
      return new DisplayData(value.get());
    }
    if (code.isEmpty()) {
      return null;
    }
    // JShell is asked at a position inside the code, also at the end of a name.
    DisplayData found = java.apply(code, Math.clamp(at, 0, code.length() - 1));
    String name = nameAt(code, at);
    if (found != null || name.indexOf('.') < 0) {
      return found;
    }
    // It knows methods by their parenthesis.
    String call =
        code.substring(0, code.indexOf(name, Math.max(0, at - name.length()))) + name + "(";
    return java.apply(call, call.length() - 1);
  }

  /** The name around the position, with what stands before its dots. */
  private static String nameAt(String code, int at) {
    int start = Math.clamp(at, 0, code.length());
    int end = start;
    while (start > 0 && (isName(code.charAt(start - 1)) || code.charAt(start - 1) == '.')) {
      start--;
    }
    while (end < code.length() && isName(code.charAt(end))) {
      end++;
    }
    return code.substring(start, end);
  }

  private static boolean isName(char c) {
    return Character.isJavaIdentifierPart(c);
  }

  private Optional<String> variable(String name) {
    return shell
        .variables()
        .filter(known -> known.name().equals(name) && shell.status(known).isDefined())
        .findFirst()
        .map(this::text);
  }

  private String text(VarSnippet variable) {
    String value;
    try {
      value = shell.varValue(variable);
    } catch (IllegalArgumentException | IllegalStateException gone) {
      value = "";
    }
    String brief = value.length() > LONGEST ? value.substring(0, LONGEST) + " …" : value;
    String join = brief.indexOf('\n') < 0 ? " = " : " =\n";
    return variable.typeName() + " " + variable.name() + join + brief;
  }
}
