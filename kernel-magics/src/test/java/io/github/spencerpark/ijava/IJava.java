package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;

/** Starts the kernel: the only argument is Jupyter's connection file. */
public final class IJava {
  private static volatile JavaKernel kernel;

  private IJava() {}

  /** {@return the kernel of this process, null when none runs} */
  public static JavaKernel getKernelInstance() {
    return kernel;
  }

  /** Serves until Jupyter asks for the end. */
  public static void main(String[] arguments) throws Exception {
    JupyterSocket.JUPYTER_LOGGER.setLevel(Level.WARNING);
    String properties = Files.readString(Path.of(arguments[0]));
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(properties));
    kernel = new JavaKernel();
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }
}
