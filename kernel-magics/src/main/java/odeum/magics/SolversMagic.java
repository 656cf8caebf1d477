package odeum.magics;

import java.util.ArrayList;
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
    kernel.display(HtmlTable.bundle(text(), table(), ""));
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
  private static String text() {
    Grid grid = Grid.of("solver", "order", "steps", "good for", "Java");
    List<String> headings = new ArrayList<>(List.of(""));
    for (String family : SolverNote.FAMILIES) {
      String heading = family;
      for (Solver solver : Solvers.all()) {
        SolverNote note = SolverNote.of(solver);
        if (note.family().equals(family)) {
          grid =
              grid.row(
                  "  " + name(solver),
                  Integer.toString(solver.order()),
                  SolverNote.steps(solver),
                  note.goodFor(),
                  IntegratorArgument.code(solver));
          headings.add(heading);
          heading = "";
        }
      }
    }
    List<String> lines = grid.toString().lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(headings.get(i).isEmpty() ? "" : headings.get(i) + "\n");
      text.append(lines.get(i)).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
