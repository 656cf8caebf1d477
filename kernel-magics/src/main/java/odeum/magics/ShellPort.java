package odeum.magics;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import odeum.plot.MimeBundle;

/** A kernel whose cells run in a JShell of this process, as the magics see it. */
public final class ShellPort implements KernelPort {
  /** Where such a kernel shows outputs. */
  public interface Screen {
    /** Shows an output. */
    void show(MimeBundle output);

    /**
     * Shows an output that has an identity.
     *
     * @param first whether it is new; otherwise it takes the place of the one shown before
     */
    void show(MimeBundle output, String displayId, boolean first);
  }

  private static final long TURN_MILLIS = 1000;

  private final Session session;
  private final Object turn;
  private final Screen screen;
  private final Set<String> shown = new HashSet<>();
  private boolean imported;

  private ShellPort(Session session, Object turn, Screen screen) {
    this.session = session;
    this.turn = turn;
    this.screen = screen;
  }

  /**
   * {@return the port of a kernel}
   *
   * @param shell where the user's variables are
   * @param evaluator runs one snippet the way the kernel does, and throws what the snippet throws
   * @param turn whose monitor the kernel holds while a cell runs
   */
  public static ShellPort of(JShell shell, Consumer<String> evaluator, Object turn, Screen screen) {
    return new ShellPort(Session.of(shell, evaluator), turn, screen);
  }

  @Override
  public void display(MimeBundle output) {
    screen.show(output);
  }

  @Override
  public void display(MimeBundle output, String displayId) {
    screen.show(output, displayId, shown.add(displayId));
  }

  @Override
  public Object evaluate(String expression) {
    return session.evaluate(expression);
  }

  @Override
  public void declare(String name, String type, Object value) {
    // An interrupted magic still hands over what it has; the kernel would refuse to evaluate.
    boolean requested = Interrupts.pending();
    boolean interrupted = Thread.interrupted();
    Interrupts.clear();
    try {
      if (interrupted) {
        inTurn(() -> session.declare(name, type, value));
      } else {
        session.declare(name, type, value);
      }
    } finally {
      if (requested) {
        Interrupts.request();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * For a magic whose cell was cancelled and so has ended: JShell does one thing at a time, so it
   * waits while the next cell runs, though not for long.
   */
  private void inTurn(Runnable work) {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Runnable waiting =
        () -> {
          synchronized (turn) {
            task.run();
          }
        };
    Thread.ofPlatform().daemon().name("odeum-turn").start(waiting);
    try {
      task.get(TURN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.run();
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Makes the names that the magics print as Java known; once, and not while the kernel starts. */
  void importNames() {
    if (!imported) {
      imported = true;
      session.importMissing(Magics.IMPORTS);
    }
  }

  @Override
  public List<Variable> variables() {
    return session.variables();
  }

  @Override
  public Path directory() {
    return Path.of("").toAbsolutePath();
  }

  @Override
  public boolean interrupted() {
    return Interrupts.requested();
  }
}
