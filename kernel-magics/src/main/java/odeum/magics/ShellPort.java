package odeum.magics;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private final Session session;
  private final Screen screen;
  private final Set<String> shown = new HashSet<>();
  private boolean imported;

  private ShellPort(Session session, Screen screen) {
    this.session = session;
    this.screen = screen;
  }

  /**
   * {@return the port of a kernel}
   *
   * @param shell where the user's variables are
   * @param evaluator runs one snippet the way the kernel does, and throws what the snippet throws
   */
  public static ShellPort of(JShell shell, Consumer<String> evaluator, Screen screen) {
    return new ShellPort(Session.of(shell, evaluator), screen);
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
      session.declare(name, type, value);
    } finally {
      if (requested) {
        Interrupts.request();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
