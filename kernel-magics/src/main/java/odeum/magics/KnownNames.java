package odeum.magics;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import odeum.equation.Ode;
import odeum.path.TimeSeries;
import odeum.solver.Ensemble;
import odeum.solver.Problem;
import odeum.solver.Solution;
import tech.tablesaw.api.Table;

/** The names inside the user's values, for completion: states, parameters, columns, files. */
final class KnownNames {
  private static final int MOST_FILES = 200;

  private final Function<String, Object> values;
  private final Path directory;

  /**
   * Names.
   *
   * @param values gives the value of a variable, or null
   * @param directory where file names start from
   */
  KnownNames(Function<String, Object> values, Path directory) {
    this.values = values;
    this.directory = directory;
  }

  /** {@return the states of a system} */
  Stream<String> states(String system) {
    return switch (values.apply(system)) {
      case Ode ode -> ode.states().stream();
      case Problem problem -> problem.names().stream();
      case null, default -> Stream.of();
    };
  }

  /** {@return the numbers that a system may be given anew} */
  Stream<String> parameters(String system) {
    return values.apply(system) instanceof Ode ode
        ? Stream.concat(
            ode.parameters().names().stream().filter(name -> name.indexOf('.') < 0),
            ode.constants().keySet().stream().sorted())
        : Stream.of();
  }

  /** {@return what can be drawn or read of a value by name} */
  Stream<String> columns(String data) {
    return switch (values.apply(data)) {
      case Solution solution -> solution.names().stream();
      case Ensemble ensemble -> ensemble.names().stream();
      case TimeSeries series ->
          Stream.concat(Stream.of(series.timeName()), series.names().stream());
      case Table table -> table.columnNames().stream();
      case null, default -> ofFile(data);
    };
  }

  private Stream<String> ofFile(String data) {
    if (Datasets.has(data)) {
      return Datasets.table(data).columnNames().stream();
    }
    Path file = directory.resolve(data);
    if (!Files.isRegularFile(file)) {
      return Stream.of();
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String head = reader.readLine();
      return head == null
          ? Stream.of()
          : Stream.of(head.split("[,;\t]")).map(name -> name.strip().replace("\"", ""));
    } catch (IOException unreadable) {
      return Stream.of();
    }
  }

  /** {@return files that begin like the word and have one of the endings, and folders} */
  Stream<String> files(String word, List<String> endings) {
    String folder = word.substring(0, word.lastIndexOf('/') + 1);
    try (Stream<Path> entries = Files.list(directory.resolve(folder))) {
      return entries
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .filter(name -> name.endsWith("/") || endings.stream().anyMatch(ends(name)::endsWith))
          .sorted()
          .limit(MOST_FILES)
          .map(folder::concat)
          .toList()
          .stream();
    } catch (IOException | RuntimeException unreadable) {
      return Stream.of();
    }
  }

  private static String ends(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
