package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;
import odeum.solver.Ensemble;
import odeum.solver.Integrator;
import odeum.solver.Result;
import odeum.solver.Solution;

/** {@code %solve}: solves a system, plots it, prints one line of statistics. */
final class SolveMagic implements Magic {
  static final Option TIME =
      Option.of("time", Option.Value.SPAN, "T0 T1", "from when to when")
          .flag("t")
          .standard("the system's own span");
  static final Option Y0 =
      Option.of("y0", Option.Value.ASSIGNMENTS, "x=1,y=.5", "other start values");
  static final Option PARAMETERS =
      Option.of("parameters", Option.Value.ASSIGNMENTS, "a=2,b=1", "other parameter values")
          .flag("p");
  static final Option DT = Option.of("dt", Option.Value.NUMBER, "H", "fixed steps of this size");
  static final Option MAX_STEPS =
      Option.of("max-steps", Option.Value.COUNT, "N", "gives up after so many steps")
          .standard(Integer.toString(IntegratorArgument.MAX_STEPS));

  @Override
  public Usage usage() {
    return new Usage(
        "solve",
        false,
        "SYSTEM",
        1,
        1,
        "Solves a system, plots it and prints one line of statistics.",
        List.of(
            TIME,
            Y0,
            PARAMETERS,
            IntegratorArgument.SWITCHING,
            IntegratorArgument.RTOL,
            IntegratorArgument.ATOL,
            DT,
            Option.of("saveat", Option.Value.TEXT, "N|t0,t1,…|steps|dense", "which times to keep")
                .standard("200 evenly spaced"),
            MAX_STEPS,
            CompareCall.OPTION,
            SweepCall.OPTION,
            EnsembleCall.ENSEMBLE,
            EnsembleCall.SPREAD,
            EnsembleCall.VARY,
            EnsembleCall.SEED,
            Option.choices("plot", List.of("time", "phase", "none"), "what to draw")
                .standard("time"),
            Option.toggle("no-raise", "a solve that fails is shown as far as it got")),
        List.of(
            "%solve lotka -t 0 20 -s dopri5 --rtol 1e-8 -o sol",
            "%solve lotka -p a=2,b=1 --y0 x=3 --plot phase"));
  }

  @Override
  public String resultType() {
    return Solution.class.getName();
  }

  @Override
  public String resultType(Invocation call) {
    return call.has("compare")
        ? Comparison.class.getName()
        : call.has("sweep")
            ? SweepSolution.class.getName()
            : call.has("ensemble") ? Ensemble.class.getName() : resultType();
  }

  /** The ways to solve a system many times, of which a call takes one. */
  private static final List<String> MANY = List.of("compare", "sweep", "ensemble");

  private static void refuse(Invocation call) {
    List<String> given = MANY.stream().filter(call::has).toList();
    if (given.size() > 1) {
      throw new MagicException(
          "--%s and --%s do not go together. Take one of them"
              .formatted(given.get(0), given.get(1)));
    }
    if (call.has("compare") && call.has("solver")) {
      throw new MagicException("--compare names the solvers. Leave out -s");
    }
    for (String option : List.of("spread", "vary", "seed")) {
      if (call.has(option) && !call.has("ensemble")) {
        throw new MagicException("--%s belongs to --ensemble N".formatted(option));
      }
    }
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    refuse(call);
    if (call.has("compare")) {
      return new CompareCall(call, kernel).run(call.texts("compare"));
    }
    if (call.has("sweep")) {
      return SweepCall.run(call, kernel);
    }
    return call.has("ensemble") ? EnsembleCall.run(call, kernel) : one(call, kernel);
  }

