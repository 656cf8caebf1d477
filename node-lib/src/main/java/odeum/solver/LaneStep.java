package odeum.solver;

import java.util.Arrays;
import odeum.simd.Loops;
import odeum.simd.StageLoops;
import odeum.simd.Stages;
import odeum.term.BatchedField;

/**
 * The moving part of solves side by side, each in a lane: what {@link RungeKuttaStep} is for one,
 * with the same operations in the same order. States are stored {@code (size, lanes)}.
 */
final class LaneStep {
  /** Stages a multiple of 4096 bytes apart would share the same few places of a cache. */
  private static final int APART = 8;

  final int n;
  final int lanes;
  final double[] t;
  final double[] t1;
  final double[] h;
  final double[] end;

  /** 1 forward in time, -1 backward. */
  final double[] direction;

  final double[] y;
  final double[] y1;

  /** The states at the last stages that are not the closing one. */
  final double[] stage;

  /** The stages, {@link #stride} numbers apart. */
  final double[] k;

  final int stride;
  final boolean[] live;

  /** Where the first stage is known. */
  final boolean[] known;

  final boolean[] closed;
  final long[] evaluations;
  final int[] accepted;
  final int[] rejected;

  /** Where the last step was rejected: its stages are still there. */
  private final boolean[] failed;

  private final ButcherTableau tableau;
  private final Stages.Scheme scheme;
  private final BatchedField field;
  private final double[] times;
  private final double[] mask;
  private final boolean[] extended;
  private final double[][] weights;
  private final double[] places;
  private final int[] one = new int[1];
  private final double[] oneTime = new double[1];
  private boolean hasExtension;

  LaneStep(ButcherTableau tableau, BatchedField field, int n) {
    this.tableau = tableau;
    this.scheme = tableau.scheme();
    this.field = field;
    this.n = n;
    this.lanes = field.samples();
    this.stride = n * lanes + APART;
    this.t = new double[lanes];
    this.t1 = new double[lanes];
    this.h = new double[lanes];
    this.end = new double[lanes];
    this.direction = new double[lanes];
    this.y = new double[n * lanes];
    this.y1 = new double[n * lanes];
    this.stage = new double[n * lanes];
    this.k = new double[stride * tableau.allStages()];
    this.live = new boolean[lanes];
    this.known = new boolean[lanes];
    this.closed = new boolean[lanes];
    this.evaluations = new long[lanes];
    this.accepted = new int[lanes];
    this.rejected = new int[lanes];
    this.failed = new boolean[lanes];
    this.times = new double[lanes];
    this.mask = new double[lanes];
    this.extended = new boolean[lanes];
    this.weights = new double[tableau.allStages()][lanes];
    this.places = new double[lanes];
  }

  /** Puts a solve that begins into a lane. */
  void begin(int lane, RungeKuttaStep start, double last) {
    t[lane] = start.start();
    t1[lane] = t[lane];
    h[lane] = 0;
    end[lane] = last;
    direction[lane] = Math.signum(last - t[lane]);
    put(start.before(), y, 0, lane);
    put(start.before(), y1, 0, lane);
    put(start.slope(), k, 0, lane);
    live[lane] = true;
    known[lane] = true;
    closed[lane] = false;
    evaluations[lane] = start.evaluations();
    accepted[lane] = 0;
    rejected[lane] = 0;
    failed[lane] = false;
  }

  private void put(double[] state, double[] target, int offset, int lane) {
    for (int i = 0; i < n; i++) {
      target[offset + i * lanes + lane] = state[i];
    }
  }

  /** Copies what a lane has in an array of states. */
  void get(double[] source, int offset, int lane, double[] state) {
    for (int i = 0; i < n; i++) {
      state[i] = source[offset + i * lanes + lane];
    }
  }

  /** Ends a lane: it stays where it is. */
  void stop(int lane) {
    live[lane] = false;
    t1[lane] = t[lane];
    h[lane] = 0;
  }

