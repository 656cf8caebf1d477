package odeum.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.compile.Scalar.Operation;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.simd.LaneStages;
import odeum.simd.Stages;

/**
 * The code of Runge-Kutta steps side by side: loops over the lanes, so short that the JVM makes
 * vector instructions of them by itself. A stage and the weighted sum before it are one loop if
 * that is short enough, else one loop per sum and one for the function.
 */
public final class LaneCode {
  static final int PARAMETERS = 0;
  static final int ARRAYS = 8;

  private static final int START = 1;
  private static final int END = 2;
  private static final int STEP = 3;
  private static final int BEFORE = 4;
  private static final int STAGES = 5;
  private static final int STAGE = 6;
  private static final int AFTER = 7;

  /** The JVM does not unroll much longer loops, and without that there are no vectors. */
  private static final int MOST_LINES = 32;

  private final Values values;
  private final int output;
  private final Stages.Scheme scheme;
  private final boolean own;
  private final int lanes;
  private final int stride;
  private final int size;
  private final List<ScalarCode> loops = new ArrayList<>();

  private LaneCode(Graph graph, Stages.Scheme scheme, boolean own, int lanes, int stride) {
    this.values = new Values(graph);
    this.output = graph.outputs().getFirst();
    this.scheme = scheme;
    this.own = own;
    this.lanes = lanes;
    this.stride = stride;
    this.size = values.size(output);
  }

  /**
   * {@return the stages of a method for a small derivative, if all of it can be loops of vectors}
   *
   * @param graph the derivative; inputs t, y, p
   * @param own whether each lane has its own parameters
   * @param stride how far apart stages lie
   */
  @SuppressWarnings("exports")
  public static Optional<LaneStages> of(
      Graph graph, Stages.Scheme scheme, boolean own, int lanes, int stride) {
    LaneCode code = new LaneCode(graph, scheme, own, lanes, stride);
    if (code.size > MOST_LINES || !code.covers()) {
      return Optional.empty();
    }
    code.write();
    return code.loops.stream().allMatch(code::isLoop)
        ? Generated.lanes(code.loops, own, lanes)
        : Optional.empty();
  }

  private boolean covers() {
    for (int at = 0; at < values.count(); at++) {
      boolean covered =
          values.op(at) instanceof Op.Input
              || (ScalarRules.covers(values.op(at)) && values.size(at) <= MOST_LINES);
      if (values.needed(at) && !covered) {
        return false;
      }
    }
    return true;
  }

  /** Whether the JVM makes vector instructions of these lines. */
  private boolean isLoop(ScalarCode code) {
    return isShort(code)
        && code.lines().stream()
            .allMatch(
                line ->
                    !(line instanceof ScalarCode.Compute(Scalar.Result result))
                        || hasVectors(result.operation));
  }

  private static boolean hasVectors(Operation operation) {
    return switch (operation) {
      case NEGATE, ABS, SQRT, ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, FMA -> true;
      case SIGN, EXP, LOG, SIN, COS, TANH, ATAN, SIGMOID, POWER, LESS, WHERE -> false;
    };
  }

  private boolean isShort(ScalarCode code) {
    return code.lines().stream().filter(line -> !isBefore(line)).count() <= MOST_LINES;
  }

  /** Whether a line stands before its loop. */
  private boolean isBefore(ScalarCode.Line line) {
    return !own && line instanceof ScalarCode.Compute(Scalar.Load load) && load.array == PARAMETERS;
  }

  private void write() {
    int last = scheme.stages() - 1;
    int plain = scheme.closes() ? last - 1 : last;
    for (int i = 1; i <= plain; i++) {
      stage(i, i == plain);
    }
    if (scheme.closes()) {
      stage(last, true);
      return;
    }
    for (int e = 0; e < size; e++) {
      ScalarCode code = new ScalarCode();
      code.store(AFTER, e * lanes, combination(code, scheme.weights(), last + 1, e));
      loops.add(code);
    }
  }

  /** Writes the loops of stage i, which store its states too if that is asked for. */
  private void stage(int i, boolean stores) {
    boolean closing = scheme.closes() && i == scheme.stages() - 1;
    int target = closing ? AFTER : STAGE;
    ScalarCode whole = new ScalarCode();
    Scalar[] states = new Scalar[size];
    for (int e = 0; e < size; e++) {
      states[e] = combination(whole, scheme.row(i), i, e);
      if (stores) {
        whole.store(target, e * lanes, states[e]);
      }
    }
    slope(whole, i, states);
    if (isShort(whole)) {
      loops.add(whole);
      return;
    }
    for (int e = 0; e < size; e++) {
      ScalarCode code = new ScalarCode();
      code.store(target, e * lanes, combination(code, scheme.row(i), i, e));
      loops.add(code);
    }
    ScalarCode field = new ScalarCode();
    slope(field, i, load(field, target));
    loops.add(field);
  }

  /** {@code y + h sum_j w_j k_j} over the first stages. */
  private Scalar combination(ScalarCode code, double[] w, int count, int e) {
    Scalar sum = null;
    for (int j = 0; j < count; j++) {
      Scalar weight = new Scalar.Number(w[j]);
      Scalar k = code.load(STAGES, j * stride + e * lanes);
      sum = j == 0 ? code.apply(Operation.MULTIPLY, weight, k) : code.fma(weight, k, sum);
    }
    return code.fma(code.load(STEP, 0), sum, code.load(BEFORE, e * lanes));
  }

  private void slope(ScalarCode code, int i, Scalar[] state) {
    ScalarValues numbers = new ScalarValues(values, code, at -> given(code, at, i, state));
    Scalar[] slope = numbers.of(output);
    for (int e = 0; e < size; e++) {
      code.store(STAGES, i * stride + e * lanes, slope[e]);
    }
  }

  private Optional<Scalar[]> given(ScalarCode code, int at, int i, Scalar[] state) {
    if (!(values.op(at) instanceof Op.Input(int input))) {
      return Optional.empty();
    }
    return Optional.of(
        switch (input) {
          case 0 -> new Scalar[] {time(code, scheme.time(i))};
          case 1 -> state;
          default -> parameters(code, values.size(at));
        });
  }

  private static Scalar time(ScalarCode code, double c) {
    if (c == 1) {
      return code.load(END, 0);
    }
    Scalar passed = code.apply(Operation.MULTIPLY, new Scalar.Number(c), code.load(STEP, 0));
    return code.add(code.load(START, 0), passed);
  }

  private Scalar[] parameters(ScalarCode code, int count) {
    Scalar[] all = new Scalar[count];
    for (int j = 0; j < count; j++) {
      all[j] = code.load(PARAMETERS, own ? j * lanes : j);
    }
    return all;
  }

  private Scalar[] load(ScalarCode code, int array) {
    Scalar[] all = new Scalar[size];
    for (int e = 0; e < size; e++) {
      all[e] = code.load(array, e * lanes);
    }
    return all;
  }
}
