package odeum.model;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Ode;
import odeum.path.Labelled;
import odeum.path.TimeSeries;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;

/**
 * Data to try things on, made by a key: the same key gives the same numbers everywhere. Noise is
 * normal, with this standard deviation.
 */
public final class Examples {
  private Examples() {}

  /** Where a point of a class is, by how far along its curve it is, from 0 to 1. */
  private interface Curve {
    double[] at(int kind, double share);
  }

  private static Labelled curves(int count, double noise, RandomKey key, Curve curve) {
    if (count < 2 || !(noise >= 0)) {
      throw new IllegalArgumentException(
          "Two points or more and noise that is not negative are needed, got %s and %s."
              .formatted(count, noise));
    }
    double[] x = new double[count];
    double[] y = new double[count];
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = i % 2;
      double[] point = curve.at(kind, key.fold(0).uniform(i));
      x[i] = point[0] + noise * key.fold(1).normal(2L * i);
      y[i] = point[1] + noise * key.fold(1).normal(2L * i + 1);
      kinds.add(Integer.toString(kind));
    }
    return Labelled.named("kind", kinds).and("x", x).and("y", y);
  }

  /** {@return two half circles that reach into each other} */
  public static Labelled moons(int count, double noise, RandomKey key) {
    return curves(
        count,
        noise,
        key,
        (kind, share) -> {
          double angle = Math.PI * share;
          double x = Elementary.cos(angle);
          double y = Elementary.sin(angle);
          return kind == 0 ? new double[] {x, y} : new double[] {1 - x, 0.5 - y};
        });
  }

  /** {@return a circle around another one: no line between them, and no flow of the plane} */
  public static Labelled circles(int count, double noise, RandomKey key) {
    return curves(
        count,
        noise,
        key,
        (kind, share) -> {
          double radius = kind == 0 ? 0.5 : 1;
          double angle = 2 * Math.PI * share;
          return new double[] {radius * Elementary.cos(angle), radius * Elementary.sin(angle)};
        });
  }

  /** {@return two spirals of a turn and a half, wound into each other} */
  public static Labelled spirals(int count, double noise, RandomKey key) {
    return curves(
        count,
        noise,
        key,
        (kind, share) -> {
          double angle = 3 * Math.PI * Math.sqrt(share);
          double radius = (kind == 0 ? 1 : -1) * angle / (3 * Math.PI);
          return new double[] {radius * Elementary.cos(angle), radius * Elementary.sin(angle)};
        });
  }

  /** {@return prey x and predators y at so many times from 0 to 10} */
  public static TimeSeries lotkaVolterra(int count, double noise, RandomKey key) {
    Ode system = Ode.parse("x' = 1.5*x - x*y\ny' = -3*y + x*y\ninit x = 1, y = 1\ntime 0 .. 10");
    Solution solution = Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(count)).solve(system);
    TimeSeries series = TimeSeries.of(solution.times());
    for (int state = 0; state < 2; state++) {
      double[] values = solution.values(state == 0 ? "x" : "y");
      for (int i = 0; i < values.length; i++) {
        values[i] += noise * key.fold(state).normal(i);
      }
      series = series.and(state == 0 ? "x" : "y", values);
    }
    return series;
  }

  /** {@return sines x of chance amplitude, frequency and phase at so many times from 0 to 10} */
  public static List<TimeSeries> sines(int series, int count, RandomKey key) {
    List<TimeSeries> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      RandomKey own = key.fold(i);
      double[] t = new double[count];
      double[] x = new double[count];
      for (int j = 0; j < count; j++) {
        t[j] = 10.0 * j / Math.max(1, count - 1);
        double phase = 2 * Math.PI * own.uniform(2);
        x[j] = (0.5 + own.uniform(0)) * Elementary.sin((0.5 + own.uniform(1)) * t[j] + phase);
      }
      all.add(TimeSeries.of(t).and("x", x));
    }
    return List.copyOf(all);
  }
}
