package odeum.kernel;

import java.nio.charset.Charset;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/**
 * The cell's streams, which only JJava's own package may attach. They stay attached when the cell
 * has ended: what its threads print later still belongs to it.
 */
final class CellIo extends JupyterIO {
  private final Publisher publisher;
  private final CellOutput output;

  CellIo(Charset encoding, Publisher publisher) {
    super(encoding);
    this.publisher = publisher;
    output = new CellOutput(publisher);
  }

  /** Sends what is printed and displayed to the cell of this request, until the next one. */
  void attach(ShellReplyEnvironment env, boolean asksAllowed) {
    output.attach(
        (name, text) -> {
          if (name == CellOutput.Name.OUT) {
            env.writeToStdOut(text);
          } else {
            env.writeToStdErr(text);
          }
        });
    setEnv(env);
    setJupyterInEnabled(asksAllowed);
    System.setOut(output.out());
    System.setErr(output.err());
    System.setIn(in);
  }

  /** Ends the cell's turn: nobody is asked any more. */
  void end() {
    setJupyterInEnabled(false);
    drain();
  }

  /** Sends what was printed and still waits, before anything else is sent. */
  void drain() {
    output.drain();
    publisher.await();
  }

  /** Shows what a thread of the user's own threw; where there is no cell, nobody would see it. */
  void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof CellStop) {
      return;
    }
    String cell = CellGroup.anyStarted(thread) ? " of " + thread.getThreadGroup().getName() : "";
    String message =
        thrown instanceof CellExit
            ? thrown.getMessage()
            : thrown.toString().replaceFirst("^REPL\\.\\$JShell\\$\\w+\\$", "");
    output.out().println("Exception in " + thread.getName() + cell + ": " + message);
  }
}
