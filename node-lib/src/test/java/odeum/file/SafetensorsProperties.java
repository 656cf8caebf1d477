package odeum.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

class SafetensorsProperties {
  private static final Path FILE = temporary();

  private static Path temporary() {
    try {
      return Files.createTempFile("odeum", ".safetensors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(FILE);
  }

  @Provide
  Arbitrary<Tensor> tensors() {
    return Arbitraries.integers()
        .between(0, 3)
        .list()
        .ofMaxSize(4)
        .map(Shape::new)
        .flatMap(
            shape ->
                Arbitraries.oneOf(
                        Arbitraries.longs().map(Double::longBitsToDouble),
                        Arbitraries.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, -1 / 0.0, 0.1))
                    .array(double[].class)
                    .ofSize(shape.size())
                    .map(values -> Tensor.of(shape, values)));
  }

  @Provide
  Arbitrary<Safetensors> files() {
    Arbitrary<String> names =
        Arbitraries.strings().ofMaxLength(8).filter(SafetensorsProperties::isEncodable);
    return Combinators.combine(
            Arbitraries.maps(names.filter(name -> !name.equals("__metadata__")), tensors())
                .ofMaxSize(5),
            Arbitraries.maps(names, names).ofMaxSize(3))
        .as(
            (tensors, remarks) -> {
              Safetensors file = Safetensors.EMPTY;
              for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                file = file.with(entry.getKey(), entry.getValue());
              }
              for (Map.Entry<String, String> entry : remarks.entrySet()) {
                file = file.withRemark(entry.getKey(), entry.getValue());
              }
              return file;
            });
  }

  /** Half of a surrogate pair is no text that UTF-8 can hold. */
  private static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Not by {@code write}, which waits for the disk. */
  private static byte[] bytes(Safetensors file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String header = Header.write(file.tensors(), file.remarks());
    Layout.write(header, file.tensors().values(), Channels.newChannel(out));
    return out.toByteArray();
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsRead(@ForAll("files") Safetensors file) {
    file.write(FILE);
    assertEquals(file, Safetensors.read(FILE));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void allBitsComeBack(@ForAll("files") Safetensors file) throws IOException {
    Files.write(FILE, bytes(file));
    assertEquals(file, Safetensors.read(FILE));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void anyBytesGiveTensorsOrOneException(@ForAll byte[] bytes) throws IOException {
    readsOrRefuses(bytes);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void anyHeadGivesTensorsOrOneException(@ForAll("heads") String head, @ForAll byte[] data)
      throws IOException {
    byte[] text = head.getBytes(StandardCharsets.UTF_8);
    readsOrRefuses(
        ByteBuffer.allocate(8 + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .put(data)
            .array());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aDamagedFileGivesTensorsOrOneException(
      @ForAll("files") Safetensors file, @ForAll int place, @ForAll byte wrong) throws IOException {
    byte[] bytes = bytes(file);
    bytes[Math.floorMod(place, bytes.length)] = wrong;
    readsOrRefuses(bytes);
  }

  @Provide
  Arbitrary<String> heads() {
    List<String> pieces = new ArrayList<>(List.of("{", "}", "[", "]", ",", ":", "-", "1", "8"));
    pieces.addAll(List.of("\"a\"", "\"b\"", "\"dtype\"", "\"shape\"", "\"data_offsets\""));
    pieces.addAll(List.of("\"F64\"", "\"U8\"", "\"__metadata__\"", "null", "true", "1e999"));
    pieces.addAll(List.of("9223372036854775807", "2147483647", "\"a\":{\"dtype\":\"U8\","));
    pieces.addAll(List.of("\"shape\":[", "],\"data_offsets\":[0,", "]}", "\\ud800", "\u0000"));
    return Arbitraries.of(pieces).list().ofMaxSize(12).map(list -> String.join("", list));
  }

  private static void readsOrRefuses(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try {
      Safetensors read = Safetensors.read(FILE);
      long numbers = read.tensors().values().stream().mapToLong(Tensor::size).sum();
      assertEquals(true, numbers <= bytes.length);
    } catch (FileException e) {
      assertEquals(true, e.getMessage().startsWith(FILE.toString()), e.getMessage());
    }
  }
}
