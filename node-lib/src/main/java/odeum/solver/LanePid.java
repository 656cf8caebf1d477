package odeum.solver;

import java.util.Arrays;
import java.util.OptionalDouble;
import odeum.simd.Loops;
import odeum.simd.StageLoops;

/** {@link PidSequence} and {@link ErrorNorm} in lanes: the same operations in the same order. */
final class LanePid implements LaneControl {
  private final Pid pid;
  private final ButcherTableau tableau;
  private final int controlled;
  private final PidSequence starter;
  private final double longest;
  private final double shortest;
  private final double[] exponents;
  private final double[] size;
  private final double[] planned;
  private final double[] last;
  private final double[] beforeLast;

  /** By how much a step may grow. */
  private final double[] most;

  private final double[] error;
  private final double[] logarithm;
  private final double[] factor;
  private final double[] grown;
  private final boolean[] good;

  LanePid(Pid pid, ButcherTableau tableau, int controlled, OptionalDouble first, int lanes) {
    this.pid = pid;
    this.tableau = tableau;
    this.controlled = controlled;
    this.starter = new PidSequence(pid, tableau.errorOrder(), controlled, first);
    this.longest = pid.maxStep();
    this.shortest = pid.minStep();
    this.exponents = PidSequence.exponents(pid, tableau.errorOrder());
    this.size = new double[lanes];
    this.planned = new double[lanes];
    this.last = new double[lanes];
    this.beforeLast = new double[lanes];
    this.most = new double[lanes];
    Arrays.fill(most, pid.maxFactor());
    this.error = new double[lanes];
    this.logarithm = new double[lanes];
    this.factor = new double[lanes];
    this.grown = new double[lanes];
    this.good = new boolean[lanes];
  }

  @Override
  public void begin(int lane, RungeKuttaStep start, double end) {
    starter.forget();
    starter.begin(start, end);
    size[lane] = starter.size();
    last[lane] = 0;
    beforeLast[lane] = 0;
    most[lane] = pid.maxFactor();
  }

  @Override
  public void next(LaneStep step) {
    for (int lane = 0; lane < step.lanes; lane++) {
      if (step.live[lane]) {
        double t = step.t[lane];
        double rest = step.end[lane] - t;
        double wanted = size[lane];
        boolean reaches = Math.abs(rest) <= Math.min(PidSequence.STRETCH * wanted, longest);
        planned[lane] = wanted;
        step.t1[lane] = reaches ? step.end[lane] : t + step.direction[lane] * wanted;
        step.h[lane] = step.t1[lane] - t;
      }
    }
  }

  @Override
  public void judge(LaneStep step, StepSequence.Verdict[] verdicts) {
    errors(step);
    ends(step);
    // Of an error that is not finite no logarithm is used.
    for (int i = 0; i < logarithm.length; i++) {
      logarithm[i] = Math.min(Math.max(error[i], Double.MIN_NORMAL), Double.MAX_VALUE);
    }
    Loops.log(logarithm, 0, logarithm, 0, step.lanes);
    Loops.negate(logarithm, 0, logarithm, 0, step.lanes);
    for (int i = 0; i < factor.length; i++) {
      factor[i] =
          exponents[0] * logarithm[i] + exponents[1] * last[i] + exponents[2] * beforeLast[i];
    }
    Loops.exp(factor, 0, factor, 0, step.lanes);
    double safety = pid.safety();
    double least = pid.minFactor();
    for (int i = 0; i < grown.length; i++) {
      grown[i] = Math.min(most[i], Math.max(safety * factor[i], least));
    }
    for (int lane = 0; lane < step.lanes; lane++) {
      if (!step.live[lane]) {
        verdicts[lane] = null;
      } else if (error[lane] <= 1) {
        accept(step, lane);
        verdicts[lane] = StepSequence.Verdict.ACCEPT;
      } else {
        verdicts[lane] = reject(step, lane);
      }
    }
  }

  /** The scaled errors of the steps just tried. */
  private void errors(LaneStep step) {
    double n = Math.max(1, controlled);
    squares(error, 0, step);
    if (tableau.estimates() == 1) {
      Loops.divideNumber(error, 0, error, 0, n, step.lanes);
      Loops.sqrt(error, 0, error, 0, step.lanes);
      Loops.abs(size, 0, step.h, 0, step.lanes);
      Loops.multiply(error, 0, size, 0, error, 0, step.lanes);
      return;
    }
    squares(factor, 1, step);
    for (int lane = 0; lane < step.lanes; lane++) {
      double first = error[lane];
      double denominator = first + 0.01 * factor[lane];
      size[lane] = Math.abs(step.h[lane]);
      error[lane] = denominator == 0 ? 0 : size[lane] * first / Math.sqrt(n * denominator);
    }
  }

  private void squares(double[] out, int estimate, LaneStep step) {
    StageLoops.scaledSquares(
        out,
        tableau.errorWeights(estimate),
        step.k,
        step.stride,
        tableau.stages(),
        step.y,
        step.y1,
        pid.atol(),
        pid.rtol(),
        controlled,
        step.lanes);
  }

  /** Makes the errors of steps NaN that were good enough but did not end in finite numbers. */
  private void ends(LaneStep step) {
    if (step.endsFinite()) {
      return;
    }
    for (int lane = 0; lane < step.lanes; lane++) {
      good[lane] = step.live[lane] && error[lane] <= 1;
    }
    step.ends(good);
    for (int lane = 0; lane < step.lanes; lane++) {
      if (!good[lane] && error[lane] <= 1) {
        error[lane] = Double.NaN;
      }
    }
  }

  private void accept(LaneStep step, int lane) {
    double growth = grown[lane];
    double wanted = size[lane] * growth;
    double t1 = step.t1[lane];
    if (t1 == step.end[lane] && growth >= 1) { // the step was shortened
      wanted = Math.max(wanted, planned[lane]);
    }
    size[lane] = limited(wanted, t1);
    beforeLast[lane] = last[lane];
    last[lane] = logarithm[lane];
    most[lane] = pid.maxFactor();
  }

  private double limited(double wanted, double t) {
    double small = wanted <= longest ? wanted : Math.min(wanted, longest);
    // An ulp takes time: far above its bound it is not needed.
    boolean clear = small > 4e-15 * Math.abs(t) + 1e-300 && small >= shortest;
    return clear ? small : Math.max(small, smallest(t));
  }

  private double smallest(double t) {
    return Math.max(pid.minStep(), PidSequence.SMALLEST_IN_ULPS * Math.ulp(t));
  }

  private StepSequence.Verdict reject(LaneStep step, int lane) {
    boolean isFinite = error[lane] < Double.POSITIVE_INFINITY;
    size[lane] *=
        isFinite
            ? Math.clamp(pid.safety() * factor[lane], pid.minFactor(), pid.safety())
            : pid.minFactor();
    most[lane] = 1;
    if (size[lane] >= smallest(step.t[lane])) {
      return StepSequence.Verdict.REJECT;
    }
    return isFinite ? StepSequence.Verdict.TOO_SMALL : StepSequence.Verdict.NOT_FINITE;
  }

  @Override
  public void take(LaneControl other, int[] from) {
    LanePid wider = (LanePid) other;
    for (int lane = 0; lane < from.length; lane++) {
      size[lane] = wider.size[from[lane]];
      planned[lane] = wider.planned[from[lane]];
      last[lane] = wider.last[from[lane]];
      beforeLast[lane] = wider.beforeLast[from[lane]];
      most[lane] = wider.most[from[lane]];
    }
  }
}
