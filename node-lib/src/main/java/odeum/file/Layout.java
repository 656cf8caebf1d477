package odeum.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import odeum.tensor.Tensor;

/** The bytes of a safetensors file: the length of the head, the head, the numbers. */
final class Layout {
  /** A longer head is refused: real ones have some kilobytes. In bytes. */
  static final int LARGEST_HEADER = 32 << 20;

  /** What the head is padded to with spaces, so that numbers lie where processors like them. */
  private static final int ALIGNMENT = 8;

  private static final int BUFFER = 1 << 16;

  private Layout() {}

  static void write(String header, Collection<Tensor> tensors, WritableByteChannel channel)
      throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT;
    if (padded > LARGEST_HEADER) {
      throw new IOException(
          "names and remarks take %s bytes, at most %s are allowed"
              .formatted(padded, LARGEST_HEADER));
    }
    ByteBuffer head = buffer(Long.BYTES + padded).putLong(padded).put(text);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    drain(head, channel);
    ByteBuffer bytes = buffer(BUFFER);
    for (Tensor tensor : tensors) {
      write(tensor, bytes, channel);
    }
    drain(bytes, channel);
  }

  private static void write(Tensor tensor, ByteBuffer bytes, WritableByteChannel channel)
      throws IOException {
    for (int i = 0; i < tensor.size(); i++) {
      if (!bytes.hasRemaining()) {
        drain(bytes, channel);
      }
      bytes.putLong(Double.doubleToLongBits(tensor.at(i))); // one NaN for all, as everywhere
    }
  }

  private static void drain(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    bytes.clear();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return the head of a file, whose tensors are put into {@code tensors}} */
  static Header read(FileChannel channel, Map<String, Tensor> tensors) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new IOException("it is no safetensors file, which has at least 8 bytes");
    }
    long length = filled(buffer(Long.BYTES), channel).getLong();
    if (length < 0 || length > Math.min(LARGEST_HEADER, size - Long.BYTES)) {
      throw new IOException(
          "it is no safetensors file, or cut off: its head would have %s bytes, the file has %s"
              .formatted(Long.toUnsignedString(length), size));
    }
    ByteBuffer head = filled(buffer((int) length), channel);
    String text = StandardCharsets.UTF_8.newDecoder().decode(head).toString();
    long start = Long.BYTES + length;
    Header header = Header.parse(text, size - start);
    ByteBuffer bytes = buffer(BUFFER);
    for (Header.Entry entry : header.entries()) {
      channel.position(start + entry.begin());
      tensors.put(entry.name(), read(entry, bytes, channel));
    }
    return header;
  }

  private static Tensor read(Header.Entry entry, ByteBuffer bytes, FileChannel channel)
      throws IOException {
    double[] values = new double[entry.shape().size()];
    int width = entry.type().width();
    for (int done = 0; done < values.length; ) {
      int count = Math.min(values.length - done, BUFFER / width);
      filled(bytes.clear().limit(count * width), channel);
      for (int i = 0; i < count; i++) {
        values[done++] = number(entry, bytes);
      }
    }
    return Tensor.of(entry.shape(), values);
  }

  private static double number(Header.Entry entry, ByteBuffer bytes) throws IOException {
    try {
      return entry.type().get(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException("tensor '%s': %s".formatted(entry.name(), e.getMessage()), e);
    }
  }

  private static ByteBuffer filled(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return bytes.flip();
  }
}
