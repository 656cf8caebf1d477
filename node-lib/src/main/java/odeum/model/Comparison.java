package odeum.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.Names;

/**
 * Solvers side by side on one problem: work, time and error, and how the error falls as the
 * tolerance (or the step) gets smaller. The error is the largest one at the saved times, of each
 * state as a share of the largest value it takes; it is taken against a solve with a tight
 * tolerance. A solver that fails is a row that says why. Whatever takes long is cut off.
 *
 * <pre>{@code
 * Comparison c =
 *     Comparison.of(lotka, Integrator.of(Solvers.tsit5()), Integrator.fixed(Solvers.rk4(), 0.01));
 * double error = c.row("rk4").error();
 * }</pre>
 */
public final class Comparison {
  /**
   * How one solver did.
   *
   * @param solver its name
   * @param setting the tolerance or the step: {@code rtol 1e-6}, {@code h 0.01}
   * @param steps accepted steps
   * @param rejected rejected steps
   * @param evaluations evaluations of the vector field
   * @param seconds the shortest time of a few solves
   * @param error against the reference; NaN if either failed
   * @param result how the solve ended, and why if it failed
   * @param solution what it found, if it could begin
   */
  public record Row(
      String solver,
      String setting,
      int steps,
      int rejected,
      long evaluations,
      double seconds,
      double error,
      String result,
      Optional<Solution> solution) {}

  /**
   * One solve of the work-precision diagram.
   *
   * @param setting the relative tolerance or the step
   * @param error against the reference
   * @param evaluations evaluations of the vector field
   * @param seconds how long it took
   */
  public record Point(double setting, double error, long evaluations, double seconds) {}

  private final Map<String, Row> rows;
  private final Map<String, List<Point>> points;
  private final Optional<Reference> reference;

  private Comparison(
      Map<String, Row> rows, Map<String, List<Point>> points, Optional<Reference> reference) {
    this.rows = Collections.unmodifiableMap(rows);
    this.points = Collections.unmodifiableMap(points);
    this.reference = reference;
  }

  /** {@return a comparison over the problem's own span} */
  public static Comparison of(Problem problem, Integrator... integrators) {
    return of(problem, problem.start(), problem.end(), integrators);
  }

  /** {@return a comparison over a span} */
  public static Comparison of(Problem problem, double t0, double t1, Integrator... integrators) {
    return of(problem, t0, t1, List.of(integrators), () -> false);
  }

  /**
   * {@return a comparison over a span}
   *
   * @param integrators each with another solver
   * @param stop asked once per step of each solve; what is left then fails
   */
  public static Comparison of(
      Problem problem, double t0, double t1, List<Integrator> integrators, BooleanSupplier stop) {
    require(integrators);
    problem.term().inputs().forEach(input -> input.requireCovers(t0, t1));
    ComparedSolves solves = new ComparedSolves(problem, t0, t1, stop);
    Optional<Reference> reference = Reference.of(solves, integrators);
    Map<String, Row> rows = new LinkedHashMap<>();
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (Integrator integrator : integrators) {
      rows.put(integrator.solver().name(), solves.row(integrator, reference));
    }
    for (Integrator integrator : integrators) {
      List<Point> curve = reference.map(it -> solves.points(integrator, it)).orElse(List.of());
      points.put(integrator.solver().name(), curve);
    }
    return new Comparison(rows, points, reference);
  }

  private static void require(List<Integrator> integrators) {
    if (integrators.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to compare. Give some solvers.");
    }
    List<String> seen = new ArrayList<>();
    for (Integrator integrator : integrators) {
      String name = integrator.solver().name();
      if (seen.contains(name)) {
        throw new IllegalArgumentException("%s is to be compared twice.".formatted(name));
      }
      seen.add(name);
    }
  }

  /** {@return a row for each solver, in the order given} */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** {@return the names of the solvers} */
  public List<String> solvers() {
    return List.copyOf(rows.keySet());
  }

  /** {@return the row of a solver} */
  public Row row(String solver) {
    return rows.get(known(solver));
  }

  /**
   * {@return the solves of a solver's curve in the work-precision diagram, the coarsest first}
   * Solves that failed are left out.
   */
  public List<Point> points(String solver) {
    return points.get(known(solver));
  }

  private String known(String solver) {
    if (!rows.containsKey(solver)) {
      throw new IllegalArgumentException(
          "'%s' was not compared. Known: %s.%s"
              .formatted(
                  solver,
                  String.join(" ", solvers()),
                  Names.nearest(solver, solvers())
                      .map(" Did you mean '%s'?"::formatted)
                      .orElse("")));
    }
    return solver;
  }

  /** {@return the solution that counts as exact, if there is one} */
  public Optional<Solution> reference() {
    return reference.map(Reference::solution);
  }

  /** {@return what counts as exact, in words} */
  public String referenceText() {
    return reference.map(Reference::text).orElse("none: no solver meets a tight tolerance here");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s (%s): %d steps, %d evaluations, error %.2g, %s\n",
              row.solver(),
              row.setting(),
              row.steps(),
              row.evaluations(),
              row.error(),
              row.result()));
    }
    return text.append("reference: ").append(referenceText()).toString();
  }
}
