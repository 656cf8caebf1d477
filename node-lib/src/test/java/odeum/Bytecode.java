package odeum;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What the tests of the architecture share: the compiled library, and the JDK's own tools. */
final class Bytecode {
  /** Where Maven puts node-lib's classes; surefire runs in the module's folder. */
  static final Path LIBRARY = Path.of("target", "classes");

  private Bytecode() {}

  /** {@return the class files below a folder, in a fixed order, without module-info} */
  static List<Path> classFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .sorted()
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

  /** Compiles one source file per entry ("package/Type.java", text) into a folder. */
  static void compile(Path folder, List<String[]> sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    for (String[] source : sources) {
      Path file = folder.resolve("sources").resolve(source[0]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, source[1]);
      arguments.add(file.toString());
    }
    run("javac", arguments);
  }
}
