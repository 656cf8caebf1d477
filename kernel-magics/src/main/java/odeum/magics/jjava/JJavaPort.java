package odeum.magics.jjava;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import odeum.magics.Interrupts;
import odeum.magics.KernelPort;
import odeum.magics.Magics;
import odeum.magics.Session;
import odeum.plot.MimeBundle;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** A JJava kernel as the magics see it. */
final class JJavaPort implements KernelPort {
  private final BaseKernel kernel;
  private final Session session;
  private final Set<String> shown = new HashSet<>();
  private boolean imported;

  private JJavaPort(BaseKernel kernel, Session session) {
    this.kernel = kernel;
    this.session = session;
  }

  static JJavaPort of(BaseKernel kernel) {
    return new JJavaPort(kernel, Session.of(shell(kernel), kernel::evalRaw));
  }

  /** The class that has {@code getJShell} is in JJava's own jar only, which is on no registry. */
  private static JShell shell(BaseKernel kernel) {
    try {
      return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This kernel has no JShell: " + kernel.getClass(), e);
    }
  }

  @Override
  public void display(MimeBundle output) {
    kernel.display(data(output));
  }

  @Override
  public void display(MimeBundle output, String displayId) {
    DisplayData data = data(output);
    data.putTransientData("display_id", displayId);
    if (shown.add(displayId)) {
      kernel.display(data);
    } else {
      kernel.getIO().display.updateDisplay(data);
    }
  }

  private static DisplayData data(MimeBundle output) {
    DisplayData data = new DisplayData();
    output.data().forEach(data::putData);
    return data;
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
