package odeum.solver;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import odeum.tensor.Tensor;
import odeum.term.Derivative;

/** Looks at the equations just beyond where a solve ended. */
final class Probe {
  private static final int STEPS = 12;
  private static final int DOUBLINGS = 20;
  private static final int HALVINGS = 40;

  /** A value this large will soon be too large for a number. */
  private static final double HUGE = 1e100;

  /** How much larger than at its start a value must be to be called growing without end. */
  private static final double LARGE = 1e4;

  /** What part of itself a slope must change by, over next to nothing, to be called jumping. */
  private static final double JUMP = 0.1;

  private final Problem problem;
  private final Derivative derivative;
  private final double t;
  private final double step;
  private final double[] state;
  private final double[] slope;

  /**
   * Looks on from a state.
   *
   * @param step the last step that was tried, in the direction of time
   */
  Probe(Problem problem, double t, double step, double[] state) {
    this.problem = problem;
    this.derivative = problem.term().open();
    this.t = t;
    this.step = step;
    this.state = state;
    this.slope = new double[state.length];
    derivative.evaluate(t, state, slope);
  }

  /** Where a derivative is not finite, and why. */
  record Hole(double t, Trouble trouble) {}

  /**
   * How a value runs to infinity: like the distance to a time to the power of {@code -power}.
   *
   * @param value which
   */
  record Growth(int value, double time, double power) {}

  /**
   * A slope on both sides of where it changes at once.
   *
   * @param pole whether it runs to infinity between them
   */
  record Jump(int value, double before, double after, boolean pole) {}

  /** {@return the first place on steps of Euler's method where a derivative is not finite} */
  Optional<Hole> hole() {
    double[] y = state.clone();
    double[] f = slope.clone();
    double time = t;
    double[] next = new double[y.length];
    for (int i = 0; i < STEPS; i++) {
      if (!Stepper.isFinite(f)) {
        double at = time;
        return problem.trouble(at, Tensor.vector(y)).map(trouble -> new Hole(at, trouble));
      }
      time += step;
      for (int j = 0; j < y.length; j++) {
        next[j] = y[j] + step * f[j];
      }
      if (!Stepper.isFinite(next)) {
        return Optional.empty();
      }
      System.arraycopy(next, 0, y, 0, y.length);
      derivative.evaluate(time, y, f);
    }
    return Optional.empty();
  }

  /**
   * {@return how the fastest value runs to infinity, if one does} Near there it is like {@code C |T
   * - t|^-p}, of which the value and two derivatives say T and p.
   */
  Optional<Growth> growth() {
    double direction = Math.signum(step);
    for (int i = 0; i < state.length; i++) {
      double start = Math.max(1, Math.abs(problem.initial().at(i)));
      boolean away = state[i] * slope[i] * direction > 0;
      if (Math.abs(state[i]) < LARGE * start || !away) {
        continue;
      }
      double second = second(i, 1e-6 * Math.abs(state[i] / slope[i]) * direction);
      double power = 1 / (state[i] * second / (slope[i] * slope[i]) - 1);
      if (power > 0.2 && power < 10) {
        return Optional.of(new Growth(i, t + power * state[i] / slope[i], power));
      }
    }
    return Optional.empty();
  }

  /** {@return which value is about to be too large for a number, if one is} */
  OptionalInt huge() {
    return IntStream.range(0, state.length).filter(i -> Math.abs(state[i]) > HUGE).findFirst();
  }

  /** The second derivative of a value along the solution. */
  private double second(int value, double small) {
    double[] y = new double[state.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = state[j] + small * slope[j];
    }
    double[] f = new double[y.length];
    derivative.evaluate(t + small, y, f);
    return (f[value] - slope[value]) / small;
  }

  /** {@return the slope that jumps within a few steps, if one does} */
  Optional<Jump> jump() {
    double[] y = new double[state.length];
    double[] f = new double[state.length];
    double small = step;
    for (int i = 0; i < DOUBLINGS; i++, small *= 2) {
      for (int j = 0; j < y.length; j++) {
        y[j] = state[j] + small * slope[j];
      }
      derivative.evaluate(t + small, y, f);
      for (int j = 0; j < y.length; j++) {
        double change = Math.abs(f[j] - slope[j]);
        boolean large = change > JUMP * Math.max(Math.abs(f[j]), Math.abs(slope[j]));
        Optional<Jump> sudden = large ? sudden(j, small, f[j]) : Optional.empty();
        if (sudden.isPresent()) {
          return sudden;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a slope changes by as much over a part of the way, wherever the change is. */
  private Optional<Jump> sudden(int value, double whole, double there) {
    double low = 0;
    double high = whole;
    double[] y = new double[state.length];
    double[] f = new double[state.length];
    double before = slope[value];
    double after = there;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      for (int j = 0; j < y.length; j++) {
        y[j] = state[j] + middle * slope[j];
      }
      derivative.evaluate(t + middle, y, f);
      boolean late = Math.abs(f[value] - before) < Math.abs(f[value] - after);
      low = late ? middle : low;
      high = late ? high : middle;
      before = late ? f[value] : before;
      after = late ? after : f[value];
    }
    double ends = Math.max(Math.abs(slope[value]), Math.abs(there));
    boolean pole = Math.max(Math.abs(before), Math.abs(after)) > 4 * ends;
    return Math.abs(after - before) > 0.5 * Math.abs(there - slope[value])
        ? Optional.of(new Jump(value, slope[value], there, pole))
        : Optional.empty();
  }
}
