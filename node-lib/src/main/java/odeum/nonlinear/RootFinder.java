package odeum.nonlinear;

import java.util.Locale;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;

/**
 * Finds y with {@code f(t, y) = 0}, a steady state, by Newton's method. Steps are shortened until
 * the next correction with the same derivative is smaller (the natural monotonicity test: Deuflhard
 * 2011, "Newton Methods for Nonlinear Problems", 3.3, doi:10.1007/978-3-642-23899-4), which does
 * not depend on how the equations are scaled.
 *
 * @param relativeTolerance by which part of a value the last correction may move it
 * @param absoluteTolerance what it may move a value near zero by
 * @param maxSteps after so many steps the search ends
 * @param chord whether a derivative is used again while full steps with it converge fast
 */
public record RootFinder(
    double relativeTolerance, double absoluteTolerance, int maxSteps, boolean chord) {
  public RootFinder {
    boolean usable = relativeTolerance >= 0 && absoluteTolerance >= 0;
    if (!usable || relativeTolerance + absoluteTolerance == 0 || maxSteps < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A root is found to a relative and an absolute tolerance, one of them positive, in at least one step; got %s, %s and %d steps.",
              relativeTolerance,
              absoluteTolerance,
              maxSteps));
    }
  }

  /** {@return Newton's method: a new derivative in each step} */
  public static RootFinder newton() {
    return new RootFinder(1e-10, 1e-12, 100, false);
  }

  /** {@return the chord method: a derivative for several steps} */
  public static RootFinder chordMethod() {
    return newton().withChord(true);
  }

  /** {@return this finder with other tolerances} */
  public RootFinder withTolerances(double relative, double absolute) {
    return new RootFinder(relative, absolute, maxSteps, chord);
  }

  /** {@return this finder with another limit of steps} */
  public RootFinder withMaxSteps(int steps) {
    return new RootFinder(relativeTolerance, absoluteTolerance, steps, chord);
  }

  /** {@return this finder, using derivatives again or not} */
  public RootFinder withChord(boolean again) {
    return new RootFinder(relativeTolerance, absoluteTolerance, maxSteps, again);
  }

  /** {@return where the right-hand side of an equation is zero at a time, near this state} */
  public Root find(OdeTerm term, double t, Tensor guess) {
    if (guess.size() != term.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The equation has %d states, the guess %d values.",
              term.size(),
              guess.size()));
    }
    return new RootSearch(this, term, t, guess).run();
  }
}
