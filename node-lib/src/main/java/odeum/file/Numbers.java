package odeum.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers of one type, one after the other in a stream. */
final class Numbers {
  private static final int BUFFER = 1 << 16;
  private static final int FIRST = 1 << 16;

  private Numbers() {}

  /**
   * {@return so many numbers} Memory grows with what is there, not with what a head promises.
   *
   * @throws EOFException if there are fewer
   */
  static double[] read(InputStream in, int count, DataType type, ByteOrder order)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER).order(order);
    double[] values = new double[Math.min(count, FIRST)];
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, BUFFER / type.width());
      int got = in.readNBytes(bytes.array(), 0, some * type.width());
      if (got < some * type.width()) {
        throw new EOFException(
            "it is cut off: it should have %s numbers, the %s. is missing"
                .formatted(count, done + got / type.width() + 1));
      }
      if (done + some > values.length) {
        values =
            Arrays.copyOf(values, (int) Math.min(count, Math.max(2L * values.length, done + some)));
      }
      bytes.clear();
      for (int i = 0; i < some; i++) {
        values[done++] = type.get(bytes);
      }
    }
    return values;
  }
}
