package odeum.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.UnresolvedReferenceException;
import odeum.tensor.Names;
import org.dflib.jjava.kernel.execution.CompilationException;
import org.dflib.jjava.kernel.execution.IncompleteSourceException;

/** Words the mistakes that the compiler finds: what is wrong, the user's line, a caret. */
final class CompilerError {
  private static final int MOST = 3;
  private static final Pattern SYMBOL = Pattern.compile("symbol:\\s*(\\w+) ([\\w$]+)");
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\.");
  private static final Pattern MISSING = Pattern.compile("\\w+ ([\\w$]+)");

  private final JShell shell;
  private final Function<String, Optional<CellEvaluator.Place>> places;

  CompilerError(JShell shell, Function<String, Optional<CellEvaluator.Place>> places) {
    this.shell = shell;
    this.places = places;
  }

  /** {@return the error as a cell shows it; empty if the compiler has nothing to do with it} */
  Optional<CellError> of(Throwable thrown) {
    if (thrown instanceof CompilationException failed) {
      return Optional.of(mistakes(failed.getBadSnippetCompilation().snippet()));
    }
    if (thrown instanceof IncompleteSourceException early) {
      return Optional.of(incomplete(early.getSource()));
    }
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedReferenceException waits) {
        return Optional.of(unresolved(waits.getSnippet()));
      }
    }
    return Optional.empty();
  }

  private CellError mistakes(Snippet snippet) {
    List<Diag> found = shell.diagnostics(snippet).filter(Diag::isError).limit(MOST).toList();
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag one : found) {
      Optional<String> name = symbol(one);
      String message = message(snippet.source(), one, name);
      first = first.isEmpty() ? message : first;
      lines.addAll(shown(snippet, one, name, message));
    }
    if (found.isEmpty()) {
      first = snippet instanceof DeclarationSnippet waits ? missing(waits) : "This is not Java.";
      lines.add(first);
    }
    return new CellError("CompilationException", first, lines);
  }

  private static Optional<String> symbol(Diag found) {
    Matcher symbol = SYMBOL.matcher(found.getMessage(Locale.ROOT));
    return symbol.find() ? Optional.of(symbol.group(2)) : Optional.empty();
  }

  /** One line: javac puts the symbol below, and where it looked, which the caret shows. */
  private String message(String source, Diag found, Optional<String> name) {
    List<String> parts =
        found
            .getMessage(Locale.ROOT)
            .lines()
            .map(String::strip)
            .filter(line -> !line.startsWith("location:") && !line.isEmpty())
            .map(line -> line.replaceFirst("^symbol:\\s*", ""))
            .toList();
    String text = WRAPPER.matcher(String.join(": ", parts)).replaceAll("");
    return text
        + name.flatMap(wanted -> nearest(source, start(source, found, name), wanted))
            .map(near -> ". Did you mean " + near + "?")
            .orElse("");
  }

  /** What could stand there, of the names that begin alike. */
  private Optional<String> nearest(String source, int start, String wanted) {
    int[] anchor = new int[1];
    String typed = source.substring(0, start) + wanted.charAt(0);
    List<String> known =
        shell.sourceCodeAnalysis().completionSuggestions(typed, typed.length(), anchor).stream()
            .map(SourceCodeAnalysis.Suggestion::continuation)
            .map(name -> name.replaceFirst("[(<].*", "").strip())
            .filter(name -> !name.equals(wanted))
            .distinct()
            .toList();
    return Names.nearest(wanted, known);
  }

  private static int start(String source, Diag found, Optional<String> name) {
    int position = Math.clamp(found.getPosition(), 0, source.length());
    int named = name.map(text -> source.indexOf(text, position)).orElse(-1);
    int start = named >= 0 ? named : Math.clamp(found.getStartPosition(), 0, source.length());
    // The compiler points behind the last sign when something is missing there.
    return start > 0 && start == source.length() ? start - 1 : start;
  }

  private List<String> shown(Snippet snippet, Diag found, Optional<String> name, String message) {
    String source = snippet.source();
    int start = start(source, found, name);
    int lineStart = source.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = source.indexOf('\n', start) < 0 ? source.length() : source.indexOf('\n', start);
    int length = name.map(String::length).orElse((int) (found.getEndPosition() - start));
    // A place is that of the snippet's text, without leading blanks.
    int text = source.length() - source.stripLeading().length();
    int before =
        (int)
            source
                .substring(Math.min(text, lineStart), lineStart)
                .chars()
                .filter(c -> c == '\n')
                .count();
    String where =
        places
            .apply(snippet.id())
            .map(place -> "In [" + place.cell() + "], line " + (place.firstLine() + before) + ": ")
            .orElse("");
    String line = source.substring(lineStart, lineEnd);
    String indent = line.substring(0, start - lineStart).replaceAll("[^\\t]", " ");
    String caret = "^".repeat(Math.clamp(length, 1, Math.max(1, lineEnd - start)));
    return List.of(where + message, "  " + line, "  " + indent + caret);
  }

  private static CellError incomplete(String source) {
    String message = "The code ends too early: a bracket, a quote or a comment is not closed.";
    List<String> lines = source.lines().toList();
    return new CellError(
        "IncompleteSourceException",
        message,
        List.of(message, "  " + (lines.isEmpty() ? "" : lines.getLast())));
  }

  private CellError unresolved(DeclarationSnippet snippet) {
    String message = missing(snippet);
    return new CellError("UnresolvedReferenceException", message, List.of(message));
  }

  private String missing(DeclarationSnippet snippet) {
    List<String> wanted = shell.unresolvedDependencies(snippet).toList();
    if (wanted.isEmpty()) {
      return snippet.name() + " cannot be used yet.";
    }
    Matcher name = MISSING.matcher(wanted.getFirst());
    String hint =
        name.find()
            ? nearest("", 0, name.group(1)).map(near -> " Did you mean " + near + "?").orElse("")
            : "";
    return snippet.name()
        + " cannot be used yet, for it needs what is not defined: "
        + wanted.stream().collect(Collectors.joining(", "))
        + "."
        + hint;
  }
}
