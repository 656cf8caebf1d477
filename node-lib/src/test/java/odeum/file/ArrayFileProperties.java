package odeum.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

class ArrayFileProperties {
  private static final Path FILE = temporary();

  private static Path temporary() {
    try {
      return Files.createTempFile("odeum", ".array");
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
        .between(0, 4)
        .list()
        .ofMaxSize(4)
        .map(Shape::new)
        .flatMap(
            shape ->
                Arbitraries.doubles()
                    .array(double[].class)
                    .ofSize(shape.size())
                    .map(values -> Tensor.of(shape, values)));
  }

  /** An array as NumPy writes it, element by element, the first axis fastest or the last. */
  private static byte[] npy(Tensor tensor, boolean columns, boolean big) {
    Shape shape = tensor.shape();
    String extents =
        shape.extents().stream().map(n -> n + ",").collect(Collectors.joining(" ", "(", ")"));
    String head =
        "{'descr': '%sf8', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(big ? ">" : "<", columns ? "True" : "False", extents);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + head.length() + 8 * shape.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) head.length()).put(head.getBytes(StandardCharsets.US_ASCII));
    bytes.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int[] index = new int[shape.rank()];
    for (int i = 0; i < shape.size(); i++) {
      bytes.putDouble(tensor.get(index));
      for (int k = 0; k < index.length; k++) {
        int axis = columns ? k : index.length - 1 - k;
        if (++index[axis] < shape.extent(axis)) {
          break;
        }
        index[axis] = 0;
      }
    }
    return bytes.array();
  }

  private static byte[] npz(Map<String, byte[]> arrays, boolean compressed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(compressed ? 6 : 0);
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    return out.toByteArray();
  }

  private static byte[] idx(Tensor tensor, boolean compressed) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * tensor.shape().rank() + 8 * tensor.size());
    bytes.putShort((short) 0).put((byte) 0x0e).put((byte) tensor.shape().rank());
    tensor.shape().extents().forEach(bytes::putInt);
    for (double value : tensor.toArray()) {
      bytes.putDouble(value);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (compressed) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes.array());
      }
      return out.toByteArray();
    }
    return bytes.array();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void npyComesBack(@ForAll("tensors") Tensor tensor, @ForAll boolean columns, @ForAll boolean big)
      throws IOException {
    Files.write(FILE, npy(tensor, columns, big));
    assertEquals(tensor, NumPy.readNpy(FILE));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void npzComesBack(
      @ForAll("tensors") Tensor first, @ForAll("tensors") Tensor second, @ForAll boolean compressed)
      throws IOException {
    Files.write(
        FILE,
        npz(Map.of("a", npy(first, true, false), "b.c", npy(second, false, true)), compressed));
    assertEquals(Map.of("a", first, "b.c", second), NumPy.readNpz(FILE));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void idxComesBack(@ForAll("tensors") Tensor tensor, @ForAll boolean compressed)
      throws IOException {
    Files.write(FILE, idx(tensor, compressed));
    assertEquals(tensor, Idx.read(FILE));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theFirstElementsOfIdxAreThoseOfAll(
      @ForAll("tensors") Tensor tensor, @ForAll @IntRange(max = 5) int most) throws IOException {
    Files.write(FILE, idx(tensor, false));
    Tensor read = Idx.read(FILE, most);
    for (int i = 0; i < read.size(); i++) {
      assertEquals(tensor.at(i), read.at(i));
    }
    if (tensor.shape().rank() > 0) {
      assertEquals(Math.min(most, tensor.shape().extent(0)), read.shape().extent(0));
    }
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void damagedFilesGiveArraysOrOneException(
      @ForAll("tensors") Tensor tensor,
      @ForAll int place,
      @ForAll byte wrong,
      @ForAll boolean cut,
      @ForAll @IntRange(max = 3) int kind)
      throws IOException {
    byte[] good =
        switch (kind) {
          case 0 -> npy(tensor, false, false);
          case 1 -> npz(Map.of("a", npy(tensor, false, false)), true);
          default -> idx(tensor, kind == 3);
        };
    int at = Math.floorMod(place, good.length);
    byte[] bad = cut ? java.util.Arrays.copyOf(good, at) : good;
    if (!cut) {
      bad[at] = wrong;
    }
    Files.write(FILE, bad);
    try {
      Object read =
          switch (kind) {
            case 0 -> NumPy.readNpy(FILE);
            case 1 -> NumPy.readNpz(FILE);
            default -> Idx.read(FILE);
          };
      assertTrue(!cut || read.equals(tensor) || kind == 1, "a part was taken for the whole");
    } catch (FileException e) {
      assertTrue(e.getMessage().startsWith(FILE + " cannot be read: "), e.getMessage());
    }
  }
}
