package odeum.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.DirectExecutionControl;
import odeum.magics.Interrupts;
import org.dflib.jjava.jupyter.telemetry.TelemetryCollector;

/**
 * Runs what JShell compiled: each statement on a thread of its cell, and what that evaluates in
 * turn on the same thread. JShell hands on texts only, so the live values wait here under a key.
 */
final class CellControl extends DirectExecutionControl {
  private final Map<String, Object> results = new ConcurrentHashMap<>();
  private final ThreadLocal<TelemetryCollector<?>> collector = new ThreadLocal<>();
  private final Thread.UncaughtExceptionHandler handler;
  private volatile CellGroup group;
  private volatile CellRun running;
  private volatile boolean compiling;

  CellControl(CellLoader loader, Thread.UncaughtExceptionHandler handler) {
    super(loader);
    this.handler = handler;
    this.group = new CellGroup(0, handler);
  }

  /** Begins a cell: what is run next belongs to it. */
  void begin(int cell) {
    group = new CellGroup(cell, handler);
  }

  /** Asks the running statement to end. */
  void interrupt() {
    CellRun run = running;
    if (run != null) {
      run.stop();
    }
  }

  /** Says whether the compiler works for a running statement; JShell is not left in the middle. */
  void compiling(boolean begins) {
    compiling = begins;
  }

  /** {@return whether this thread runs a cell} */
  boolean isCell(Thread thread) {
    return CellGroup.anyStarted(thread);
  }

  /** {@return the value under this key, once; null is a value} */
  Object take(String key) {
    Object value = results.remove(key);
    return value == Null.VALUE ? null : value;
  }

  void collect(TelemetryCollector<?> given) {
    if (given == null) {
      collector.remove();
    } else {
      collector.set(given);
    }
  }

  TelemetryCollector<?> collector() {
    return collector.get();
  }

  /** {@return the key of the value} */
  @Override
  protected String invoke(Method statement) throws Exception {
    TelemetryCollector<?> measuring = collector.get();
    Object value = measuring == null ? value(statement) : measured(measuring, statement);
    String key = UUID.randomUUID().toString();
    results.put(key, value == null ? Null.VALUE : value);
    return key;
  }

  private <T> Object measured(TelemetryCollector<T> measuring, Method statement) throws Exception {
    T start = measuring.measurementStart();
    try {
      return value(statement);
    } finally {
      measuring.measurementEnd(start);
    }
  }

  private Object value(Method statement) throws Exception {
    if (isCell(Thread.currentThread())) {
      compiling = false;
      return statement.invoke(null);
    }
    CellRun run = new CellRun(group, () -> statement.invoke(null), () -> compiling);
    running = run;
    try {
      // It may have been asked for while the statement was compiled.
      if (Interrupts.pending()) {
        throw new CellStop();
      }
      return run.await();
    } catch (InvocationTargetException thrown) {
      throw thrown;
    } catch (CellRun.Abandoned abandoned) {
      throw new UserException(
          abandoned.getMessage(), CellStop.class.getName(), new StackTraceElement[0]);
    } catch (Throwable thrown) {
      throw new InvocationTargetException(thrown);
    } finally {
      running = null;
    }
  }

  private enum Null {
    VALUE
  }
}