  /** Takes the lanes of a step with more of them. */
  void take(LaneStep other, int[] from) {
    for (int lane = 0; lane < from.length; lane++) {
      int source = from[lane];
      t[lane] = other.t[source];
      t1[lane] = other.t1[source];
      h[lane] = other.h[source];
      end[lane] = other.end[source];
      direction[lane] = other.direction[source];
      live[lane] = true;
      known[lane] = other.known[source];
      closed[lane] = other.closed[source];
      evaluations[lane] = other.evaluations[source];
      accepted[lane] = other.accepted[source];
      rejected[lane] = other.rejected[source];
      failed[lane] = other.failed[source];
    }
    take(other.y, 0, y, 0, other.lanes, from);
    take(other.y1, 0, y1, 0, other.lanes, from);
    for (int i = 0; i < tableau.allStages(); i++) {
      take(other.k, i * other.stride, k, i * stride, other.lanes, from);
    }
  }

  private void take(
      double[] source, int start, double[] target, int offset, int width, int[] from) {
    for (int row = 0; row < n; row++) {
      for (int lane = 0; lane < from.length; lane++) {
        target[offset + row * lanes + lane] = source[start + row * width + from[lane]];
      }
    }
  }

  /** Computes the stages and the ends of a step; the starts stay. */
  void attempt() {
    boolean own = tableau.isFirstSameAsLast();
    int last = own ? tableau.closing() : tableau.stages();
    evaluateUnknown();
    if (!field.computes(scheme, stride, t, t1, h, y, k, stage, y1)) {
      stages(1, last);
      double[] weights = own ? tableau.row(last) : tableau.weights();
      StageLoops.step(y1, y, h, weights, k, stride, last, n, lanes);
      if (own) {
        field.evaluate(t1, y1, k, last * stride);
      }
    }
    for (int lane = 0; lane < lanes; lane++) {
      evaluations[lane] += own ? last : last - 1;
    }
    Arrays.fill(closed, own);
    Arrays.fill(extended, false);
    hasExtension = false;
  }

  private void evaluateUnknown() {
    boolean any = false;
    for (int lane = 0; lane < lanes; lane++) {
      if (live[lane] && !known[lane]) {
        any = true;
        known[lane] = true;
        evaluations[lane]++;
      }
    }
    if (any) {
      field.evaluate(t, y, k, 0);
    }
  }

  private void stages(int from, int to) {
    for (int i = from; i < to; i++) {
      StageLoops.step(stage, y, h, tableau.row(i), k, stride, i, n, lanes);
      double c = tableau.c(i);
      double[] time = t1;
      if (c != 1 && field.readsTime()) {
        time = times;
        for (int lane = 0; lane < lanes; lane++) {
          times[lane] = t[lane] + c * h[lane];
        }
      }
      field.evaluate(time, stage, k, i * stride);
    }
  }

  /** Whether all steps are known to end in finite numbers, with nothing more to evaluate. */
  boolean endsFinite() {
    if (!tableau.isFirstSameAsLast()) {
      return false;
    }
    StageLoops.zeroIfFinite(mask, y1, k, tableau.closing() * stride, n, lanes);
    boolean finite = true;
    for (double zero : mask) {
      finite &= zero == 0;
    }
    return finite;
  }

  /**
   * Keeps of the good steps those that end in finite numbers: the state, and the slope there, which
   * the next step begins with; but a last step needs none.
   */
  void ends(boolean[] good) {
    int closing = tableau.closing();
    if (tableau.isFirstSameAsLast()) {
      StageLoops.zeroIfFinite(mask, y1, k, closing * stride, n, lanes);
      retain(good, closed);
      return;
    }
    StageLoops.zeroIfFinite(mask, y1, y1, 0, n, lanes);
    retain(good, good);
    if (closing >= 0 && close(good)) {
      StageLoops.zeroIfFinite(mask, k, k, closing * stride, n, lanes);
      retain(good, closed);
    }
  }

  private void retain(boolean[] good, boolean[] counts) {
    for (int lane = 0; lane < lanes; lane++) {
      good[lane] &= mask[lane] == 0 || !counts[lane];
    }
  }

