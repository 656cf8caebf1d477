package odeum.solver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A solution as text: a few lines to read, or a table of all numbers. */
final class SolutionText {
  private static final int MOST_NAMES = 8;

  private SolutionText() {}

  static String summary(Solution solution) {
    Statistics work = solution.statistics();
    return String.format(
        Locale.ROOT,
        "%s · %d steps (%d rejected) · %d evaluations · %s",
        solution.solver(),
        work.accepted(),
        work.rejected(),
        work.evaluations(),
        solution.result().text());
  }

  static String lines(Solution solution) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(summary(solution));
    if (solution.size() > 0) {
      lines.add(span(solution));
      lines.add(end(solution));
    }
    if (!solution.result().isSuccess()) {
      lines.add(solution.message());
    }
    solution.notes().forEach(lines::add);
    return lines.toString();
  }

  private static String span(Solution solution) {
    double[] times = solution.times();
    return String.format(
        Locale.ROOT,
        "%d saved times, t = %s to %s",
        times.length,
        Diagnosis.brief(times[0]),
        Diagnosis.brief(times[times.length - 1]));
  }

  private static String end(Solution solution) {
    List<String> names = solution.names();
    return names.stream()
        .limit(MOST_NAMES)
        .map(name -> name + " = " + Diagnosis.brief(solution.last(name)))
        .collect(Collectors.joining(", ", "last: ", names.size() > MOST_NAMES ? ", …" : ""));
  }

  static void writeCsv(Solution solution, Path file) throws IOException {
    List<String> names = solution.names();
    double[] times = solution.times();
    List<double[]> columns = names.stream().map(solution::values).toList();
    StringBuilder text = new StringBuilder("t");
    names.forEach(name -> text.append(',').append(quoted(name)));
    for (int i = 0; i < times.length; i++) {
      text.append('\n').append(times[i]);
      for (double[] column : columns) {
        text.append(',').append(column[i]);
      }
    }
    Files.writeString(file, text.append('\n'));
  }

  private static String quoted(String name) {
    boolean plain = name.indexOf(',') < 0 && name.indexOf('"') < 0;
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
