package odeum.kernel;

/** The threads that a cell started. What they throw is shown, for nobody else would see it. */
final class CellGroup extends ThreadGroup {
  private final Thread.UncaughtExceptionHandler handler;

  CellGroup(int cell, Thread.UncaughtExceptionHandler handler) {
    super("In [" + cell + "]");
    this.handler = handler;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    handler.uncaughtException(thread, thrown);
  }

  /** {@return whether the thread was started by this cell} */
  boolean started(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && parentOf(group);
  }

  /** {@return whether some cell started the thread} */
  static boolean anyStarted(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    while (group != null && !(group instanceof CellGroup)) {
      group = group.getParent();
    }
    return group != null;
  }
}
