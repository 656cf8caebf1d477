package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** A JShell in this process that hands out the live values of expressions. */
public final class CellEvaluator {
  private final Control control = new Control();
  private final JShell shell;
  private boolean started;

  CellEvaluator() {
    shell =
        JShell.builder().out(System.out).executionEngine(new Provider(control), Map.of()).build();
    String classPath = System.getenv().getOrDefault("IJAVA_CLASSPATH", "");
    for (String pattern : classPath.split(File.pathSeparator)) {
      try {
        for (Path entry : new GlobFinder(pattern).computeMatchingPaths()) {
          shell.addToClasspath(entry.toAbsolutePath().toString());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@return the JShell, by the name that IJava's evaluator has} */
  public JShell getShell() {
    return shell;
  }

  /** As IJava does, the start-up script runs with the first cell. */
  Object run(String cell) throws Exception {
    if (!started) {
      started = true;
      shell.eval("import java.util.*;");
      runStatements(System.getenv().getOrDefault("IJAVA_STARTUP_SCRIPT", ""));
    }
    return runStatements(cell);
  }

  private Object runStatements(String cell) throws Exception {
    Object value = null;
    var rest = shell.sourceCodeAnalysis().analyzeCompletion(cell);
    while (rest.completeness().isComplete()) {
      value = runOne(rest.source());
      rest = shell.sourceCodeAnalysis().analyzeCompletion(rest.remaining());
    }
    if (!rest.remaining().isBlank()) {
      throw new IllegalArgumentException("not Java: " + rest.remaining());
    }
    return value;
  }

  private Object runOne(String source) throws Exception {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.exception() != null) {
        throw event.exception();
      }
      if (!event.status().isDefined()) {
        throw new IllegalArgumentException("not Java: " + event.snippet().source());
      }
      Object live = event.value() == null ? null : control.take(event.value());
      boolean isValue =
          event.snippet().kind() == Snippet.Kind.VAR
              || event.snippet().kind() == Snippet.Kind.EXPRESSION;
      value = isValue && !isDeclaration(event.snippet()) ? live : null;
    }
    return value;
  }

  private static boolean isDeclaration(Snippet snippet) {
    return snippet.subKind() == Snippet.SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND
        || snippet.subKind() == Snippet.SubKind.VAR_DECLARATION_SUBKIND;
  }

  /** {@return a line of a stack trace with the class that the cell threw in place of JShell's} */
  String named(String line, Exception thrown) {
    return thrown instanceof EvalException user
        ? line.replace(EvalException.class.getName(), user.getExceptionClassName())
        : line;
  }

  void interrupt() {
    control.interrupt();
  }

  private record Provider(Control control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }

  /** Each snippet has a thread that an interrupt can cancel; values wait under a key. */
  private static final class Control extends DirectExecutionControl {
    private static final Object NOTHING = new Object();

    private final ExecutorService threads = Executors.newCachedThreadPool(Control::daemon);
    private final Map<String, Future<Object>> running = new ConcurrentHashMap<>();
    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private static Thread daemon(Runnable work) {
      return Thread.ofPlatform().daemon().unstarted(work);
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
      String key = "value " + next.getAndIncrement();
      Future<Object> future = threads.submit(() -> snippet.invoke(null));
      running.put(key, future);
      try {
        Object value = future.get();
        values.put(key, value == null ? NOTHING : value);
        return key;
      } catch (CancellationException e) {
        throw new UserException(
            "Execution interrupted.", "Execution Interrupted", e.getStackTrace());
      } catch (ExecutionException e) {
        Throwable thrown = e.getCause() instanceof InvocationTargetException i ? i.getCause() : e;
        throw new UserException(
            String.valueOf(thrown.getMessage()),
            thrown.getClass().getName(),
            thrown.getStackTrace());
      } finally {
        running.remove(key);
      }
    }

    Object take(String key) {
      Object value = values.remove(key);
      return value == NOTHING ? null : value;
    }

    void interrupt() {
      running.values().forEach(future -> future.cancel(true));
    }
  }
}