  private Object one(Invocation call, KernelPort kernel) {
    SystemArgument system = SystemArgument.of(call, kernel);
    IntegratorArgument steps = IntegratorArgument.of(call, kernel, system);
    SolveProgress progress = progress(call, kernel, system);
    Integrator integrator = steps.integrator().withInterrupt(kernel::interrupted);
    integrator = call.shows() ? integrator.withListener(progress) : integrator;
    long begin = System.nanoTime();
    Solution solution = solve(integrator, system);
    double milliseconds = (System.nanoTime() - begin) * 1e-6;
    call.output().ifPresent(name -> kernel.declare(name, resultType(), solution));
    boolean fails = !solution.result().isSuccess();
    if (fails && (!call.has("no-raise") || solution.result() == Result.INTERRUPTED)) {
      throw new MagicException(Failure.of(call, solution));
    }
    show(call, solution, milliseconds, progress);
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, system, steps, solution)));
    }
    return solution;
  }

  private static SolveProgress progress(Invocation call, KernelPort kernel, SystemArgument system) {
    boolean given = !system.span().isEmpty();
    return new SolveProgress(
        kernel,
        call.arguments().getFirst(),
        given ? system.span().getFirst() : system.problem().start(),
        given ? system.span().getLast() : system.problem().end(),
        () -> System.nanoTime() * 1e-9);
  }

  private static Solution solve(Integrator integrator, SystemArgument system) {
    return system.span().isEmpty()
        ? integrator.solve(system.problem())
        : integrator.solve(system.problem(), system.span().getFirst(), system.span().getLast());
  }

  private static void show(
      Invocation call, Solution solution, double milliseconds, SolveProgress progress) {
    if (!call.shows()) {
      return;
    }
    List<String> plots = call.has("plot") ? call.texts("plot") : List.of("time");
    String title = call.arguments().getFirst();
    if (plots.contains("time")) {
      charts(title, solution).forEach(chart -> progress.end(chart.bundle()));
    }
    if (plots.contains("phase")) {
      progress.end(Charts.phase(title, solution).bundle());
    }
    StringBuilder text = new StringBuilder(statistics(title, solution, milliseconds));
    solution.notes().forEach(note -> text.append("\nnote: ").append(note));
    if (!solution.result().isSuccess()) {
      text.append('\n').append(Failure.of(call, solution));
    }
    progress.end(MimeBundle.of(text.toString()));
  }

  /** Lines for states, and a chart of its own for each grid. */
  private static List<Chart> charts(String title, Solution solution) {
    List<Chart> charts = new ArrayList<>();
    for (String grid : grids(solution)) {
      charts.add(Charts.grid(title, solution, grid));
    }
    if (hasLines(solution)) {
      charts.add(Charts.time(title, solution));
    }
    return charts;
  }

  private static List<String> grids(Solution solution) {
    return SpaceGrid.of(solution.stateNames()).stream().map(SpaceGrid::name).toList();
  }

  private static boolean hasLines(Solution solution) {
    return !SpaceGrid.others(solution.stateNames()).isEmpty();
  }

  private static String statistics(String title, Solution solution, double milliseconds) {
    var s = solution.statistics();
    return String.format(
        Locale.ROOT,
        "%s · %s · %d steps (%d rejected) · %d evaluations · %s · %s",
        title,
        solution.solver(),
        s.accepted(),
        s.rejected(),
        s.evaluations(),
        Text.milliseconds(milliseconds),
        solution.result().text());
  }

  private static String code(
      Invocation call, SystemArgument system, IntegratorArgument steps, Solution solution) {
    String name = call.output().orElse("solution");
    String span =
        system.span().isEmpty()
            ? ""
            : ", " + JavaCode.numbers(system.span().stream().mapToDouble(t -> t).toArray());
    List<String> lines = new ArrayList<>();
    lines.add("Solution %s = %s.solve(%s%s)".formatted(name, steps.code(), system.code(), span));
    List<String> plots = call.has("plot") ? call.texts("plot") : List.of("time");
    String title = JavaCode.string(call.arguments().getFirst());
    if (plots.contains("time")) {
      for (String grid : grids(solution)) {
        lines.add(chart("grid", title, name + ", " + JavaCode.string(grid)));
      }
    }
    for (String plot : plots) {
      if (plot.equals("phase") || plot.equals("time") && hasLines(solution)) {
        lines.add(chart(plot, title, name));
      }
    }
    // The value of a cell's last line is shown, so that one has no semicolon.
    return String.join(";\n", lines) + (lines.size() == 1 ? ";" : "");
  }

  private static String chart(String kind, String title, String arguments) {
    return "Charts.%s(%s, %s).figure()".formatted(kind, title, arguments);
  }
}
