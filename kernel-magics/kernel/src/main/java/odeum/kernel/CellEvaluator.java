package odeum.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import odeum.magics.Interrupts;
import org.dflib.jjava.jupyter.telemetry.TelemetryCollector;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.CompilationException;
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

  // What JShell gets in place of the value of a magic that has none.
  private static final String NOTHING = "\"__NO_MAGIC_RETURN\"";

  private final String name;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final CellLoader loader = new CellLoader();
  private final CellControl control;
  private volatile Place now;

  CellEvaluator(String name, Thread.UncaughtExceptionHandler handler) {
    super(name, -1, TimeUnit.MILLISECONDS);
    this.name = name;
    control = new CellControl(loader, handler);
    Thread.currentThread().setContextClassLoader(loader.classLoader());
  }

  @Override
  public ExecutionControlProvider getExecControlProvider() {
    return new Provider(name, control);
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader.classLoader();
  }

  @Override
  public void startThreadTelemetryCollection(TelemetryCollector<?> collector) {
    control.collect(collector);
  }

  @Override
  public void stopThreadTelemetryCollection() {
    TelemetryCollector<?> collector = control.collector();
    if (collector != null) {
      collector.stop();
      control.collect(null);
    }
  }

  @Override
  public void interrupt() {
    control.interrupt();
  }

  void follow(JShell shell) {
    shell.onSnippetEvent(this::remember);
  }

  /** Begins a cell: what is evaluated next belongs to it. */
  void begin(int cell) {
    now = new Place(cell, 1);
    control.begin(cell);
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
        boolean nested = control.isCell(Thread.currentThread());
        if (Interrupts.pending() && !nested) {
          throw new EvaluationInterruptedException(info.source().strip());
        }
        if (!nested) {
          Interrupts.nextStatement();
        }
        String before = code.substring(0, code.length() - info.remaining().length());
        now = outer == null ? null : new Place(outer.cell(), lineOf(before, info.source()));
        control.compiling(nested);
        result = evalSingle(shell, info.source());
        info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
      }
    } finally {
      control.compiling(false);
      now = outer;
    }
    if (info.completeness() != Completeness.EMPTY) {
      throw new IncompleteSourceException(info.remaining().strip());
    }
    return result;
  }

  @Override
  protected Object evalSingle(JShell shell, String code) {
    // A blank line before an import would make JShell set all variables up again, empty.
    List<SnippetEvent> events = shell.eval(code.strip());
    Object result = null;
    // Each value is taken, also when another event failed: it would stay for ever.
    for (SnippetEvent event : events) {
      if (event.status() == Snippet.Status.OVERWRITTEN) {
        shell.drop(event.snippet());
      } else if (event.value() != null) {
        result = value(event);
      }
    }
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        check(event);
      }
    }
    return result;
  }

  private Object value(SnippetEvent event) {
    Snippet.SubKind kind = event.snippet().subKind();
    // A declaration without a value is not run.
    Object value = kind.isExecutable() ? control.take(event.value()) : null;
    return switch (kind) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND ->
          NOTHING.equals(value) ? null : value;
      default -> null;
    };
  }

  private static void check(SnippetEvent event) {
    JShellException thrown = event.exception();
    if (thrown instanceof EvalException user) {
      throw new RuntimeException(user.getExceptionClassName() + ", " + user.getMessage(), user);
    }
    if (thrown != null) {
      throw new RuntimeException(thrown);
    }
    // What only waits for a later declaration is no mistake yet.
    boolean waits = event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    if (!waits && !event.status().isDefined()) {
      throw new CompilationException(event);
    }
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

  private record Provider(String name, ExecutionControl control)
      implements ExecutionControlProvider {
    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
