package odeum.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import odeum.magics.Interrupts;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;
import org.dflib.jjava.kernel.execution.IncompleteSourceException;

/**
 * Evaluates cells and remembers where each of JShell's snippets stood, so that errors name cells
 * and lines.
 */
final class CellEvaluator extends CodeEvaluator {
  /**
   * Where a snippet stood.
   *
   * @param cell the cell's number, as in its prompt
   * @param firstLine the line of the cell where it began, counted from 1
   */
  record Place(int cell, int firstLine) {}

  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private volatile Place now;
  private volatile Thread cellThread;

  CellEvaluator(String name) {
    super(name, -1, TimeUnit.MILLISECONDS);
  }

  void follow(JShell shell) {
    shell.onSnippetEvent(this::remember);
  }

  /** Begins a cell: what is evaluated next belongs to it. */
  void begin(int cell) {
    now = new Place(cell, 1);
    cellThread = Thread.currentThread();
  }

  /** {@return where the snippet with this id stood; empty for what the kernel itself evaluated} */
  Optional<Place> place(String snippetId) {
    return Optional.ofNullable(places.get(snippetId));
  }

  @Override
  public Object eval(JShell shell, String code) {
    Place outer = now;
    Object result = null;
    CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(code);
    try {
      while (info.completeness().isComplete()) {
        // An interrupted magic, on its own thread, may still declare what it has.
        if (Interrupts.pending() && Thread.currentThread() == cellThread) {
          throw new EvaluationInterruptedException(info.source().strip());
        }
        String before = code.substring(0, code.length() - info.remaining().length());
        now = outer == null ? null : new Place(outer.cell(), lineOf(before, info.source()));
        result = evalSingle(shell, info.source());
        info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
      }
    } finally {
      now = outer;
    }
    if (info.completeness() != Completeness.EMPTY) {
      throw new IncompleteSourceException(info.remaining().strip());
    }
    return result;
  }

  /**
   * The line where the snippet's text, without leading blanks, begins in the code that ends with
   * it.
   */
  private static int lineOf(String codeToItsEnd, String snippet) {
    int length = snippet.strip().length();
    int start = Math.max(0, codeToItsEnd.stripTrailing().length() - length);
    return 1 + (int) codeToItsEnd.substring(0, start).chars().filter(c -> c == '\n').count();
  }

  private void remember(SnippetEvent event) {
    Place place = now;
    if (place != null && event.causeSnippet() == null) {
      places.putIfAbsent(event.snippet().id(), place);
    }
  }
}
