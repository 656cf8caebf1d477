package odeum.solver;

import java.util.OptionalDouble;
import odeum.simd.Elementary;

/** Steps chosen from the error of the last ones. */
final class PidSequence implements StepSequence {
  static final double SMALLEST_IN_ULPS = 10;

  /** A step that would leave less than this part of itself to go is stretched to the end. */
  static final double STRETCH = 1.01;

  /** Dense output may be less precise than the end of the step: by one digit. */
  private static final double WITHIN = 0.1;

  /** So long that no number of steps without an end comes to an infinite time. */
  private static final double LONGEST = 1e295;

  /** What becomes of a step whose equations could not be solved. */
  private static final double UNSOLVED = 0.25;

  private final Pid pid;
  private final double longest;
  private final ErrorNorm norm;
  private final int errorOrder;
  private final OptionalDouble first;
  private final double[] exponents;
  private final boolean remembers;
  private double end;
  private double direction;
  private double size;

  /** The size before the step was shortened to end at the end: what a sequence goes on with. */
  private double planned;

  private double last;
  private double beforeLast;
  private boolean rejected;
  private double[] within = new double[0];

  /**
   * @param errorOrder the power of h that the estimate of one step shrinks with
   * @param controlled how many values of the state count
   * @param first the size of the first step, or empty to choose it
   */
  PidSequence(Pid pid, int errorOrder, int controlled, OptionalDouble first) {
    this.pid = pid;
    this.longest = Math.min(pid.maxStep(), LONGEST);
    this.norm = new ErrorNorm(pid, controlled);
    this.errorOrder = errorOrder;
    this.first = first;
    this.exponents = exponents(pid, errorOrder);
    this.remembers = pid.proportional() != 0 || pid.derivative() != 0;
  }

  /** The powers of the last errors in the formula of {@link Pid}. */
  static double[] exponents(Pid pid, int errorOrder) {
    return new double[] {
      (pid.proportional() + pid.integral() + pid.derivative()) / errorOrder,
      -(pid.proportional() + 2 * pid.derivative()) / errorOrder,
      pid.derivative() / errorOrder
    };
  }

  /** The size of the next step. */
  double size() {
    return size;
  }

  @Override
  public void begin(Stepper step, double last) {
    end = last;
    direction = Math.signum(end - step.start());
    if (within.length != step.size()) {
      within = new double[step.size()];
    }
    if (size == 0) {
      size = first.isPresent() ? first.getAsDouble() : FirstStep.of(step, norm, errorOrder, end);
    }
    size = limited(size, step.start());
    this.last = 0;
    beforeLast = 0;
    rejected = false;
  }

  @Override
  public void forget() {
    size = 0;
  }

  @Override
  public double next(double t) {
    double left = Math.abs(end - t);
    boolean reaches = left <= STRETCH * size && left <= pid.maxStep();
    planned = size;
    return reaches ? end : t + direction * size;
  }

  @Override
  public Verdict judge(Stepper step) {
    size = Math.abs(step.step());
    if (!step.converged()) {
      return retry(step);
    }
    double error = norm.of(step);
    if (error <= 1 && step.estimateWithin(within)) {
      error = Math.max(error, WITHIN * norm.of(within, step.before()));
    }
    if (error <= 1) {
      return step.endsFinite(end) ? accept(error, step) : reject(Double.NaN, step);
    }
    return reject(error, step);
  }

  // Comparisons, here and below, instead of Math.min and max: they are foreseen by the processor,
  // and every step waits for its size.
  private double limited(double wanted, double t) {
    double least = smallest(t);
    double most = longest;
    double small = wanted > most ? most : wanted;
    return small < least ? least : small;
  }

  private double smallest(double t) {
    return Math.max(pid.minStep(), SMALLEST_IN_ULPS * Math.ulp(t));
  }

  private Verdict accept(double error, Stepper step) {
    double logarithm = -Elementary.log(error < Double.MIN_NORMAL ? Double.MIN_NORMAL : error);
    double factor = factor(logarithm, rejected ? 1 : pid.maxFactor());
    double wanted = size * factor;
    boolean shortened = step.end() == end && factor >= 1;
    size = limited(shortened ? Math.max(wanted, planned) : wanted, step.end());
    beforeLast = last;
    last = logarithm;
    rejected = false;
    return Verdict.ACCEPT;
  }

  private Verdict reject(double error, Stepper step) {
    boolean finite = error < Double.POSITIVE_INFINITY;
    size *= finite ? factor(-Elementary.log(error), pid.safety()) : pid.minFactor();
    rejected = true;
    if (size >= smallest(step.start())) {
      return Verdict.REJECT;
    }
    return finite ? Verdict.TOO_SMALL : Verdict.NOT_FINITE;
  }

  /** Equations that were not solved are easier in a smaller step. */
  private Verdict retry(Stepper step) {
    size *= UNSOLVED;
    rejected = true;
    return size >= smallest(step.start()) ? Verdict.REJECT : Verdict.NOT_SOLVED;
  }

  // The powers of the formula as one exponential of logarithms: half the time of one power.
  // An accepted step may shrink the next one, as in Hairer's codes and scipy; diffrax and
  // torchdiffeq keep it then, and pay with more rejected steps.
  private double factor(double logarithm, double most) {
    double sum = exponents[0] * logarithm;
    if (remembers) {
      sum = sum + exponents[1] * last + exponents[2] * beforeLast;
    }
    double factor = pid.safety() * Elementary.exp(sum);
    double least = pid.minFactor();
    return factor < least ? least : factor > most ? most : factor;
  }
}
