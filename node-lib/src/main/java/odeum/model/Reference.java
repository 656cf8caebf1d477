package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/**
 * A solution that counts as exact.
 *
 * @param solution at the times that are compared
 * @param text how it was found
 */
record Reference(Solution solution, String text) {
  /** In order of preference, those for stiff systems last; whichever there are. */
  private static final List<String> CANDIDATES =
      List.of("vern9", "vern7", "dopri8", "rodas5p", "kvaerno5", "kencarp4");

  private static final double RTOL = 1e-12;

  private static final int MAX_STEPS = 300_000;
  private static final double SECONDS = 4;

  /** {@return the reference for solves, if some solver meets a tight tolerance in time} */
  static Optional<Reference> of(ComparedSolves solves, List<Integrator> integrators) {
    double atol = RTOL * share(integrators);
    List<Reference> stiff = new ArrayList<>();
    for (AdaptiveSolver solver : candidates().toList()) {
      Pid pid = Pid.of(RTOL, atol);
      Integrator integrator = Integrator.adaptive(solver, pid).withMaxSteps(MAX_STEPS);
      Optional<Solution> solution = solves.solve(integrator, SECONDS);
      if (solution.isPresent() && solution.get().result().isSuccess()) {
        String text =
            String.format(Locale.ROOT, "%s with rtol %.0e, atol %.0e", solver.name(), RTOL, atol);
        Reference found = new Reference(solution.get(), text.replace("e-0", "e-"));
        if (solution.get().notes().isEmpty()) {
          return Optional.of(found);
        }
        stiff.add(found);
      }
    }
    return stiff.stream().findFirst();
  }

  private static Stream<AdaptiveSolver> candidates() {
    return CANDIDATES.stream()
        .map(name -> find(name))
        .filter(Objects::nonNull)
        .filter(AdaptiveSolver.class::isInstance)
        .map(AdaptiveSolver.class::cast);
  }

  private static Solver find(String name) {
    return Solvers.all().stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * {@return the absolute tolerance as a share of the relative one, the least that is asked for}
   */
  private static double share(List<Integrator> integrators) {
    double least = 1e-3;
    for (Integrator integrator : integrators) {
      if (integrator.controller() instanceof Pid pid && pid.rtol() > 0 && pid.atol() > 0) {
        least = Math.min(least, pid.atol() / pid.rtol());
      }
    }
    return least;
  }

  /**
   * {@return the largest error of a solution, of each state as a share of the largest value it
   * takes} Only times that both have count: an event may end either.
   */
  double error(Solution other) {
    double[] times = solution.times();
    double[] others = other.times();
    double largest = 0;
    for (String name : solution.stateNames()) {
      double[] exact = solution.values(name);
      double[] found = other.values(name);
      double scale = 0;
      double off = 0;
      for (int i = 0; i < Math.min(times.length, others.length); i++) {
        if (times[i] == others[i]) {
          scale = Math.max(scale, Math.abs(exact[i]));
          off = Math.max(off, Math.abs(exact[i] - found[i]));
        }
      }
      largest = Math.max(largest, scale == 0 ? off : off / scale);
    }
    return largest;
  }
}