  /**
   * Evaluates the slopes at the ends of the good steps that are not last; whether there are any.
   */
  private boolean close(boolean[] good) {
    boolean any = false;
    for (int lane = 0; lane < lanes; lane++) {
      if (good[lane] && t1[lane] != end[lane]) {
        any = true;
        closed[lane] = true;
        evaluations[lane]++;
      }
    }
    if (any) {
      field.evaluate(t1, y1, k, tableau.closing() * stride);
    }
    return any;
  }

  /** How many stages of its last step a lane has evaluated. */
  int evaluated(int lane) {
    int stages = tableau.isFirstSameAsLast() ? tableau.closing() : tableau.stages();
    return stages + (closed[lane] ? 1 : 0);
  }

  /** Whether the last step of a lane was accepted, or there was none. */
  boolean isFresh(int lane) {
    return !failed[lane];
  }

  /** Goes to the end of the step in the lanes that accepted it. */
  void advance(StepSequence.Verdict[] verdicts) {
    int closing = tableau.closing();
    for (int lane = 0; lane < lanes; lane++) {
      boolean goes = verdicts[lane] == StepSequence.Verdict.ACCEPT;
      mask[lane] = goes ? 1 : 0;
      failed[lane] = !goes;
      accepted[lane] += goes ? 1 : 0;
      rejected[lane] += goes ? 0 : 1;
      known[lane] = goes ? closed[lane] : known[lane];
      t[lane] = goes ? t1[lane] : t[lane];
    }
    for (int row = 0; row < n * lanes; row += lanes) {
      Loops.where(y, row, mask, 0, y1, row, y, row, lanes);
      if (closing >= 0) {
        Loops.where(k, row, mask, 0, k, closing * stride + row, k, row, lanes);
      }
    }
  }

  /** The state of a lane inside its step by dense output. */
  void interpolate(int lane, double time, double[] state) {
    one[0] = lane;
    oneTime[0] = time;
    weigh(one, oneTime, 1);
    interpolate(lane, time, 0, state, 0);
  }

  /**
   * Computes the weights of dense output for the first {@code count} of some lanes, each at a time
   * in its step.
   */
  void weigh(int[] which, double[] time, int count) {
    for (int i = 0; i < count; i++) {
      int lane = which[i];
      if (time[i] != t1[lane]) {
        extend(lane);
      }
      places[i] = (time[i] - t[lane]) / h[lane];
    }
    int degree = tableau.degree();
    for (int stage = 0; stage < weights.length; stage++) {
      double[] sum = weights[stage];
      Arrays.fill(sum, 0, count, 0);
      for (int j = degree - 1; j >= 0; j--) {
        add(sum, tableau.p(stage, j), places, count);
      }
    }
  }

  /** One step of Horner's rule: {@code sum = (sum + p) x}. */
  private static void add(double[] sum, double p, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] = (sum[i] + p) * x[i];
    }
  }

  /** The state of a lane at a time, by the weights at position i. */
  void interpolate(int lane, double time, int i, double[] target, int offset) {
    boolean atEnd = time == t1[lane];
    for (int at = lane, row = 0; row < n; row++, at += lanes) {
      double sum = weights[0][i] * k[at];
      for (int j = 1; j < weights.length; j++) {
        sum = Math.fma(weights[j][i], k[j * stride + at], sum);
      }
      target[offset + row] = atEnd ? y1[at] : Math.fma(h[lane], sum, y[at]);
    }
  }

  /** Evaluates the stages that only dense output needs: where one lane asks, in all of them. */
  private void extend(int lane) {
    int closing = tableau.closing();
    if (closing < 0 || extended[lane]) {
      return;
    }
    extended[lane] = true;
    int extra = tableau.allStages() - closing - 1;
    if (!hasExtension && (extra > 0 || !closed[lane])) {
      if (!tableau.isFirstSameAsLast()) {
        field.evaluate(t1, y1, k, closing * stride);
      }
      stages(closing + 1, tableau.allStages());
      hasExtension = true;
    }
    evaluations[lane] += extra + (closed[lane] ? 0 : 1);
    closed[lane] = true;
  }

  ButcherTableau tableau() {
    return tableau;
  }
}
