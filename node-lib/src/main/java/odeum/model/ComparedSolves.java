package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import odeum.solver.AdaptiveSolver;
import odeum.solver.FixedStep;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.Result;
import odeum.solver.SaveAt;
import odeum.solver.Solution;

/** Solves one problem again and again, each time another way and not for long. */
record ComparedSolves(Problem problem, double t0, double t1, BooleanSupplier stop) {
  private static final int SAVED = 200;
  private static final double ROW_SECONDS = 5;

  /** For one curve of the diagram; a point begun is finished. */
  private static final double CURVE_SECONDS = 1;

  /** Solves shorter than this are timed again. */
  private static final double SHORT = 0.5;

  /** Below it the error is that of the reference. */
  private static final double FLOOR = 1e-11;

  private static final int TIMINGS = 3;
  private static final int COARSEST = 25;
  private static final int HALVINGS = 12;
  private static final int TIGHTEST = 10;

  /** {@return the solution, partial if it takes too long; empty if the solver refuses to begin} */
  Optional<Solution> solve(Integrator integrator, double seconds) {
    try {
      return Optional.of(begun(integrator, seconds));
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private Solution begun(Integrator integrator, double seconds) {
    long deadline = System.nanoTime() + (long) (seconds * 1e9);
    return integrator
        .withSaveAt(SaveAt.even(SAVED))
        .withoutSteps()
        .withInterrupt(() -> stop.getAsBoolean() || System.nanoTime() - deadline > 0)
        .solve(problem, t0, t1);
  }

  Comparison.Row row(Integrator integrator, Optional<Reference> reference) {
    String solver = integrator.solver().name();
    String setting = setting(integrator);
    try {
      long begin = System.nanoTime();
      Solution solution = begun(integrator, ROW_SECONDS);
      double seconds = since(begin);
      for (int i = 1; i < TIMINGS && seconds < SHORT; i++) {
        begin = System.nanoTime();
        begun(integrator, ROW_SECONDS);
        seconds = Math.min(seconds, since(begin));
      }
      var work = solution.statistics();
      return new Comparison.Row(
          solver,
          setting,
          work.accepted(),
          work.rejected(),
          work.evaluations(),
          seconds,
          error(solution, reference),
          result(solution),
          Optional.of(solution));
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      String why = e.getMessage();
      return new Comparison.Row(
          solver, setting, 0, 0, 0, Double.NaN, Double.NaN, why, Optional.empty());
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) * 1e-9;
  }

  private static double error(Solution solution, Optional<Reference> reference) {
    return solution.result().isSuccess() && reference.isPresent()
        ? reference.get().error(solution)
        : Double.NaN;
  }

  private String result(Solution solution) {
    Result result = solution.result();
    if (result.isSuccess()) {
      return result.text();
    }
    String text =
        result == Result.INTERRUPTED && !stop.getAsBoolean()
            ? String.format(Locale.ROOT, "cut off after %.0f s", ROW_SECONDS)
            : result.text();
    return String.format(
        Locale.ROOT, "%s at t = %.4g", text, solution.times()[solution.size() - 1]);
  }

  private static String setting(Integrator integrator) {
    return switch (integrator.controller()) {
      case Pid pid -> "rtol " + brief(pid.rtol());
      case FixedStep fixed -> "h " + brief(fixed.size());
    };
  }

  private static String brief(double value) {
    String text = String.format(Locale.ROOT, "%.3g", value);
    return value < 1e-4
        ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-")
        : text.replaceAll("\\.?0+$", "");
  }

  /** {@return the curve of a solver: the tolerance or the step gets smaller until time is up} */
  List<Comparison.Point> points(Integrator integrator, Reference reference) {
    List<Comparison.Point> points = new ArrayList<>();
    long begin = System.nanoTime();
    for (Setting setting : settings(integrator)) {
      double left = CURVE_SECONDS - since(begin);
      if (left <= 0 || stop.getAsBoolean()) {
        break;
      }
      long start = System.nanoTime();
      Optional<Solution> solution = solve(setting.integrator, left);
      double seconds = since(start);
      if (solution.isPresent() && solution.get().result().isSuccess()) {
        double error = reference.error(solution.get());
        long evaluations = solution.get().statistics().evaluations();
        if (error < FLOOR) {
          break;
        }
        if (Double.isFinite(error)) {
          points.add(new Comparison.Point(setting.value, error, evaluations, seconds));
        }
      }
    }
    return List.copyOf(points);
  }

  private record Setting(double value, Integrator integrator) {}

  private List<Setting> settings(Integrator integrator) {
    List<Setting> settings = new ArrayList<>();
    if (integrator.controller() instanceof Pid pid
        && integrator.solver() instanceof AdaptiveSolver solver) {
      double share = pid.rtol() > 0 ? pid.atol() / pid.rtol() : 1e-3;
      double rtol = 1e-3;
      for (int digits = 3; digits <= TIGHTEST; digits++) {
        settings.add(new Setting(rtol, Integrator.adaptive(solver, Pid.of(rtol, share * rtol))));
        rtol /= 10;
      }
      return settings;
    }
    double step = Math.abs(t1 - t0) / COARSEST;
    for (int i = 0; i <= HALVINGS; i++) {
      settings.add(new Setting(step, Integrator.fixed(integrator.solver(), step)));
      step /= 2;
    }
    return settings;
  }
}
