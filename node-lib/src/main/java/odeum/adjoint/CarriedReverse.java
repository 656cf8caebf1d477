package odeum.adjoint;

import java.util.Arrays;
import odeum.compile.Pullback;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.solver.ReversibleMethod;

/**
 * Goes back through steps of a reversible method. With cotangents written as bars, and the names of
 * {@link ReversibleMethod}, a step gives
 *
 * <pre>
 *   F̄ = h weight ȳ1 + 2 weight s̄1
 *   Z̄ = (df/dy)ᵀ F̄ + z̄1,   p̄ += (df/dp)ᵀ F̄,   t̄ += F̄ · df/dt
 *   s̄ = h (1 - weight) ȳ1 + (1 - 2 weight) s̄1 + h point Z̄
 *   ȳ = ȳ1 + (1 + shadow) Z̄,   z̄ = -shadow Z̄
 * </pre>
 *
 * and where a step begins afresh, the slope's cotangent goes through f once more and z is y.
 */
final class CarriedReverse implements ReverseSteps {
  private final ReversibleMethod method;
  private final CarriedSteps steps;
  private final FixedTimes fixed;
  private final Pullback.Run run;
  private final int size;
  private final boolean timed;

  private final double[] stateBar;

  /** The cotangents of what the step finished last took over. */
  private final double[] slopeBar;

  private final double[] pointBar;

  /** The cotangents of slope and evaluation, as far as they grow with the length of the step. */
  private final double[] bySlope;

  private final double[] byEvaluation;

  /** The cotangent of the state at the start of the step that came from values inside it. */
  private final double[] startStateBar;

  private final double[] slope;
  private final double[] evaluation;
  private final double[] pulled;
  private final double[] time = new double[1];
  private double timeBar;
  private double lengthBar;
  private double startBar;
  private double endBar;

  CarriedReverse(
      ReversibleMethod method, CarriedSteps steps, FixedTimes fixed, int size, boolean timed) {
    this.method = method;
    this.fixed = fixed;
    this.steps = steps;
    this.run = steps.run();
    this.size = size;
    this.timed = timed;
    this.stateBar = new double[size];
    this.slopeBar = new double[size];
    this.pointBar = new double[size];
    this.bySlope = new double[size];
    this.byEvaluation = new double[size];
    this.startStateBar = new double[size];
    this.slope = new double[size];
    this.evaluation = new double[size];
    this.pulled = new double[size];
    run.clear();
  }

  @Override
  public double[] parametersBar(int count) {
    double[] bar = new double[count];
    run.sum(0, bar, 0);
    return bar;
  }

  @Override
  public double[] stateBar() {
    return stateBar;
  }

  @Override
  public double startBar() {
    return startBar;
  }

  @Override
  public double endBar() {
    return endBar;
  }

  @Override
  public void begin() {
    timeBar = 0;
    lengthBar = 0;
    Arrays.fill(bySlope, 0);
    Arrays.fill(byEvaluation, 0);
    Arrays.fill(startStateBar, 0);
  }

  @Override
  public double interpolated(int step, double theta, double[] bar, int offset) {
    double h = steps.length(step);
    Loops.fmaInto(bySlope, 0, h * method.slopeWeight(theta), bar, offset, size);
    Loops.fmaInto(byEvaluation, 0, h * method.evaluationWeight(theta), bar, offset, size);
    Loops.add(startStateBar, 0, startStateBar, 0, bar, offset, size);
    if (!timed) {
      return 0;
    }
    double rate = rate(step, theta, bar, offset);
    lengthBar -= rate * theta;
    timeBar -= rate;
    return rate;
  }

  @Override
  public double ended(int step, double[] bar, int offset) {
    add(bar, offset);
    if (!timed || step == steps.steps() - 1) {
      return 0;
    }
    double rate = rate(step, 1, bar, offset);
    lengthBar -= rate;
    timeBar -= rate;
    return rate;
  }

  /** How fast a value grows with time, by its cotangent. */
  private double rate(int step, double theta, double[] bar, int offset) {
    steps.slope(step, theta, slope);
    return Lanes.dot(bar, offset, slope, 0, size);
  }

  @Override
  public void add(double[] bar, int offset) {
    Loops.add(stateBar, 0, stateBar, 0, bar, offset, size);
  }

  @Override
  public void finish(int step, boolean endsAtEnd) {
    double h = steps.length(step);
    double weight = method.weight();
    Loops.fmaInto(bySlope, 0, h * (1 - weight), stateBar, 0, size);
    Loops.fmaInto(byEvaluation, 0, h * weight, stateBar, 0, size);
    steps.stage(step, 0, slope);
    if (timed) {
      steps.stage(step, method.carriedRows(), evaluation);
      lengthBar += Lanes.dot(bySlope, 0, slope, 0, size) / h;
      lengthBar += Lanes.dot(byEvaluation, 0, evaluation, 0, size) / h;
    }
    Loops.fmaInto(byEvaluation, 0, 2 * weight, slopeBar, 0, size);
    pull(steps.frame(step), byEvaluation, method.node());
    Loops.add(pulled, 0, pulled, 0, pointBar, 0, size);
    if (timed) {
      lengthBar += method.point() * Lanes.dot(pulled, 0, slope, 0, size);
    }
    carry(h);
    if (steps.isFresh(step)) {
      open(step);
    }
    if (fixed.movesWithStart(steps, step)) {
      boolean stretched = endsAtEnd || fixed.endsFixed(steps, step);
      startBar += stretched ? timeBar - lengthBar : timeBar;
    }
    endBar += endsAtEnd ? lengthBar : 0;
  }

  /** From the cotangents at the end of a step and that of its point to those at its start. */
  private void carry(double h) {
    double shadow = method.shadow();
    for (int j = 0; j < size; j++) {
      double kept = Math.fma(1 - 2 * method.weight(), slopeBar[j], bySlope[j]);
      slopeBar[j] = Math.fma(h * method.point(), pulled[j], kept);
      stateBar[j] = Math.fma(1 + shadow, pulled[j], stateBar[j] + startStateBar[j]);
      pointBar[j] = -shadow * pulled[j];
    }
  }

  private void open(int step) {
    pull(steps.opening(step), slopeBar, 0);
    add(pulled, 0);
    add(pointBar, 0);
    Arrays.fill(slopeBar, 0);
    Arrays.fill(pointBar, 0);
  }

  private void pull(Pullback.Frame frame, double[] bar, double node) {
    run.backward(frame, bar, 0);
    run.cotangent(frame, 1, pulled, 0);
    if (timed) {
      run.cotangent(frame, 0, time, 0);
      timeBar += time[0];
      lengthBar += node * time[0];
    }
  }
}
