package odeum.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What cells print, gathered for a moment: one message for each line would overrun the sockets, and
 * what overruns them is lost. Who prints without end is slowed down.
 */
final class CellOutput {
  /** The two streams. */
  enum Name {
    /** Standard output. */
    OUT,
    /** Standard error. */
    ERR
  }

  private static final int CHUNK = 1 << 16;
  private static final long GATHER_MILLIS = 40;
  private static final long PAUSE_MILLIS = 15;

  private final Publisher publisher;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final PrintStream out = stream(Name.OUT);
  private final PrintStream err = stream(Name.ERR);
  private Name name = Name.OUT;
  private boolean scheduled;
  private BiConsumer<Name, String> target = (stream, text) -> {};

  CellOutput(Publisher publisher) {
    this.publisher = publisher;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Sends what is printed from now on elsewhere. */
  synchronized void attach(BiConsumer<Name, String> cell) {
    drain();
    target = cell;
  }

  /** Sends what waits. */
  synchronized void drain() {
    send(waiting.size());
  }

  private void write(Name to, byte[] bytes, int start, int length) {
    boolean much;
    synchronized (this) {
      if (to != name) {
        drain();
        name = to;
      }
      waiting.write(bytes, start, length);
      much = waiting.size() >= CHUNK;
      if (much) {
        send(whole(waiting.toByteArray()));
      } else if (!scheduled) {
        scheduled = true;
        publisher.later(this::onTime, GATHER_MILLIS);
      }
    }
    if (much) {
      pause();
    }
  }

  private synchronized void onTime() {
    scheduled = false;
    send(whole(waiting.toByteArray()));
  }

  private void send(int length) {
    if (length == 0) {
      return;
    }
    byte[] bytes = waiting.toByteArray();
    waiting.reset();
    waiting.write(bytes, length, bytes.length - length);
    target.accept(name, new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  /** How many bytes there are up to the last whole character. */
  private static int whole(byte[] bytes) {
    int start = bytes.length - 1;
    while (start > 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0 || bytes[start] >= 0) {
      return bytes.length;
    }
    int length = (bytes[start] & 0xE0) == 0xC0 ? 2 : (bytes[start] & 0xF0) == 0xE0 ? 3 : 4;
    return bytes.length - start < length ? start : bytes.length;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private PrintStream stream(Name stream) {
    OutputStream bytes =
        new OutputStream() {
          @Override
          public void write(int b) {
            CellOutput.this.write(stream, new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] data, int start, int length) {
            CellOutput.this.write(stream, data, start, length);
          }
        };
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }
}
