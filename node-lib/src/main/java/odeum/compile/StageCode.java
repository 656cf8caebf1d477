package odeum.compile;

import java.util.Arrays;
import odeum.compile.Scalar.Operation;
import odeum.simd.Stages;

/**
 * The code of a Runge-Kutta step: the function of a graph with inputs t, y, p once per stage, and
 * the weighted sums between. Roundings and their order are those of stages computed one by one.
 */
final class StageCode {
  /** The numbers of the arrays; the stages follow, then the error estimates. */
  static final int MEMORY = 0;

  static final int START = 1;
  static final int STAGE = 2;
  static final int END = 3;
  static final int FIRST = 4;

  private static final Scalar T = new Scalar.Argument(0);
  private static final Scalar T1 = new Scalar.Argument(1);
  private static final Scalar H = new Scalar.Argument(2);

  private final ScalarCode code = new ScalarCode();
  private final Stages.Scheme scheme;
  private final Scalar h;
  private final Scalar[] y;
  private final Scalar[][] k;

  private StageCode(Stages.Scheme scheme, int size, Scalar h, int stages) {
    this.scheme = scheme;
    this.h = h;
    this.y = code.load(START, 0, size);
    this.k = new Scalar[stages][];
    this.k[0] = code.load(FIRST, 0, size);
  }

  /**
   * {@return the code of a step}
   *
   * @param size how many values the state has
   * @param slope the derivative's numbers from those of time and state
   */
  static ScalarCode of(Stages.Scheme scheme, int size, Slope slope) {
    StageCode step = new StageCode(scheme, size, H, scheme.stages());
    step.write(slope);
    return step.code;
  }

  /** {@return the code of dense output, of arguments x and h} */
  static ScalarCode dense(Stages.Scheme scheme, int size) {
    int stages = scheme.allStages();
    StageCode step = new StageCode(scheme, size, new Scalar.Argument(1), stages);
    Scalar[] weights = new Scalar[stages];
    for (int i = 0; i < stages; i++) {
      step.k[i] = step.code.load(FIRST + i, 0, size);
      weights[i] = step.weight(scheme.dense(i), new Scalar.Argument(0));
    }
    step.code.store(END, 0, step.combination(weights));
    return step.code;
  }

  private Scalar weight(double[] p, Scalar x) {
    Scalar sum = ScalarCode.ZERO;
    for (int j = p.length - 1; j >= 0; j--) {
      sum = code.apply(Operation.MULTIPLY, code.add(sum, new Scalar.Number(p[j])), x);
    }
    return sum;
  }

  private static Scalar[] numbers(double[] values, int count) {
    return Arrays.stream(values, 0, count).mapToObj(Scalar.Number::new).toArray(Scalar[]::new);
  }

  /** A derivative, number by number. */
  @FunctionalInterface
  interface Slope {
    Scalar[] of(ScalarCode code, Scalar time, Scalar[] state);
  }

  private void write(Slope slope) {
    int last = scheme.stages() - 1;
    int plain = scheme.closes() ? last - 1 : last;
    for (int i = 1; i <= plain; i++) {
      Scalar[] state = combination(numbers(scheme.row(i), i));
      if (i == plain) {
        code.store(STAGE, 0, state);
      }
      evaluate(i, slope, time(scheme.time(i)), state);
    }
    Scalar[] y1 =
        scheme.closes()
            ? combination(numbers(scheme.row(last), last))
            : combination(numbers(scheme.weights(), last + 1));
    code.store(END, 0, y1);
    if (scheme.closes()) {
      evaluate(last, slope, T1, y1);
    }
    for (int i = 0; i < scheme.estimates(); i++) {
      code.store(FIRST + k.length + i, 0, sums(numbers(scheme.error(i), k.length)));
    }
  }

  private void evaluate(int i, Slope slope, Scalar time, Scalar[] state) {
    k[i] = slope.of(code, time, state);
    code.store(FIRST + i, 0, k[i]);
  }

  private Scalar time(double c) {
    if (c == 1) {
      return T1;
    }
    Scalar passed = code.apply(Operation.MULTIPLY, new Scalar.Number(c), H);
    return code.add(T, passed);
  }

  /** {@code sum_j w_j k_j} over the first stages. */
  private Scalar[] sums(Scalar[] w) {
    Scalar[] sums = new Scalar[y.length];
    for (int e = 0; e < sums.length; e++) {
      sums[e] = code.apply(Operation.MULTIPLY, w[0], k[0][e]);
      for (int j = 1; j < w.length; j++) {
        sums[e] = code.fma(w[j], k[j][e], sums[e]);
      }
    }
    return sums;
  }

  /** {@code y + h sum_j w_j k_j}. */
  private Scalar[] combination(Scalar[] w) {
    Scalar[] states = sums(w);
    for (int e = 0; e < states.length; e++) {
      states[e] = code.fma(h, states[e], y[e]);
    }
    return states;
  }
}
