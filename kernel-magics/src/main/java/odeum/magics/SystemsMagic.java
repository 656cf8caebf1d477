package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import odeum.display.HtmlTable;
import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.solver.Problem;

/** {@code %systems}: the user's systems, which can stand after {@code %solve}. */
final class SystemsMagic implements Magic {
  private static final Pattern SYSTEM = Pattern.compile("(.*\\.)?(Ode|\\w*Problem|Of)");

  @Override
  public Usage usage() {
    return new Usage(
        "systems",
        false,
        "",
        0,
        0,
        "Lists the systems defined in this notebook.",
        List.of(),
        List.of("%systems", "%systems -o names"));
  }

  @Override
  public String resultType() {
    return "java.util.List<String>";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    List<List<String>> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (KernelPort.Variable variable : kernel.variables()) {
      // Each evaluation takes a compilation, so only what can be a system is looked at.
      if (SYSTEM.matcher(variable.type()).matches()
          && kernel.evaluate(variable.name()) instanceof Problem problem) {
        names.add(variable.name());
        rows.add(row(variable.name(), problem));
      }
    }
    String none =
        "No system yet. Define one in a cell that begins with %%ode NAME; %%ode? shows how.";
    if (names.isEmpty()) {
      kernel.display(MimeBundle.of(none));
    } else {
      Grid grid = grid(rows);
      kernel.display(HtmlTable.bundle(grid.toString(), grid.table(), ""));
    }
    if (call.has("code")) {
      kernel.display(
          MimeBundle.of(String.format(Locale.ROOT, "List.of(%s)", JavaCode.strings(names))));
    }
    call.output().ifPresent(name -> kernel.declare(name, resultType(), List.copyOf(names)));
    return List.copyOf(names);
  }

  /** The inputs have a column where there are some. */
  private static Grid grid(List<List<String>> rows) {
    List<String> titles = List.of("system", "states", "parameters", "constants", "inputs", "span");
    int inputs = titles.indexOf("inputs");
    boolean driven = rows.stream().anyMatch(row -> !row.get(inputs).isEmpty());
    Grid grid = Grid.of(cells(titles, driven, inputs));
    for (List<String> row : rows) {
      grid = grid.row(cells(row, driven, inputs));
    }
    return grid;
  }

  private static String[] cells(List<String> row, boolean driven, int inputs) {
    List<String> cells = new ArrayList<>(row);
    if (!driven) {
      cells.remove(inputs);
    }
    return cells.toArray(String[]::new);
  }

  private static List<String> row(String name, Problem problem) {
    String states = String.join(" ", problem.names());
    if (!(problem instanceof Ode ode)) {
      return List.of(name, states, "", "", "", span(problem.start(), problem.end()));
    }
    String parameters =
        ode.numbers().stream()
            .map(p -> p + "=" + Text.brief(ode.value(p)))
            .collect(Collectors.joining(" "));
    String constants =
        ode.constants().entrySet().stream()
            .map(c -> c.getKey() + "=" + Text.brief(c.getValue()))
            .collect(Collectors.joining(" "));
    String span = ode.hasSpan() ? span(ode.start(), ode.end()) : "none";
    return List.of(name, states, parameters, constants, String.join(" ", ode.inputs()), span);
  }

  private static String span(double start, double end) {
    return Text.brief(start) + " .. " + Text.brief(end);
  }
}
