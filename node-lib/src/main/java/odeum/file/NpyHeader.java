package odeum.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * What a {@code .npy} array says of itself.
 *
 * @param type of its numbers
 * @param order of their bytes
 * @param shape its extents
 * @param columns whether the first axis runs fastest (Fortran), not the last
 */
record NpyHeader(DataType type, ByteOrder order, Shape shape, boolean columns) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** A longer head is refused: real ones have some hundred bytes. */
  private static final int LONGEST = 1 << 20;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern COLUMNS = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
  private static final Pattern REST = Pattern.compile("\\s*\\{[,\\s]*}\\s*");

  static NpyHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !java.util.Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("it is no .npy array, which begins with the bytes of \\x93NUMPY");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IOException("its version of the format, %s, is unknown".formatted(version));
    }
    byte[] size = exactly(in, version == 1 ? 2 : 4);
    ByteBuffer bytes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
    int length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("its head would have %s bytes".formatted(length));
    }
    return parse(new String(exactly(in, length), StandardCharsets.UTF_8));
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it is cut off within its head");
    }
    return bytes;
  }

  private static NpyHeader parse(String text) throws IOException {
    if (text.contains("'descr': [")) {
      throw new IOException("it is a table with columns of several types: save each column alone");
    }
    String type = found(TYPE, text);
    String columns = found(COLUMNS, text);
    String extents = found(SHAPE, text);
    String rest = text;
    for (Pattern known : List.of(TYPE, COLUMNS, SHAPE)) {
      rest = known.matcher(rest).replaceFirst("");
    }
    if (!REST.matcher(rest).matches()) {
      throw new IOException("its head is not understood: " + text.strip());
    }
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(type(type), order, shape(extents), columns.equals("True"));
  }

  private static String found(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("its head is not understood: " + text.strip());
    }
    return matcher.group(1);
  }

  private static DataType type(String text) throws IOException {
    return switch (text.isEmpty() ? "" : text.substring(1)) {
      case "f8" -> DataType.F64;
      case "f4" -> DataType.F32;
      case "f2" -> DataType.F16;
      case "i8" -> DataType.I64;
      case "i4" -> DataType.I32;
      case "i2" -> DataType.I16;
      case "i1" -> DataType.I8;
      case "u4" -> DataType.U32;
      case "u2" -> DataType.U16;
      case "u1" -> DataType.U8;
      case "b1" -> DataType.BOOL;
      default ->
          throw new IOException(
              "its numbers are of type '%s', which does not fit into doubles: say array.astype('float64') before saving"
                  .formatted(text));
    };
  }

  private static Shape shape(String text) throws IOException {
    List<Integer> extents = new ArrayList<>();
    long size = 1;
    for (String part : text.strip().split("\\s*,\\s*", -1)) {
      if (!part.isEmpty()) {
        long extent = part.length() > 18 ? Long.MAX_VALUE : Long.parseLong(part);
        if (extent > Integer.MAX_VALUE) {
          throw new IOException("its shape (%s) is too large".formatted(text));
        }
        extents.add((int) extent);
        size *= extent;
        if (size > Integer.MAX_VALUE) {
          throw new IOException("its shape (%s) is too large".formatted(text));
        }
      }
    }
    return new Shape(extents);
  }

  /** {@return these numbers as they lie in the file, in the order of the shape} */
  Tensor tensor(double[] values) {
    if (!columns || shape.rank() < 2) {
      return Tensor.of(shape, values);
    }
    List<Integer> strides = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
    for (int axis = 1; axis < shape.rank(); axis++) {
      strides.set(axis, strides.get(axis - 1) * shape.extent(axis - 1));
    }
    double[] rows = new double[values.length];
    for (int i = 0; i < rows.length; i++) {
      int rest = i;
      int from = 0;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        from += rest % shape.extent(axis) * strides.get(axis);
        rest /= shape.extent(axis);
      }
      rows[i] = values[from];
    }
    return Tensor.of(shape, rows);
  }
}
