package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public API is what the committed dump says, so that it never changes by accident. */
class ApiTest {
  private static final Path DUMP = Path.of("src", "test", "api", "node-lib.api");
  private static final String UPDATE =
      "./mvnw -q test -pl node-lib -Dtest=ApiTest -Dodeum.api=update";

  @Test
  void theApiIsTheCommittedOne() throws IOException {
    String dump = dump(Bytecode.LIBRARY, exportedPackages());
    if (System.getProperty("odeum.api", "check").equals("update")) {
      Files.writeString(DUMP, dump);
    }
    assertTrue(Files.exists(DUMP), () -> DUMP + " is missing. Write it with: " + UPDATE);
    List<String> changes = changes(Files.readString(DUMP), dump);
    assertEquals(
        List.of(),
        changes,
        "The public API changed. If that is meant, commit what this writes: " + UPDATE);
  }

  @Test
  void everyPackageButTheMachineSeamIsExported() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path file : Bytecode.classFiles(Bytecode.LIBRARY)) {
      packages.add(packageOf(Bytecode.LIBRARY, file));
    }
    packages.remove("odeum.simd");
    assertEquals(packages, exportedPackages(), "module-info.java");
  }

  @Test
  void onlyWhatUsersCanReachIsListed(@TempDir Path folder) throws IOException {
    Bytecode.compile(
        folder,
        new Bytecode.Source(
            "odeum/shown/Type.java",
            """
              package odeum.shown;
              public class Type {
                public int b; int hidden;
                protected void c() {}
                public void a() {}
                public static class Nested { public void d() {} }
                static class NotReachable { public static class AtAll {} }
              }
              """),
        new Bytecode.Source("odeum/shown/Hidden.java", "package odeum.shown; class Hidden { }"),
        new Bytecode.Source(
            "odeum/closed/Type.java", "package odeum.closed; public class Type { }"));
    assertEquals(
        """
        public class odeum.shown.Type {
          protected void c();
          public int b;
          public odeum.shown.Type();
          public void a();
        }
        public class odeum.shown.Type$Nested {
          public odeum.shown.Type$Nested();
          public void d();
        }
        """,
        dump(folder, Set.of("odeum.shown")));
  }

  private static Set<String> exportedPackages() throws IOException {
    try (InputStream in = Files.newInputStream(Bytecode.LIBRARY.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(export -> !export.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String dump(Path classes, Set<String> packages) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-protected", "-constants"));
    for (Path file : Bytecode.classFiles(classes)) {
      if (packages.contains(packageOf(classes, file)) && isReachable(file)) {
        arguments.add(file.toString());
      }
    }
    return arguments.size() == 2 ? "" : sorted(Bytecode.run("javap", arguments));
  }

  /** {@return the lines that only one of them has, "-" for the committed and "+" for the new} */
  private static List<String> changes(String committed, String dump) {
    List<String> changes = new ArrayList<>();
    List<String> before = membersWithTheirTypes(committed);
    List<String> after = membersWithTheirTypes(dump);
    before.stream().filter(line -> !after.contains(line)).forEach(line -> changes.add("- " + line));
    after.stream().filter(line -> !before.contains(line)).forEach(line -> changes.add("+ " + line));
    return changes;
  }

  private static List<String> membersWithTheirTypes(String dump) {
    List<String> lines = new ArrayList<>();
    String type = "";
    for (String line : dump.lines().toList()) {
      if (line.startsWith("  ")) {
        lines.add(type + line.strip());
      } else if (!line.equals("}")) {
        lines.add(line);
        type = line.replaceFirst(".*?(\\bodeum\\.[\\w.$]+).*", "$1: ");
      }
    }
    return lines;
  }

  private static String packageOf(Path classes, Path file) {
    String folder = classes.relativize(file.getParent()).toString();
    return folder.replace(file.getFileSystem().getSeparator(), ".");
  }

  /** {@return whether a type and the types around it are public (protected counts)} */
  private static boolean isReachable(Path file) throws IOException {
    if (!ClassFile.of().parse(file).flags().has(AccessFlag.PUBLIC)) {
      return false;
    }
    String name = file.getFileName().toString();
    int nested = name.lastIndexOf('$');
    return nested < 0 || isReachable(file.resolveSibling(name.substring(0, nested) + ".class"));
  }

  /** Sorts the members of each type: moving a method is no change. */
  private static String sorted(List<String> javap) {
    StringBuilder out = new StringBuilder();
    TreeSet<String> members = new TreeSet<>();
    for (String line : javap) {
      if (line.startsWith("  ")) {
        members.add(line);
      } else if (line.equals("}")) {
        members.forEach(member -> out.append(member).append('\n'));
        members.clear();
        out.append("}\n");
      } else if (!line.startsWith("Compiled from")) {
        out.append(line).append('\n');
      }
    }
    return out.toString();
  }
}
