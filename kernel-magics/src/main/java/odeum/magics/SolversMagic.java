package odeum.magics;

import java.util.List;
import odeum.display.HtmlTable;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/** {@code %solvers}: what can stand after {@code -s}. */
final class SolversMagic implements Magic {
  @Override
  public Usage usage() {
    return new Usage(
        "solvers",
        false,
        "",
        0,
        0,
        "Lists the solvers by family, and what each is good for.",
        List.of(),
        List.of("%solvers", "%solve lotka -s dopri8 --rtol 1e-10"));
  }

  @Override
  public String resultType() {
    return "java.util.List<odeum.solver.Solver>";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    TextTable table = table();
    kernel.display(HtmlTable.bundle(text(table), table, ""));
    if (call.has("code")) {
      kernel.display(MimeBundle.of("Solvers.all()"));
    }
    call.output().ifPresent(name -> kernel.declare(name, resultType(), Solvers.all()));
    return Solvers.all();
  }

  private static TextTable table() {
    TextTable table = TextTable.of("family", "solver", "order", "steps", "good for", "Java");
    for (String family : SolverNote.FAMILIES) {
      for (Solver solver : Solvers.all()) {
        SolverNote note = SolverNote.of(solver);
        if (note.family().equals(family)) {
          table =
              table.row(
                  family,
                  name(solver),
                  solver.order(),
                  SolverNote.steps(solver),
                  note.goodFor(),
                  IntegratorArgument.code(solver));
        }
      }
    }
    return table;
  }

  private static String name(Solver solver) {
    return solver.name() + (solver.equals(Solvers.auto()) ? " (default)" : "");
  }

  /** One grid for equal widths, with the name of each family above its solvers. */
  private static String text(TextTable table) {
    Grid grid = Grid.of("solver", "order", "steps", "good for", "Java");
    for (List<String> row : table.rows()) {
      grid = grid.row("  " + row.get(1), row.get(2), row.get(3), row.get(4), row.get(5));
    }
    List<String> lines = grid.toString().lines().toList();
    StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
    String above = "";
    for (int i = 0; i < table.rows().size(); i++) {
      String family = table.rows().get(i).getFirst();
      text.append(family.equals(above) ? "" : family + "\n");
      text.append(lines.get(i + 1)).append('\n');
      above = family;
    }
    return text.toString().stripTrailing();
  }
}
