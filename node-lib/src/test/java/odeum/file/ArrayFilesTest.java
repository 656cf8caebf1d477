package odeum.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFilesTest {
  @TempDir Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(ArrayFilesTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Written by arrays.py beside it. */
  @Test
  void readsWhatNumPyWrote() {
    for (String name : List.of("stored.npz", "compressed.npz")) {
      Map<String, Tensor> arrays = NumPy.readNpz(resource(name));
      assertEquals(
          List.of(
              "f8", "f4", "f2", "big", "columns", "i8", "i4", "i2", "u1", "b1", "scalar", "none"),
          List.copyOf(arrays.keySet()));
      Tensor six = Tensor.matrix(new double[] {0, 1, 2}, new double[] {3, 4, 5});
      for (String whole : List.of("i8", "i4", "i2", "u1")) {
        assertEquals(six, arrays.get(whole), whole);
      }
      for (String tenths : List.of("f8", "big")) {
        assertEquals(0.1, arrays.get(tenths).at(1), tenths);
        assertEquals(5 / 10., arrays.get(tenths).get(1, 2), tenths);
      }
      assertEquals(0.1f, arrays.get("f4").at(1));
      assertEquals(Float.float16ToFloat(Float.floatToFloat16(0.1f)), arrays.get("f2").at(1));
      Tensor columns = arrays.get("columns");
      assertEquals(Shape.of(2, 3, 4), columns.shape());
      for (int i = 0; i < 24; i++) {
        assertEquals(i, columns.at(i));
      }
      assertEquals(Tensor.vector(1, 0, 1), arrays.get("b1"));
      assertEquals(Tensor.scalar(-7.5), arrays.get("scalar"));
      assertEquals(Shape.of(0, 3), arrays.get("none").shape());
    }
    assertEquals(Tensor.vector(1.5, -2, Double.NaN), NumPy.readNpy(resource("vector.npy")));
  }

  @Test
  void readsIdx() {
    Tensor images = Idx.read(resource("images-idx3-ubyte.gz"));
    assertEquals(Shape.of(3, 2, 2), images.shape());
    assertEquals(Tensor.vector(0, 50, 100, 150, 200, 250, 1, 2, 3, 4, 5, 255), flat(images));
    assertEquals(Tensor.vector(7, 0, 9), Idx.read(resource("labels-idx1-ubyte")));
    assertEquals(Tensor.vector(7, 0), Idx.read(resource("labels-idx1-ubyte"), 2));
    assertEquals(Tensor.vector(7, 0, 9), Idx.read(resource("labels-idx1-ubyte"), 60_000));
    assertEquals(Tensor.vector(-1.5, 0.1f), Idx.read(resource("floats-idx1"), 2));
    assertEquals(
        Tensor.vector(0, 50, 100, 150), flat(Idx.read(resource("images-idx3-ubyte.gz"), 1)));
  }

  private static Tensor flat(Tensor tensor) {
    return tensor.reshape(Shape.of(tensor.size()));
  }

  private String refusal(byte[] bytes, java.util.function.Function<Path, Object> reader)
      throws IOException {
    Path file = Files.write(folder.resolve("data"), bytes);
    String message = assertThrows(FileException.class, () -> reader.apply(file)).getMessage();
    assertTrue(message.startsWith(file + " cannot be read: "), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring((file + " cannot be read: ").length());
  }

  @Test
  void refusesWhatIsCutOffOrForeign() throws IOException {
    byte[] npy = Files.readAllBytes(resource("vector.npy"));
    assertEquals(
        "it is cut off: it should have 3 numbers, the 3. is missing.",
        refusal(Arrays.copyOf(npy, npy.length - 1), NumPy::readNpy));
    assertEquals("it is cut off within its head.", refusal(Arrays.copyOf(npy, 50), NumPy::readNpy));
    assertEquals(
        "it goes on after the 3 numbers it should have.",
        refusal(Arrays.copyOf(npy, npy.length + 1), NumPy::readNpy));
    String text = refusal("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8), NumPy::readNpy);
    assertTrue(text.contains("it is no .npy array"), text);
    byte[] npz = Files.readAllBytes(resource("compressed.npz"));
    String cut = refusal(Arrays.copyOf(npz, npz.length / 2), NumPy::readNpz);
    assertTrue(cut.contains("it is no .npz file, or cut off"), cut);
    String single = refusal(npy, NumPy::readNpz);
    assertTrue(single.contains("it is no .npz file"), single);
    byte[] idx = Files.readAllBytes(resource("labels-idx1-ubyte"));
    assertEquals(
        "it is cut off: it should have 3 numbers, the 2. is missing.",
        refusal(Arrays.copyOf(idx, idx.length - 2), Idx::read));
    assertEquals(
        "it is no IDX file, or cut off within its head.",
        refusal(Arrays.copyOf(idx, 6), Idx::read));
    assertTrue(refusal(npy, Idx::read).contains("no IDX file"));
    String missing =
        assertThrows(FileException.class, () -> Idx.read(folder.resolve("none"))).getMessage();
    assertTrue(missing.startsWith("There is no file"), missing);
  }

  @Test
  void refusesNumbersThatAreNoDoubles() throws IOException {
    String complex =
        refusal(npy("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }"), NumPy::readNpy);
    assertTrue(complex.contains("type '<c16'") && complex.contains("astype"), complex);
    String table =
        refusal(
            npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"),
            NumPy::readNpy);
    assertTrue(table.contains("columns of several types"), table);
    String large =
        refusal(
            npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }"),
            NumPy::readNpy);
    assertTrue(large.contains("too large"), large);
  }

  private static byte[] npy(String head) {
    byte[] bytes = new byte[10 + head.length() + 16];
    System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, bytes, 0, 8);
    bytes[8] = (byte) head.length();
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, head.length());
    return bytes;
  }
}
