package odeum.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.nonlinear.Conditioning;
import odeum.nonlinear.Root;
import odeum.nonlinear.RootFinder;
import odeum.tensor.Tensor;
import odeum.term.Linearization;
import odeum.term.OdeTerm;

/**
 * Finds the state in which a system comes to rest: follows it in time until it settles, which
 * chooses among several steady states as nature does, then goes to the root by Newton's method. A
 * solver for stiff systems, such as rodas5p, gets there in the fewest steps.
 *
 * @param integrator what follows the system; its saving does not count
 * @param rtol the part of itself by which a value may still change per unit of time when it settles
 * @param atol by what a value near zero may still change then
 * @param roots how the state is polished
 */
public record SteadyStateFinder(Integrator integrator, double rtol, double atol, RootFinder roots) {
  private static final String NAME = "steady";

  /** Newton's method may move the end by this part of the largest value: it is to stay near. */
  private static final double FARTHEST = 0.1;

  /** The errors of a solve keep values moving by more than its tolerances per unit of time. */
  private static final double ABOVE_NOISE = 100;

  /** Where the root is still far, it goes on to tolerances smaller by this factor, so often. */
  private static final double CLOSER = 0.01;

  private static final int TIMES_CLOSER = 4;

  private static final Pid WITH_FIXED_STEPS = Pid.of(1e-6, 1e-9);

  /**
   * {@return a finder whose values may still change, per unit of time, by a hundred times the
   * tolerances of the integrator} Its own errors keep a solve moving: the faster a system, the
   * more.
   */
  public static SteadyStateFinder of(Integrator integrator) {
    Pid pid = integrator.controller() instanceof Pid given ? given : WITH_FIXED_STEPS;
    RootFinder roots = RootFinder.newton().withTolerances(1e-12, 1e-14);
    return new SteadyStateFinder(
        integrator, ABOVE_NOISE * pid.rtol(), ABOVE_NOISE * pid.atol(), roots);
  }

  public SteadyStateFinder {
    new Event.Steady(NAME, rtol, atol); // which checks the tolerances
  }

  /** {@return this finder following the system until values change by no more per unit of time} */
  public SteadyStateFinder withTolerances(double relative, double absolute) {
    return new SteadyStateFinder(integrator, relative, absolute, roots);
  }

  /** {@return this finder polishing in another way} */
  public SteadyStateFinder withRoots(RootFinder finder) {
    return new SteadyStateFinder(integrator, rtol, atol, finder);
  }

  /**
   * {@return the steady state that a problem comes to} A black box goes to the end of the problem,
   * all other solvers go on without one. Events of the problem happen; one that stops the solve
   * leaves no steady state. An equation that depends on time is polished at the time it settles.
   * Where the start is next to an unstable steady state, it is found to rest there.
   */
  public SteadyState find(Problem problem) {
    return find(problem, TIMES_CLOSER);
  }

  private SteadyState find(Problem problem, int timesCloser) {
    Event steady = new Event.Steady(NAME, rtol, atol);
    List<Event> events = appended(integrator.events(), steady);
    Integrator following =
        integrator.withSaveAt(SaveAt.end()).withEvents(events.toArray(Event[]::new));
    double end =
        integrator.solver() instanceof CommonsSolver
            ? problem.end()
            : Math.copySign(Double.POSITIVE_INFINITY, problem.end() - problem.start());
    Solution solution = following.solve(problem, problem.start(), end);
    Tensor last = solution.state(solution.size() - 1);
    boolean settled =
        solution.result() == Result.EVENT && solution.events().getLast().name().equals(NAME);
    if (!settled) {
      return failed(problem, solution, last);
    }
    Optional<Root> root = root(problem.term(), time(solution), last);
    boolean far = root.isPresent() && !isNear(root.get().y(), last, problem.initial());
    if (far && timesCloser > 0) {
      SteadyState closer =
          withTolerances(CLOSER * rtol, CLOSER * atol).find(problem, timesCloser - 1);
      if (closer.isFound()) {
        return closer;
      }
    }
    return polished(problem, solution, far ? Optional.empty() : root, last);
  }

  private static List<Event> appended(List<Event> events, Event last) {
    List<Event> all = new ArrayList<>(events);
    all.add(last);
    return all;
  }

  private static SteadyState failed(Problem problem, Solution solution, Tensor last) {
    return new SteadyState(
        last,
        residual(problem.term(), time(solution), last),
        SteadyState.Outcome.NOT_FOUND,
        solution,
        "No steady state was found. " + solution.message());
  }

  /** What Newton's method makes of a state; nothing if its derivative is singular. */
  private Optional<Root> root(OdeTerm term, double t, Tensor y) {
    Linearization linearization = term.linearize();
    linearization.evaluate(t, y.toArray());
    return Conditioning.isSingular(linearization.layout(), linearization.stateDerivative())
        ? Optional.empty()
        : Optional.of(roots.find(term, t, y));
  }

  private static SteadyState polished(
      Problem problem, Solution solution, Optional<Root> root, Tensor last) {
    double t = time(solution);
    boolean found = root.isPresent() && root.get().isFound();
    double before = residual(problem.term(), t, last);
    double after = root.map(it -> residual(problem.term(), t, it.y())).orElse(before);
    boolean better = found || after < before;
    double residual = better ? after : before;
    String message =
        String.format(
            Locale.ROOT,
            "Settled at t = %s, %s; the largest slope is %s.",
            Diagnosis.brief(t),
            found
                ? "then " + root.get().steps() + " steps of Newton"
                : "not polished to rounding (something is conserved, it is a fold, or the root is far)",
            Diagnosis.brief(residual));
    SteadyState.Outcome outcome =
        found ? SteadyState.Outcome.POLISHED : SteadyState.Outcome.SETTLED;
    return new SteadyState(better ? root.get().y() : last, residual, outcome, solution, message);
  }

  private static double time(Solution solution) {
    return solution.times()[solution.size() - 1];
  }

  private static double residual(OdeTerm term, double t, Tensor y) {
    double[] slope = new double[y.size()];
    term.open().evaluate(t, y.toArray(), slope);
    double largest = 0;
    for (double value : slope) {
      largest = Double.isNaN(value) ? Double.NaN : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static boolean isNear(Tensor root, Tensor last, Tensor initial) {
    double size = Math.max(largest(last), largest(initial));
    double allowed = FARTHEST * size;
    for (int i = 0; i < last.size(); i++) {
      if (!(Math.abs(root.at(i) - last.at(i)) <= allowed)) {
        return false;
      }
    }
    return true;
  }

  private static double largest(Tensor y) {
    return Arrays.stream(y.toArray()).map(Math::abs).max().orElse(0);
  }
}
