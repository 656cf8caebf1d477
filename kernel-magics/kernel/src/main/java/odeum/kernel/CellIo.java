package odeum.kernel;

import java.nio.charset.Charset;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The cell's streams, which only JJava's own package may attach. */
final class CellIo extends JupyterIO {
  CellIo(Charset encoding) {
    super(encoding);
  }

  /**
   * Sends what is printed and displayed to the cell of this request, until the request is answered.
   */
  void attach(ShellReplyEnvironment env, boolean asksAllowed) {
    setEnv(env);
    env.defer(() -> retractEnv(env));
    setJupyterInEnabled(asksAllowed);
  }
}
