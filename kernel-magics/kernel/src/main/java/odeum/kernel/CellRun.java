package odeum.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import odeum.magics.Interrupts;

/**
 * One statement of a cell on a thread of its own, and how it ends when the user asks: work that
 * looks at {@link Interrupts} gets time to end in good order, then the thread is interrupted, then
 * its code is stopped wherever it looks next, and at last the prompt comes back without it.
 */
final class CellRun {
  // Together under the two seconds after which a user thinks that nothing happens.
  private static final long FOR_GOOD_ORDER = 900;
  private static final long FOR_HANDLERS = 200;
  private static final long FOR_CODE = 600;
  private static final long FOR_COMPILER = 10_000;
  private static final long STEP = 20;

  private final CellGroup group;
  private final Thread thread;
  private final BooleanSupplier compiling;
  private boolean ended;
  private boolean asked;
  private boolean forced;
  private Object value;
  private Throwable thrown;

  /**
   * A statement.
   *
   * @param compiling whether it is inside the compiler, to declare what it has; that is waited for
   */
  CellRun(CellGroup group, Callable<Object> work, BooleanSupplier compiling) {
    this.group = group;
    this.compiling = compiling;
    this.thread = new Thread(group, () -> run(work), group.getName());
  }

  private void run(Callable<Object> work) {
    Object result = null;
    Throwable failure = null;
    try {
      result = work.call();
    } catch (Throwable any) {
      failure = any;
    }
    synchronized (this) {
      value = result;
      thrown = failure;
      ended = true;
      notifyAll();
    }
  }

  /** {@return whether this thread is the statement's own} */
  boolean isOwn(Thread other) {
    return thread == other;
  }

  /** Asks the statement to end. */
  synchronized void stop() {
    asked = true;
    notifyAll();
  }

  /**
   * Runs the statement to its end.
   *
   * @return its value
   * @throws CellStop if it was ended by force
   * @throws Abandoned if it could not be ended
   */
  Object await() throws Throwable {
    thread.start();
    synchronized (this) {
      while (!ended && !asked) {
        wait();
      }
    }
    if (asked) {
      end();
    }
    if (!ended) {
      CellGuard.doom(thread);
      throw new Abandoned(where());
    }
    if (thrown != null && forced && !CellError.isInGoodOrder(thrown)) {
      throw new CellStop();
    }
    if (thrown != null) {
      throw thrown;
    }
    return value;
  }

  private void end() throws InterruptedException {
    try {
      if (Interrupts.heeded() && (endsIn(FOR_GOOD_ORDER) || endsWithItsDeclaration())) {
        return;
      }
      forced = true;
      thread.interrupt();
      if (endsIn(FOR_HANDLERS)) {
        return;
      }
      CellGuard.stop(group);
      for (long waited = 0; waited < FOR_CODE && !endsIn(STEP); waited += STEP) {
        thread.interrupt();
      }
      boolean unused = endsWithItsDeclaration();
    } finally {
      endHelpers();
      CellGuard.calm();
    }
  }

  private boolean endsWithItsDeclaration() throws InterruptedException {
    for (long waited = 0; waited < FOR_COMPILER && compiling.getAsBoolean(); waited += STEP) {
      if (endsIn(STEP)) {
        return true;
      }
    }
    return endsIn(STEP);
  }

  private synchronized boolean endsIn(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; !ended && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return ended;
  }

  /** Stops the other threads that work for this cell. */
  private void endHelpers() throws InterruptedException {
    List<Thread> busy = busy();
    if (busy.isEmpty()) {
      return;
    }
    CellGuard.stop(group);
    for (long waited = 0; waited < FOR_CODE && !busy.isEmpty(); waited += STEP) {
      Thread.sleep(STEP);
      List<Thread> still = busy();
      // A pool of an earlier cell may work for this one; what only wakes now and then is not
      // burning.
      still.stream().filter(busy::contains).forEach(CellGuard::doom);
      still.stream().filter(group::started).forEach(Thread::interrupt);
      busy = still;
    }
  }

  /** The threads that compute in code of cells at this moment. */
  private List<Thread> busy() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey() != thread && isBusy(entry))
        .map(Map.Entry::getKey)
        .toList();
  }

  // What a virtual thread does is not in the trace of the thread that carries it.
  private static boolean isBusy(Map.Entry<Thread, StackTraceElement[]> entry) {
    return entry.getKey().getState() == Thread.State.RUNNABLE
        && Arrays.stream(entry.getValue())
            .map(StackTraceElement::getClassName)
            .anyMatch(name -> name.startsWith("REPL.") || name.equals("java.lang.VirtualThread"));
  }

  private String where() {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0
        ? "its last step"
        : stack[0].getClassName() + "." + stack[0].getMethodName();
  }

  /** The statement goes on in the background, in code that cannot be stopped. */
  static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1;

    Abandoned(String where) {
      super(where, null, false, false);
    }
  }
}
