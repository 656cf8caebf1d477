package odeum.kernel;

import java.lang.reflect.Field;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.Loop;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.MessageContext;

/** JJava's connection, made to outlive what cells do to it. */
final class CellConnection extends JupyterConnection {
  // Messages beyond it are lost, the ones that say that a cell has ended among them.
  private static final int MOST_WAITING = 50_000;
  private static final long TRY_AGAIN_MILLIS = 50;

  private final Publisher publisher;
  private final CellIo io;

  CellConnection(KernelConnectionProperties properties, Publisher publisher, CellIo io)
      throws NoSuchAlgorithmException, InvalidKeyException {
    super(properties);
    this.publisher = publisher;
    this.io = io;
    iopub.setSndHWM(MOST_WAITING);
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
    return new CellEnvironment(channel, stdin, iopub, context, publisher, io);
  }

  @Override
  public void connect() {
    super.connect();
    survive(shell, "ioloop");
    survive(control, "ioloop");
    survive(heartbeat, "pulse");
  }

  /** A loop ends for good when the heap is full at the moment in which a message comes. */
  private static void survive(Object channel, String field) {
    try {
      Field loop = channel.getClass().getDeclaredField(field);
      loop.setAccessible(true);
      if (loop.get(channel) instanceof Loop running) {
        running.onError(failure -> TRY_AGAIN_MILLIS);
      }
    } catch (ReflectiveOperationException otherVersion) {
      // Then the loop is as strong as JJava made it.
    }
  }
}
