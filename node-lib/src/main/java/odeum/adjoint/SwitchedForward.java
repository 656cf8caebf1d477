package odeum.adjoint;

import java.util.function.Function;

/** Carries tangents through the steps of a solve that may have gone over to another method. */
final class SwitchedForward implements ForwardSteps {
  private final SwitchedTape tape;
  private final Function<double[], ForwardSteps> second;

  /** The way through the step at hand. */
  private ForwardSteps now;

  private int begun;

  /**
   * @param first the way through the steps before the solve went over
   * @param second the way through those after it, from the tangent of the state there
   */
  SwitchedForward(SwitchedTape tape, ForwardSteps first, Function<double[], ForwardSteps> second) {
    this.tape = tape;
    this.now = first;
    this.second = second;
  }

  @Override
  public void begin(double time, double length) {
    if (begun == tape.first().steps()) {
      now = second.apply(now.stateTangent());
    }
    begun++;
    now.begin(time, length);
  }

  @Override
  public void finish(int step) {
    now.finish(tape.own(step));
  }

  @Override
  public void ended(int step, double valueTime, double[] target) {
    now.ended(tape.own(step), valueTime, target);
    if (step + 1 == tape.first().steps() && tape.second().steps() > 0) {
      double[] slope = new double[target.length];
      tape.second().slope(0, 0, slope);
      for (int j = 0; j < target.length; j++) {
        target[j] = Math.fma(valueTime, slope[j], target[j]);
      }
    }
  }

  @Override
  public void interpolated(int step, double theta, double valueTime, double[] target) {
    now.interpolated(tape.own(step), theta, valueTime, target);
  }

  @Override
  public double[] stateTangent() {
    return now.stateTangent();
  }
}
