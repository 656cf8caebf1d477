package odeum.adjoint;

import odeum.term.OdeTerm;

/**
 * The steps of a solve that may go over to another method: those of either on a tape of its own.
 */
final class SwitchedTape implements TapedSteps {
  private final FramedSteps first;
  private final FramedSteps second;

  /** The stages that the solver began with. */
  private double[][] stages;

  SwitchedTape(FramedSteps first, FramedSteps second) {
    this.first = first;
    this.second = second;
  }

  /** The steps before the solve went over. */
  FramedSteps first() {
    return first;
  }

  /** The steps after that. */
  FramedSteps second() {
    return second;
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    stages = null;
    return second.begin(first.begin(term, end), end);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // another method has another array
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    if (stages == null) {
      stages = k;
    }
    if (stages == k) {
      first.accepted(t, h, y, k, evaluated);
      return;
    }
    if (second.steps() == 0) {
      first.endsAt(t);
    }
    second.accepted(t, h, y, k, evaluated);
  }

  @Override
  public int steps() {
    return first.steps() + second.steps();
  }

  /** Whether a step is one of those before the solve went over. */
  boolean isFirst(int step) {
    return step < first.steps();
  }

  private FramedSteps of(int step) {
    return isFirst(step) ? first : second;
  }

  /** The number of a step on its own tape. */
  int own(int step) {
    return isFirst(step) ? step : step - first.steps();
  }

  @Override
  public double time(int step) {
    return of(step).time(own(step));
  }

  @Override
  public double length(int step) {
    return of(step).length(own(step));
  }

  @Override
  public void state(int step, double[] target) {
    of(step).state(own(step), target);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    of(step).stage(own(step), stage, target);
  }

  @Override
  public void slope(int step, double theta, double[] target) {
    of(step).slope(own(step), theta, target);
  }
}
