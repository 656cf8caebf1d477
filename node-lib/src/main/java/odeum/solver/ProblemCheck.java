package odeum.solver;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;

/** What a problem's parts must agree on. */
final class ProblemCheck {
  private ProblemCheck() {}

  static void check(Problem problem) {
    if (!(problem instanceof Problem.Of)) { // which checked itself when built
      check(problem.term(), problem.initial(), problem.names());
    }
  }

  static void check(OdeTerm term, Tensor initial, List<String> names) {
    if (initial.size() != term.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The vector field has %d values, the initial state %d. Give one number per value.",
              term.size(),
              initial.size()));
    }
    if (names.size() != term.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The state has %d values, got %d names %s.",
              term.size(),
              names.size(),
              names));
    }
    if (names instanceof NumberedNames) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Two values are called '%s'.", name));
      }
    }
  }

  static void checkSpan(double start, double end) {
    if (!Double.isFinite(start) || !Double.isFinite(end)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The span needs finite ends, got %s to %s.", start, end));
    }
  }

  /** Checks a span that may have no end if an event can end the solve. */
  static void checkSpan(double start, double end, List<Event> events) {
    if (!Double.isInfinite(end) || !Double.isFinite(start)) {
      checkSpan(start, end);
    } else if (events.stream().allMatch(Event.Reset.class::isInstance)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A span from %s to %s needs an event that ends the solve: Event.steady(name, rtol, atol) or Event.stop(...). Or give a finite end.",
              start,
              end));
    }
  }

  /** Checks that a black box has an end to go to. */
  static void checkEnd(CommonsSolver solver, double end) {
    if (Double.isInfinite(end)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs a finite end to choose its steps. Give one, or take tsit5 or rodas5p to go on until an event.",
              solver.name()));
    }
  }
}
