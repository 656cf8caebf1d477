package odeum.train;

/**
 * Finds a step along a direction that satisfies the strong Wolfe conditions (Nocedal and Wright,
 * Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6). A value that is not finite counts
 * as too large, so the search backs away from where the loss does not exist.
 */
final class LineSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int EVALUATIONS = 40;

  private final Target target;
  private final double[] origin;
  private final double[] direction;
  private final Point start;
  private int evaluations;

  /** A point on the line: value and slope there. */
  static final class Point {
    final double step;
    final double value;
    final double slope;
    final double[] x;
    final double[] gradient;

    Point(double step, double value, double slope, double[] x, double[] gradient) {
      this.step = step;
      this.value = value;
      this.slope = slope;
      this.x = x;
      this.gradient = gradient;
    }
  }

  private LineSearch(
      Target target, double[] x, double value, double[] gradient, double[] direction) {
    this.target = target;
    this.origin = x;
    this.direction = direction;
    this.start = new Point(0, value, Lbfgs.dot(gradient, direction), x, gradient);
  }

  /** {@return a point with a smaller value, or null if none was found} */
  static Point search(
      Target target,
      double[] x,
      double value,
      double[] gradient,
      double[] direction,
      double firstStep) {
    LineSearch search = new LineSearch(target, x, value, gradient, direction);
    return search.start.slope < 0 ? search.bracket(firstStep) : null;
  }

  private Point bracket(double firstStep) {
    Point previous = start;
    double step = firstStep;
    while (evaluations < EVALUATIONS) {
      Point point = at(step);
      if (tooHigh(point) || (previous != start && point.value >= previous.value)) {
        return zoom(previous, point);
      }
      if (flat(point)) {
        return point;
      }
      if (point.slope >= 0) {
        return zoom(point, previous);
      }
      previous = point;
      step *= 3;
    }
    return previous == start ? null : previous;
  }

  /** The best point so far is low; between it and high there are steps that satisfy both. */
  private Point zoom(Point first, Point second) {
    Point low = first;
    Point high = second;
    while (evaluations < EVALUATIONS
        && Math.abs(high.step - low.step) > 1e-14 * Math.max(high.step, low.step)) {
      Point point = at(between(low, high));
      if (tooHigh(point) || point.value >= low.value) {
        high = point;
        continue;
      }
      if (flat(point)) {
        return point;
      }
      if (point.slope * (high.step - low.step) >= 0) {
        high = low;
      }
      low = point;
    }
    return low == start ? null : low;
  }

  private Point at(double step) {
    evaluations++;
    double[] x = new double[origin.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.fma(step, direction[i], origin[i]);
    }
    double[] gradient = new double[x.length];
    double value = target.value(x, gradient);
    double slope = Lbfgs.dot(gradient, direction);
    boolean finite = Double.isFinite(value) && Double.isFinite(slope);
    return new Point(step, finite ? value : Double.POSITIVE_INFINITY, slope, x, gradient);
  }

  private boolean tooHigh(Point point) {
    return !(point.value <= start.value + DECREASE * point.step * start.slope);
  }

  private boolean flat(Point point) {
    return Math.abs(point.slope) <= -CURVATURE * start.slope;
  }

  /** The minimum of the cubic through values and slopes (equation 3.59), away from the ends. */
  private static double between(Point low, Point high) {
    double width = high.step - low.step;
    double middle = low.step + 0.5 * width;
    if (high.value == Double.POSITIVE_INFINITY) {
      return low.step + 0.2 * width;
    }
    double d1 = low.slope + high.slope - 3 * (low.value - high.value) / (low.step - high.step);
    double d2 = Math.copySign(Math.sqrt(d1 * d1 - low.slope * high.slope), width);
    double step = high.step - width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
    double nearest = Math.min(low.step + 0.1 * width, high.step - 0.1 * width);
    double farthest = Math.max(low.step + 0.1 * width, high.step - 0.1 * width);
    return Double.isFinite(step) ? Math.clamp(step, nearest, farthest) : middle;
  }
}
