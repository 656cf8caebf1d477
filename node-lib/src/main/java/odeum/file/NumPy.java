package odeum.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import odeum.tensor.Tensor;

/**
 * Arrays as NumPy keeps them: one in a {@code .npy} file, many by name in a {@code .npz} file,
 * compressed or not. Numbers of all types that fit become doubles (floating point of 16, 32 and 64
 * bits, whole numbers, truth values), in either order of bytes and of axes.
 *
 * <pre>{@code
 * Map<String, Tensor> digits = NumPy.readNpz(Path.of("digits.npz"));
 * Dataset data = Dataset.samples("x", digits.get("images")).and("class", digits.get("labels"));
 * }</pre>
 *
 * <p>The format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 */
public final class NumPy {
  private static final String EXTENSION = ".npy";

  private NumPy() {}

  /**
   * {@return the array of a {@code .npy} file}
   *
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Tensor readNpy(Path file) {
    return Reading.of(
        file,
        path -> {
          try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return array(in);
          }
        });
  }

  /**
   * {@return the arrays of a {@code .npz} file by name, in the order of the file}
   *
   * @throws FileException if there is no such file, or it is none of this format
   */
  public static Map<String, Tensor> readNpz(Path file) {
    return Reading.of(
        file,
        path -> {
          try (ZipFile zip = new ZipFile(path.toFile())) {
            return Collections.unmodifiableMap(arrays(zip));
          } catch (ZipException e) {
            throw new IOException(
                "it is no .npz file, or cut off (%s)".formatted(e.getMessage()), e);
          }
        });
  }

  private static Map<String, Tensor> arrays(ZipFile zip) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!name.endsWith(EXTENSION)) {
        throw new IOException("it has '%s' inside, which is no array".formatted(name));
      }
      String array = name.substring(0, name.length() - EXTENSION.length());
      try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
        arrays.put(array, array(in));
      } catch (IOException | RuntimeException e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        throw new IOException("array '%s': %s".formatted(array, why), e);
      }
    }
    return arrays;
  }

  private static Tensor array(InputStream in) throws IOException {
    NpyHeader header = NpyHeader.read(in);
    double[] values = Numbers.read(in, header.shape().size(), header.type(), header.order());
    if (in.read() >= 0) {
      throw new IOException(
          "it goes on after the %s numbers it should have".formatted(header.shape().size()));
    }
    return header.tensor(values);
  }
}
