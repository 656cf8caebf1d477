package odeum.plot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes small pictures as PNG (RFC 2083), so that a figure holds them without 10,000 shapes. */
final class Png {
  private static final String PREFIX = "data:image/png;base64,";
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte WITH_ALPHA = 6;

  private Png() {}

  /**
   * {@return a data URI}
   *
   * @param argb the pixels by rows, the top one first
   */
  static String uri(int width, int height, int[] argb) {
    ByteBuffer rows = ByteBuffer.allocate(height * (1 + 4 * width));
    for (int i = 0; i < argb.length; i++) {
      if (i % width == 0) {
        rows.put((byte) 0); // a row without a filter
      }
      rows.putInt(argb[i] << 8 | argb[i] >>> 24);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put(BITS).put(WITH_ALPHA).array());
    chunk(out, "IDAT", deflated(rows.array()));
    chunk(out, "IEND", new byte[0]);
    return PREFIX + Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /** {@return width and height of a picture, or nothing if it is none that this class wrote} */
  static int[] size(String uri) {
    if (!uri.startsWith(PREFIX)) {
      return new int[0];
    }
    byte[] start = Base64.getDecoder().decode(uri.substring(PREFIX.length(), PREFIX.length() + 32));
    ByteBuffer header = ByteBuffer.wrap(start, 16, 8);
    return new int[] {header.getInt(), header.getInt()};
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] part = new byte[8192];
    while (!deflater.finished()) {
      out.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
