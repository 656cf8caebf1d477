package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package imports only packages earlier in the list: the reading order is the import order. */
class LayersTest {
  private static final List<String> LAYERS =
      List.of(
          "tensor",
          "simd",
          "graph",
          "autodiff",
          "compile",
          "file",
          "path",
          "term",
          "nonlinear",
          "solver",
          "adjoint",
          "nn",
          "train",
          "equation",
          "model",
          "discovery");

  private static final Pattern EDGE =
      Pattern.compile("\\s+odeum\\.(\\w+)\\.(\\S+)\\s+->\\s+odeum\\.(\\w+)\\.(\\S+).*");

  @Test
  void everyImportPointsDown() {
    assertFalse(Bytecode.classFiles(Bytecode.LIBRARY).isEmpty(), "the library has no classes");
    assertEquals(List.of(), violations(Bytecode.LIBRARY));
  }

  @Test
  void aPlantedUpwardImportIsReported(@TempDir Path folder) throws Exception {
    Bytecode.compile(
        folder,
        new Bytecode.Source(
            "odeum/tensor/Planted.java",
            "package odeum.tensor; class Planted { odeum.solver.Above above; }"),
        new Bytecode.Source(
            "odeum/solver/Above.java",
            "package odeum.solver; public class Above { odeum.graph.Below below; }"),
        new Bytecode.Source(
            "odeum/graph/Below.java", "package odeum.graph; public class Below { }"));
    assertEquals(
        List.of("odeum.tensor.Planted uses odeum.solver.Above, which is above it"),
        violations(folder));
  }

  @Test
  void aPackageWithoutAPlaceIsReported(@TempDir Path folder) throws Exception {
    Bytecode.compile(
        folder,
        new Bytecode.Source(
            "odeum/helpers/Planted.java",
            "package odeum.helpers; class Planted { odeum.graph.Below below; }"),
        new Bytecode.Source(
            "odeum/graph/Below.java", "package odeum.graph; public class Below { }"));
    assertEquals(
        List.of("odeum.helpers.Planted is in a package without a place in the list of layers"),
        violations(folder));
  }

  private static List<String> violations(Path classes) {
    List<String> found = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of("-verbose:class", "-filter:none"));
    // File by file: of a folder with a module-info, jdeps wants the required modules as well.
    Bytecode.classFiles(classes).forEach(file -> arguments.add(file.toString()));
    for (String line : Bytecode.run("jdeps", arguments)) {
      Matcher edge = EDGE.matcher(line);
      if (!edge.matches()) {
        continue;
      }
      int from = LAYERS.indexOf(edge.group(1));
      int to = LAYERS.indexOf(edge.group(3));
      String user = "odeum." + edge.group(1) + "." + edge.group(2);
      if (from < 0) {
        found.add(user + " is in a package without a place in the list of layers");
      } else if (to > from || to < 0) {
        String used = "odeum." + edge.group(3) + "." + edge.group(4);
        found.add(user + " uses " + used + ", which is above it");
      }
    }
    return found;
  }
}
