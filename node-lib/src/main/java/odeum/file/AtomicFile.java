package odeum.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file whole or not at all: into another file of the same folder, which takes the old
 * one's place when all its bytes are on the disk. So a reader, and the next start after a crash,
 * finds the old content or the new one.
 */
final class AtomicFile {
  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFile() {}

  /** What is written. */
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  static void write(Path file, Content content) {
    try {
      Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
      writeBeside(target, content);
    } catch (IOException e) {
      String kept = Files.exists(file) ? " The file that was there before is unchanged." : "";
      throw new FileException("%s cannot be written: %s.%s".formatted(file, why(file, e), kept), e);
    }
  }

  private static void writeBeside(Path target, Content content) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "it is a folder");
    }
    String unique = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    Path part = target.resolveSibling("." + target.getFileName() + "." + unique + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable e) {
      discard(part, e);
      throw e;
    }
    forceFolder(target.getParent());
  }

  private static void discard(Path part, Throwable cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Makes the new name last through a power failure, where folders can be opened (not Windows). */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The content is on the disk and the file has its name: only its durability is unknown.
    }
  }

  private static String why(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          "there is no folder " + file.toAbsolutePath().getParent() + ", create it first";
      case AccessDeniedException _ ->
          "the folder %s does not allow it, choose another one"
              .formatted(file.toAbsolutePath().getParent());
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
