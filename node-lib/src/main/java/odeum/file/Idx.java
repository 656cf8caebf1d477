package odeum.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Arrays in the IDX format, in which MNIST and data like it are given out, compressed ({@code .gz})
 * or not.
 *
 * <pre>{@code
 * Tensor images = Idx.read(Path.of("train-images-idx3-ubyte.gz"), 10_000);  // (10000, 28, 28), 0 to 255
 * Tensor labels = Idx.read(Path.of("train-labels-idx1-ubyte.gz"), 10_000);  // (10000)
 * }</pre>
 */
public final class Idx {
  private Idx() {}

  /**
   * {@return the array of a file}
   *
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Tensor read(Path file) {
    return Reading.of(file, path -> read(path, Integer.MAX_VALUE, true));
  }

  /**
   * {@return the first elements of the array of a file along its first axis, such as images}
   *
   * @param most how many; all if there are fewer
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Tensor read(Path file, int most) {
    if (most < 0) {
      throw new IllegalArgumentException(
          "The number of elements to read cannot be negative, got %s.".formatted(most));
    }
    return Reading.of(file, path -> read(path, most, false));
  }

  private static Tensor read(Path file, int most, boolean toTheEnd) throws IOException {
    try (InputStream in = opened(file)) {
      byte[] magic = exactly(in, 4);
      if (magic[0] != 0 || magic[1] != 0) {
        throw new IOException("it is no IDX file, which begins with two bytes of zero");
      }
      DataType type = type(magic[2]);
      Shape shape = shape(in, Byte.toUnsignedInt(magic[3]), most);
      double[] values = Numbers.read(in, shape.size(), type, ByteOrder.BIG_ENDIAN);
      if (toTheEnd && in.read() >= 0) {
        throw new IOException(
            "it goes on after the %s numbers it should have".formatted(shape.size()));
      }
      return Tensor.of(shape, values);
    }
  }

  private static InputStream opened(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return compressed ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it is no IDX file, or cut off within its head");
    }
    return bytes;
  }

  private static DataType type(byte code) throws IOException {
    return switch (code) {
      case 0x08 -> DataType.U8;
      case 0x09 -> DataType.I8;
      case 0x0b -> DataType.I16;
      case 0x0c -> DataType.I32;
      case 0x0d -> DataType.F32;
      case 0x0e -> DataType.F64;
      default ->
          throw new IOException(
              "it is no IDX file: there is no type of numbers %s".formatted(code));
    };
  }

  private static Shape shape(InputStream in, int rank, int most) throws IOException {
    List<Integer> extents = new ArrayList<>();
    long size = 1;
    for (int axis = 0; axis < rank; axis++) {
      int extent = ByteBuffer.wrap(exactly(in, Integer.BYTES)).getInt();
      extents.add(axis == 0 ? Math.min(most, extent) : extent);
      size *= extents.get(axis);
      if (extent < 0 || size > Integer.MAX_VALUE) {
        throw new IOException("its shape %s is too large".formatted(extents));
      }
    }
    return new Shape(extents);
  }
}
