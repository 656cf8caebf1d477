package odeum.solver;

import java.util.Optional;
import odeum.simd.Stages;
import odeum.term.Derivative;

/** The stages of a step computed by one piece of code, where a derivative has it to give. */
final class StepCode {
  /** How many steps to take until asking for code again. */
  private static final int PATIENCE = 50;

  private final ButcherTableau tableau;
  private final Optional<Stages.Source> source;
  private final double[][] errors;
  private Stages stages;
  private int patience;
  private boolean used;

  StepCode(ButcherTableau tableau, Derivative derivative, int n) {
    this.tableau = tableau;
    this.source = derivative instanceof Stages.Source giver ? Optional.of(giver) : Optional.empty();
    this.errors = new double[tableau.estimates()][n];
  }

  /**
   * Computes the step from its first stage, if there is code for it. Arrays as in {@link
   * Stages#compute}.
   */
  boolean computes(
      double t, double end, double h, double[] y, double[][] k, double[] stage, double[] y1) {
    if (stages == null && source.isPresent() && patience-- == 0) {
      patience = PATIENCE;
      stages = source.get().stages(tableau.scheme()).orElse(null);
    }
    used = stages != null;
    if (used) {
      stages.compute(t, end, h, y, k, stage, y1, errors);
    }
    return used;
  }

  /** Whether the step just tried was computed by code, its error estimates included. */
  boolean wasUsed() {
    return used;
  }

  /** The code; null if there is none. */
  Stages stages() {
    return stages;
  }

  void estimate(int which, double[] target) {
    double[] error = errors[which];
    for (int i = 0; i < target.length; i++) { // small: cheaper than a call of arraycopy
      target[i] = error[i];
    }
  }
}
