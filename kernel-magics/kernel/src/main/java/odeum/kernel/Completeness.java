package odeum.kernel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Whether a console should run what was typed or wait for more. */
final class Completeness {
  private static final Pattern LAST_LINE = Pattern.compile("(?:^|\\R)([ \\t]*)([^\\n\\r]*)\\R?$");
  private static final String STEP = "  ";

  private Completeness() {}

  /**
   * {@return "complete", "invalid", or the indent of the line that is still to come}
   *
   * @param code what was typed, its magics already turned into Java
   * @param typed what was typed
   */
  static String of(SourceCodeAnalysis analysis, String code, String typed) {
    if (typed.stripLeading().startsWith("%%")) {
      return ofCellMagic(typed.stripLeading());
    }
    CompletionInfo info = analysis.analyzeCompletion(code);
    while (true) {
      switch (info.completeness()) {
        case EMPTY -> {
          return BaseKernel.IS_COMPLETE_YES;
        }
        case UNKNOWN -> {
          return BaseKernel.IS_COMPLETE_BAD;
        }
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
          return indent(typed);
        }
        default -> info = analysis.analyzeCompletion(info.remaining());
      }
    }
  }

  /** The cell below a {@code %%} line ends with an empty line, as in IPython. */
  private static String ofCellMagic(String typed) {
    List<String> lines = typed.lines().toList();
    boolean asks = lines.getFirst().strip().matches("%%\\w+(\\?|.*--help)");
    boolean ended = typed.endsWith("\n") && lines.getLast().isBlank() && lines.size() > 1;
    return asks || ended || typed.endsWith("\n\n") ? BaseKernel.IS_COMPLETE_YES : "";
  }

  /** As the last line, and one step more after an opening brace or parenthesis. */
  private static String indent(String typed) {
    Matcher last = LAST_LINE.matcher(typed);
    if (!last.find()) {
      return "";
    }
    int open = 0;
    for (char c : last.group(2).toCharArray()) {
      open = c == '{' || c == '(' ? open + 1 : c == '}' || c == ')' ? Math.max(0, open - 1) : open;
    }
    return last.group(1) + (open > 0 ? STEP : "");
  }
}
