package odeum;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What the tests of the architecture share: the compiled library, and the JDK's own tools. */
final class Bytecode {
  /** Where Maven puts node-lib's classes; surefire runs in the module's folder. */
  static final Path LIBRARY = Path.of("target", "classes");

  private Bytecode() {}

  /**
   * {@return the class files below a folder, a type before its nested types, without module-info}
   */
  static List<Path> classFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .sorted(Comparator.comparing(file -> file.toString().replace(".class", "")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what a tool of the JDK prints} It must end well. */
  static List<String> run(String tool, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("no " + tool + " in this JDK"))
            .run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException(tool + " failed: " + out + err);
    }
    return out.toString().lines().toList();
  }

  record Source(String file, String text) {}

  /** Compiles sources into a folder. */
  static void compile(Path folder, Source... sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    for (Source source : sources) {
      Path file = folder.resolve("sources").resolve(source.file());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.text());
      arguments.add(file.toString());
    }
    run("javac", arguments);
  }
}
