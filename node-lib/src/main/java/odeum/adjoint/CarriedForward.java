package odeum.adjoint;

import odeum.compile.Program;
import odeum.solver.ReversibleMethod;

/**
 * Carries tangents through steps of a reversible method, those of the rows that a step takes over
 * beside that of the state. Times move with the start; only the length of a step that ends at the
 * end of the span follows both.
 */
final class CarriedForward implements ForwardSteps {
  private final ReversibleMethod method;
  private final CarriedSteps steps;
  private final Program.Run push;
  private final int size;
  private final double[] stateTangent;
  private double[] slopeTangent;
  private double[] pointTangent;
  private double[] nextPointTangent;
  private final double[] evaluationTangent;
  private final double[] state;
  private final double[] slope;
  private final double[] point;
  private final double[] evaluation;
  private double timeTangent;
  private double lengthTangent;
  private boolean pushed;

  CarriedForward(
      ReversibleMethod method,
      CarriedSteps steps,
      Program push,
      double[] parameters,
      double[] parameterTangents,
      double[] stateTangent) {
    this.method = method;
    this.steps = steps;
    this.push = push.open();
    this.push.set(2, parameters, 0);
    this.push.set(5, parameterTangents, 0);
    this.size = stateTangent.length;
    this.stateTangent = stateTangent;
    this.slopeTangent = new double[size];
    this.pointTangent = new double[size];
    this.nextPointTangent = new double[size];
    this.evaluationTangent = new double[size];
    this.state = new double[size];
    this.slope = new double[size];
    this.point = new double[size];
    this.evaluation = new double[size];
  }

  @Override
  public double[] stateTangent() {
    return stateTangent;
  }

  @Override
  public void begin(double time, double length) {
    timeTangent = time;
    lengthTangent = length;
    pushed = false;
  }

  /** Computes the tangents of the step's point and evaluation. */
  private void need(int step) {
    if (pushed) {
      return;
    }
    pushed = true;
    steps.state(step, state);
    steps.stage(step, 0, slope);
    steps.stage(step, method.carriedRows() - 1, point); // the slope where there is no point
    steps.stage(step, method.carriedRows(), evaluation);
    double time = steps.time(step);
    double h = steps.length(step);
    if (steps.isFresh(step)) {
      push(time, state, timeTangent, stateTangent, slopeTangent);
      System.arraycopy(stateTangent, 0, pointTangent, 0, size);
    }
    double shadow = method.shadow();
    double along = h * method.point();
    for (int j = 0; j < size; j++) {
      double moved =
          Math.fma(shadow, stateTangent[j] - pointTangent[j], stateTangent[j])
              + along * slopeTangent[j];
      nextPointTangent[j] = Math.fma(lengthTangent * method.point(), slope[j], moved);
      double base = shadow == 0 ? state[j] : Math.fma(shadow, state[j] - point[j], state[j]);
      point[j] = Math.fma(along, slope[j], base);
    }
    double node = method.node();
    push(
        time + node * h,
        point,
        timeTangent + node * lengthTangent,
        nextPointTangent,
        evaluationTangent);
  }

  private void push(double t, double[] y, double tBy, double[] yBy, double[] target) {
    push.set(0, t);
    push.set(1, y, 0);
    push.set(3, tBy);
    push.set(4, yBy, 0);
    push.run();
    push.get(1, target, 0);
  }

  @Override
  public void finish(int step) {
    need(step);
    interpolate(step, 1, 0, stateTangent);
    double weight = method.weight();
    for (int j = 0; j < size; j++) {
      double kept = (1 - 2 * weight) * slopeTangent[j];
      slopeTangent[j] = Math.fma(2 * weight, evaluationTangent[j], kept);
    }
    double[] old = pointTangent;
    pointTangent = nextPointTangent;
    nextPointTangent = old;
  }

  @Override
  public void ended(int step, double valueTime, double[] target) {
    System.arraycopy(stateTangent, 0, target, 0, size);
    if (step < steps.steps() - 1) {
      steps.slope(step, 1, slope);
      for (int j = 0; j < size; j++) {
        target[j] = Math.fma(valueTime, slope[j], target[j]);
      }
    }
  }

  @Override
  public void interpolated(int step, double theta, double valueTime, double[] target) {
    need(step);
    double thetaTangent = (valueTime - timeTangent - theta * lengthTangent) / steps.length(step);
    interpolate(step, theta, thetaTangent, target);
  }

  private void interpolate(int step, double theta, double thetaTangent, double[] target) {
    double h = steps.length(step);
    double weight = method.weight();
    double a = method.slopeWeight(theta);
    double b = method.evaluationWeight(theta);
    double bySlope = lengthTangent * a + h * thetaTangent * (1 - 2 * weight * theta);
    double byEvaluation = lengthTangent * b + h * thetaTangent * (2 * weight * theta);
    for (int j = 0; j < size; j++) {
      double moved = Math.fma(h * b, evaluationTangent[j], h * a * slopeTangent[j]);
      double grown = Math.fma(byEvaluation, evaluation[j], bySlope * slope[j]);
      target[j] = stateTangent[j] + (moved + grown);
    }
  }
}
