package odeum.magics;

import java.util.List;
import odeum.plot.MimeBundle;
import odeum.solver.AdaptiveSolver;
import odeum.solver.CommonsSolver;
import odeum.solver.OneStepMethod;
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
        "Lists the solvers.",
        List.of(),
        List.of("%solvers", "%solve lotka -s dopri8 --rtol 1e-10"));
  }

  @Override
  public String resultType() {
    return "java.util.List<odeum.solver.Solver>";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    Grid grid = Grid.of("solver", "order", "steps", "Java");
    for (Solver solver : Solvers.all()) {
      String steps =
          switch (solver) {
            case CommonsSolver.Adaptive _ -> "adaptive";
            case AdaptiveSolver _ -> "adaptive, or --dt H";
            case OneStepMethod _, CommonsSolver.Fixed _ -> "fixed: --dt H";
          };
      String standard = solver.name().equals(IntegratorArgument.STANDARD) ? " (default)" : "";
      grid =
          grid.row(
              solver.name() + standard,
              Integer.toString(solver.order()),
              steps,
              IntegratorArgument.code(solver));
    }
    kernel.display(MimeBundle.of(grid.toString()));
    if (call.has("code")) {
      kernel.display(MimeBundle.of("Solvers.all()"));
    }
    call.output().ifPresent(name -> kernel.declare(name, resultType(), Solvers.all()));
    return Solvers.all();
  }
}
