package odeum.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reading a file that may come from anywhere: whatever it makes fail is said in one way. */
final class Reading {
  private Reading() {}

  /** What is made of a file. */
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  static <T> T of(Path file, Reader<T> reader) {
    if (Files.notExists(file)) {
      throw new FileException(
          "There is no file %s in %s.".formatted(file, Path.of("").toAbsolutePath()));
    }
    if (Files.isDirectory(file)) {
      throw new FileException("%s cannot be read: it is a folder.".formatted(file));
    }
    try {
      return reader.read(file);
    } catch (IOException | RuntimeException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      String end = why.endsWith(".") ? "" : ".";
      throw new FileException("%s cannot be read: %s%s".formatted(file, why, end), e);
    }
  }
}
