package odeum.solver;

import java.util.OptionalDouble;

/**
 * Hairer's stiffness test (Hairer and Wanner, "Solving Ordinary Differential Equations II", IV.2):
 * two slopes at the end of the step give {@code h |lambda|}; where it stays at the border of the
 * method's stability, stability and not accuracy chooses the steps. A solve of few steps is never
 * called stiff: a decay followed long beyond its end looks so, and costs nothing.
 */
final class StiffnessMonitor {
  private static final int SUSPICIOUS = 15;
  private static final int HARMLESS = 6;

  /** Hairer's limits for DOPRI5 (3.25 of 3.31) and DOP853 (6.1 of 6.39) as a part of the border. */
  private static final double NEAR_BORDER = 0.97;

  private static final int FEW_STEPS = 200;

  private final double limit;
  private final int closing;
  private int steps;
  private int suspicious;
  private int harmless;
  private double since;
  private double stiffFrom = Double.NaN;

  private StiffnessMonitor(double limit, int closing) {
    this.limit = limit;
    this.closing = closing;
  }

  /** A monitor of the steps of a method; it sees nothing in methods it does not know. */
  static StiffnessMonitor of(OneStepMethod method) {
    return switch (method) {
      case ExplicitRungeKutta explicit -> of(explicit.tableau());
      case SwitchingMethod switching -> of(switching.start().tableau());
      case StagedMethod _, ReversibleMethod _ -> new StiffnessMonitor(Double.POSITIVE_INFINITY, -1);
    };
  }

  private static StiffnessMonitor of(ButcherTableau tableau) {
    int closing = tableau.closing();
    boolean possible = closing > 1 && tableau.c(closing - 1) == 1;
    return new StiffnessMonitor(
        possible ? NEAR_BORDER * tableau.realStability() : Double.POSITIVE_INFINITY, closing);
  }

  /** Looks at an accepted and closed step, before its extra stages. */
  void accept(Stepper any) {
    if (!(any instanceof RungeKuttaStep step)) {
      return;
    }
    steps++;
    if (looks() && step.evaluated() == closing + 1) {
      look(step.start(), isBeyondLimit(step));
    }
  }

  private boolean looks() {
    return limit != Double.POSITIVE_INFINITY && Double.isNaN(stiffFrom);
  }

  /** The square of the limit of {@code h |lambda|}. */
  double squaredLimit() {
    return limit * limit;
  }

  /** Takes over how many steps were accepted, those not looked at included. */
  void counted(int accepted) {
    steps = accepted;
  }

  /** Looks at an accepted and closed step that is beyond the limit or not. */
  void accept(double t, boolean isBeyond) {
    if (looks()) {
      look(t, isBeyond);
    }
  }

  /** Where the steps looked stiff, after so many accepted ones. */
  boolean isStiffAfter(int accepted) {
    return accepted >= FEW_STEPS && !Double.isNaN(stiffFrom);
  }

  /** Whether a step within the limit would change nothing. */
  boolean isCalm() {
    return suspicious == 0;
  }

  private void look(double t, boolean isBeyond) {
    if (isBeyond) {
      suspect(t);
    } else if (++harmless == HARMLESS) {
      suspicious = 0;
    }
  }

  private void suspect(double t) {
    harmless = 0;
    if (suspicious++ == 0) {
      since = t;
    }
    if (suspicious == SUSPICIOUS) {
      stiffFrom = since;
    }
  }

  private boolean isBeyondLimit(RungeKuttaStep step) {
    double[] slope = step.stages()[closing];
    double[] otherSlope = step.stages()[closing - 1];
    double[] state = step.after();
    double[] otherState = step.lastStage();
    double slopes = 0;
    double states = 0;
    for (int i = 0; i < state.length; i++) {
      double ds = slope[i] - otherSlope[i];
      double dy = state[i] - otherState[i];
      slopes += ds * ds;
      states += dy * dy;
    }
    return step.step() * step.step() * slopes > limit * limit * states;
  }

  /** Where the steps first looked stiff, if they do. */
  OptionalDouble stiffFrom() {
    return steps >= FEW_STEPS && !Double.isNaN(stiffFrom)
        ? OptionalDouble.of(stiffFrom)
        : OptionalDouble.empty();
  }
}
