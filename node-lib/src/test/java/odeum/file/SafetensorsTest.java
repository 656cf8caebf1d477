package odeum.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(SafetensorsTest.class.getResource(name)).toURI());
  }

  /** A file with this head and so many bytes after it. */
  private Path file(String head, int bytes) throws IOException {
    byte[] text = head.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + text.length + bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text);
    return Files.write(folder.resolve("x.safetensors"), content.array());
  }

  private void refused(String head, int bytes, String why) throws IOException {
    Path file = file(head, bytes);
    FileException e = assertThrows(FileException.class, () -> Safetensors.read(file), head);
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
        .formatted(name, type, shape, begin, end);
  }

  @Test
  void readsWhatPythonWrote() throws Exception {
    Safetensors file = Safetensors.read(resource("from-python.safetensors"));
    assertEquals("ä\"\\\n😀", file.remarks().get("grüße"));
    assertEquals(
        List.of("count", "empty", "net.0.bias", "net.0.weight", "small", "half", "bytes", "flags"),
        List.copyOf(file.tensors().keySet()));
    assertEquals(
        Tensor.matrix(
            new double[] {0.1f, -2.5},
            new double[] {3.25, 1e-40f},
            new double[] {Double.POSITIVE_INFINITY, -0.0}),
        file.tensor("net.0.weight"));
    assertEquals(Tensor.vector(1 / 3., 2 / 3., Double.NaN), file.tensor("net.0.bias"));
    assertArrayEquals(
        new double[] {1, -2, 0x1p-24, 65504, Double.POSITIVE_INFINITY, 0x3ffp-24},
        file.tensor("half").toArray());
    assertEquals((1L << 53) - 1, file.tensor("count").scalar());
    assertEquals(Tensor.vector(Integer.MIN_VALUE, Integer.MAX_VALUE), file.tensor("small"));
    assertEquals(Tensor.vector(0, 255), file.tensor("bytes"));
    assertEquals(Tensor.vector(1, 0), file.tensor("flags"));
    assertEquals(Shape.of(0, 3), file.tensor("empty").shape());
    Tensor upperHalves = Safetensors.read(resource("bfloat16.safetensors")).tensor("b");
    assertEquals(Tensor.vector(1, -1.5, 0x1.c2p127), upperHalves);
  }

  @Test
  void writesNumbersAtMultiplesOfEight() throws Exception {
    Path file = folder.resolve("a.safetensors");
    for (String name : List.of("a", "ab", "abc", "ä", "abcde", "abcdef", "abcdefg", "abcdefgh")) {
      Safetensors.EMPTY.with(name, Tensor.vector(1, 2)).write(file);
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      long head = bytes.getLong();
      assertEquals(0, head % 8);
      assertEquals(8 + head + 16, bytes.capacity());
      assertEquals('{', bytes.get());
      assertEquals(1, bytes.getDouble(8 + (int) head));
    }
  }

  @Test
  void refusesWhatTheFormatDoesNotAllow() throws Exception {
    String a = entry("a", "F64", "[2]", 0, 16);
    refused("[]", 0, "should be an object");
    refused("{", 0, "no proper JSON");
    refused("", 0, "not complete");
    refused("{}{}", 0, "after the end");
    refused("{" + a + "}", 15, "take 16 bytes, but 15 follow");
    refused("{" + a + "}", 17, "appended");
    refused("{" + a + "," + a + "}", 16, "Duplicate");
    refused("{" + a + "," + entry("b", "F64", "[2]", 8, 24) + "}", 24, "the one before ends at 16");
    refused("{" + a + "," + entry("b", "F64", "[1]", 24, 32) + "}", 32, "the one before ends at");
    refused("{" + entry("a", "F64", "[2]", 0, 8) + "}", 8, "needs 16 bytes");
    refused("{" + entry("a", "F64", "[1]", -8, 0) + "}", 0, "tensor 'a'");
    refused("{" + entry("a", "F8_E4M3", "[1]", 0, 1) + "}", 1, "F8_E4M3");
    refused("{" + entry("a", "F64", "[-1]", 0, 8) + "}", 8, "negative");
    refused("{" + entry("a", "F64", "[1.5]", 0, 8) + "}", 8, "whole number");
    refused("{" + entry("a", "F64", "2", 0, 8) + "}", 8, "a list");
    refused("{" + entry("a", "U8", "[65536,65536]", 0, 0) + "}", 0, "too large");
    refused("{" + entry("a", "U8", "[2147483647,2147483647,0]", 0, 0) + "}", 0, "too large");
    refused("{" + entry("a", "U8", "[9999999999]", 0, 0) + "}", 0, "32 bits");
    refused("{" + entry("a", "U8", "[99999999999999999999]", 0, 0) + "}", 0, "no proper JSON");
    refused("{\"a\":{\"dtype\":\"F64\",\"shape\":[1]}}", 8, "no 'data_offsets'");
    refused("{\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0]}}", 8, "two numbers");
    refused("{\"__metadata__\":{\"a\":1}}", 0, "a text");
    refused("{\"__metadata__\":{\"a\":null}}", 0, "null");
    refused("[".repeat(100_000), 0, "JSON");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws Exception {
    byte[] head = {9, 0, 0, 0, 0, 0, 0, 0, '{', '"', (byte) 0xff, '"', ':', '{', '}', '}', ' '};
    Path file = Files.write(folder.resolve("x"), head);
    FileException e = assertThrows(FileException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().contains("UTF-8"), e.getMessage());
  }

  @Test
  void believesNoHugeHead() throws Exception {
    for (long length : List.of(Long.MAX_VALUE, -1L, 1L << 31, 25L, (long) Layout.LARGEST_HEADER)) {
      ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path file = Files.write(folder.resolve("x"), bytes.array());
      FileException e = assertThrows(FileException.class, () -> Safetensors.read(file));
      assertTrue(e.getMessage().contains(Long.toUnsignedString(length)), e.getMessage());
    }
    Path short7 = Files.write(folder.resolve("y"), new byte[7]);
    assertThrows(FileException.class, () -> Safetensors.read(short7));
  }

  @Test
  void refusesAWholeNumberThatIsNoDouble() throws Exception {
    Path file = file("{" + entry("n", "I64", "[1]", 0, 8) + "}", 8);
    byte[] bytes = Files.readAllBytes(file);
    for (long number : List.of((1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE + 1)) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 8, number);
      Files.write(file, bytes);
      FileException e = assertThrows(FileException.class, () -> Safetensors.read(file));
      assertTrue(e.getMessage().contains("'n': the whole number " + number), e.getMessage());
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 8, 1L << 62);
    assertEquals(0x1p62, Safetensors.read(Files.write(file, bytes)).tensor("n").at(0));
  }

  @Test
  void saysWhichFileOrTensorIsMissing() {
    Path missing = folder.resolve("missing.safetensors");
    FileException e = assertThrows(FileException.class, () -> Safetensors.read(missing));
    assertTrue(e.getMessage().startsWith("There is no file " + missing), e.getMessage());
    assertThrows(FileException.class, () -> Safetensors.read(folder));
    Safetensors one = Safetensors.EMPTY.with("weight", Tensor.scalar(1));
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> one.tensor("wieght"));
    assertTrue(unknown.getMessage().contains("Did you mean 'weight'?"), unknown.getMessage());
  }

  @Test
  void aFailedWriteKeepsTheOldFileAndLeavesNothingBehind() throws Exception {
    Path file = folder.resolve("kept.safetensors");
    Safetensors old = Safetensors.EMPTY.with("a", Tensor.vector(1, 2, 3));
    old.write(file);
    FileException e =
        assertThrows(
            FileException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(1000));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        file
            + " cannot be written: No space left on device."
            + " The file that was there before is unchanged.",
        e.getMessage());
    assertEquals(old, Safetensors.read(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    Safetensors one = Safetensors.EMPTY.with("a", Tensor.scalar(1));
    Path nowhere = folder.resolve("no").resolve("a.safetensors");
    FileException missing = assertThrows(FileException.class, () -> one.write(nowhere));
    assertTrue(missing.getMessage().contains("there is no folder"), missing.getMessage());
    FileException isFolder = assertThrows(FileException.class, () -> one.write(folder));
    assertTrue(isFolder.getMessage().contains("it is a folder"), isFolder.getMessage());
    Path plain = Files.writeString(folder.resolve("plain"), "text");
    Path below = plain.resolve("a.safetensors");
    assertThrows(FileException.class, () -> one.write(below));
    assertEquals("text", Files.readString(plain));
  }

  @Test
  void writesThroughASymbolicLink() throws Exception {
    Path target = folder.resolve("target");
    Safetensors.EMPTY.with("a", Tensor.scalar(1)).write(target);
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    Safetensors two = Safetensors.EMPTY.with("a", Tensor.scalar(2));
    two.write(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(two, Safetensors.read(target));
  }
}
