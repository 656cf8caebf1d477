package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import odeum.display.HtmlTable;
import odeum.model.Comparison;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/** {@code %solve … --compare}: solvers side by side. */
final class CompareCall {
  static final Option OPTION =
      new Option(
          "compare",
          "",
          Option.Value.CHOICES,
          "S1,S2,…",
          Solvers.all().stream().map(Solver::name).toList(),
          "",
          "several solvers side by side: a table, and error against work");

  /** Without {@code --dt}, a solver that needs a step gets this part of the span. */
  private static final int STEPS = 200;

  private final Invocation call;
  private final KernelPort kernel;
  private final SystemArgument system;

  CompareCall(Invocation call, KernelPort kernel) {
    this.call = call;
    this.kernel = kernel;
    this.system = SystemArgument.of(call, kernel).spanned();
  }

  private double start() {
    return system.problem().start();
  }

  private double end() {
    return system.problem().end();
  }

  Comparison run(List<String> names) {
    List<IntegratorArgument> integrators = names.stream().map(this::integrator).toList();
    Comparison comparison =
        Comparison.of(
            system.problem(),
            start(),
            end(),
            integrators.stream().map(IntegratorArgument::integrator).toList(),
            kernel::interrupted);
    if (kernel.interrupted()) {
      throw new MagicException(call.shown() + ": interrupted");
    }
    call.output().ifPresent(name -> kernel.declare(name, Comparison.class.getName(), comparison));
    if (call.shows()) {
      boolean drawn = comparison.solvers().stream().anyMatch(s -> !comparison.points(s).isEmpty());
      if (drawn && !call.texts("plot").contains("none")) {
        kernel.display(Charts.workPrecision(title(), comparison).bundle());
      }
      TextTable table = table(comparison);
      kernel.display(HtmlTable.below(HtmlTable.bundle("", table), below(comparison)));
    }
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(integrators)));
    }
    return comparison;
  }

  private String title() {
    return call.arguments().getFirst();
  }

  /** The same call for one solver; those that cannot choose their steps get one. */
  private IntegratorArgument integrator(String name) {
    Solver solver = Solvers.named(name);
    Invocation one = call.set("solver", name).without("saveat");
    if (!(solver instanceof AdaptiveSolver)) {
      one = one.without("rtol").without("atol");
      if (!call.has("dt")) {
        one = one.set("dt", Double.toString(Math.abs(end() - start()) / STEPS));
      }
    } else if (!call.has("dt")) {
      one = one.without("dt");
    } else {
      one = call.has("rtol") || call.has("atol") || choosesItself(solver) ? one.without("dt") : one;
    }
    return IntegratorArgument.of(one, kernel);
  }

  /** Whether a solver can only choose its steps by itself. */
  private static boolean choosesItself(Solver solver) {
    try {
      return Integrator.fixed(solver, 1) == null;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static TextTable table(Comparison comparison) {
    TextTable table =
        TextTable.of(
            "solver",
            "tolerance or step",
            "steps",
            "rejected",
            "evaluations",
            "time",
            "error",
            "result");
    for (Comparison.Row row : comparison.rows()) {
      table =
          table.row(
              row.solver(),
              row.setting(),
              row.steps(),
              row.rejected(),
              row.evaluations(),
              number("%.2f ms", row.seconds() * 1e3),
              number("%.1e", row.error()).replaceAll("e([-+])0*(\\d)", "e$1$2"),
              row.result());
    }
    return table;
  }

  private static String below(Comparison comparison) {
    return "error: the largest at 200 times, as a share of each state's largest value; against "
        + comparison.referenceText();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private String code(List<IntegratorArgument> integrators) {
    String name = call.output().orElse("comparison");
    String all =
        Stream.concat(Stream.of(system.code()), integrators.stream().map(IntegratorArgument::code))
            .collect(Collectors.joining(",\n        "));
    return "Comparison %s =\n    Comparison.of(\n        %s);\nCharts.workPrecision(%s, %1$s).figure()"
        .formatted(name, all, JavaCode.string(title()));
  }

  /** {@return the solvers to compare when none is named: those that choose their steps} */
  static List<String> standard() {
    List<String> wanted =
        List.of("bosh3", "dopri5", "tsit5", "vern7", "dopri8", "kvaerno5", "rodas5p");
    return Solvers.all().stream().map(Solver::name).filter(wanted::contains).toList();
  }
}
