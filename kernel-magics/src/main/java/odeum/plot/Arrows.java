package odeum.plot;

import java.util.Locale;
import java.util.stream.IntStream;

/** An arrow at each point, along {@code (dx, dy)}. */
record Arrows(String name, double[] x, double[] y, double[] dx, double[] dy) implements Ground {
  /** The longest arrow, as a part of the mean distance between arrows. */
  private static final double LONGEST = 0.9;

  /** The share of arrows that are shorter than the longest ones. */
  private static final double SHORTER = 0.8;

  /** Lengths grow with this power of the speed, so that slow arrows can be read too. */
  private static final double POWER = 0.4;

  private static final double HEAD = 7;
  private static final double POINT = 0.8;

  /** Numbers of each outline, with the gap behind it. */
  private static final int CORNERS = 8;

  Arrows {
    if (x.length != y.length || x.length != dx.length || x.length != dy.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Arrows '%s' have %d x, %d y, %d dx and %d dy values. Give one of each for each"
                  + " arrow.",
              name,
              x.length,
              y.length,
              dx.length,
              dy.length));
    }
    x = x.clone();
    y = y.clone();
    dx = dx.clone();
    dy = dy.clone();
  }

  /**
   * {@return the corners round all arrows, with a gap behind each: x and y}
   *
   * @param xUnit the pixels of one unit of x
   * @param yUnit the pixels of one unit of y
   */
  double[][] outlines(double xUnit, double yUnit) {
    double fast = fast(xUnit, yUnit);
    double longest = LONGEST * spacing(xUnit, yUnit);
    double[] xs = new double[CORNERS * x.length];
    double[] ys = new double[CORNERS * x.length];
    for (int i = 0; i < x.length; i++) {
      double speed = Math.hypot(dx[i] * xUnit, dy[i] * yUnit);
      double length = longest * StrictMath.pow(Math.min(1, speed / fast), POWER);
      double[] outline = outline(length, dx[i] * xUnit / speed, dy[i] * yUnit / speed);
      boolean none = !(length > 0) || Double.isInfinite(speed);
      for (int k = 0; k < CORNERS; k++) {
        xs[CORNERS * i + k] = none ? Double.NaN : x[i] + outline[2 * k] / xUnit;
        ys[CORNERS * i + k] = none ? Double.NaN : y[i] + outline[2 * k + 1] / yUnit;
      }
    }
    return new double[][] {xs, ys};
  }

  /** The speed of the longest arrows, which a few very fast ones do not change. */
  private double fast(double xUnit, double yUnit) {
    double[] speeds =
        IntStream.range(0, x.length)
            .mapToDouble(i -> Math.hypot(dx[i] * xUnit, dy[i] * yUnit))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return speeds.length == 0 ? 1 : speeds[(int) (SHORTER * (speeds.length - 1))];
  }

  /** The distance of neighbours, if the points lie evenly. */
  private double spacing(double xUnit, double yUnit) {
    Extent across = Extent.of(x);
    Extent up = Extent.of(y);
    double width = Math.max(1, (across.high() - across.low()) * xUnit);
    double height = Math.max(1, (up.high() - up.low()) * yUnit);
    double rows = Math.sqrt(x.length * height / width);
    double columns = rows * width / height;
    return Math.max(width, height) / Math.max(1, Math.max(columns, rows) - 1);
  }

  /** Tail, along the shaft to the head, round it and back: pixels around the middle. */
  private static double[] outline(double length, double ux, double uy) {
    double head = Math.min(HEAD, 0.6 * length);
    double neck = length / 2 - head * POINT;
    double back = length / 2 - head;
    double half = 0.38 * head;
    double[] along = {-length / 2, neck, back, length / 2, back, neck, -length / 2};
    double[] aside = {0, 0, half, 0, -half, 0, 0};
    double[] corners = new double[2 * CORNERS];
    for (int k = 0; k < along.length; k++) {
      corners[2 * k] = along[k] * ux - aside[k] * uy;
      corners[2 * k + 1] = along[k] * uy + aside[k] * ux;
    }
    corners[2 * along.length] = Double.NaN;
    corners[2 * along.length + 1] = Double.NaN;
    return corners;
  }
}
