package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import odeum.tensor.RandomKey;

/** Runs work on plain loops and on the Vector API, and compares the bits. */
final class Twins {
  static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    2,
    -3,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    0x0.8p-1022,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    708,
    -708,
    709,
    -745,
    -746,
    22,
    44,
    1e5,
    1e5 + 1,
    -1e6,
    1e22,
    0x1p51,
    0x1p52,
    -0x1p53,
    1 - 0x1p-53,
    1 + 0x1p-52
  };

  private Twins() {}

  /** Writes results to an array that has already got the same numbers in both cases. */
  @FunctionalInterface
  interface Work {
    void run(double[] out);
  }

  static double[] run(boolean vector, double[] start, Work work) {
    double[] out = start.clone();
    Machine.use(vector);
    try {
      work.run(out);
    } finally {
      Machine.use(false);
    }
    return out;
  }

  /** {@return what both give} NaN is NaN, whatever its payload. */
  static double[] agree(String name, double[] start, Work work) {
    double[] scalar = run(false, start, work);
    assertSame(name, scalar, run(true, start, work));
    return scalar;
  }

  static void assertSame(String name, double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        assertEquals(expected[i], actual[i], name + " at " + i);
      }
    }
  }

  /** Moderate numbers of both signs. */
  static double[] moderate(int seed, int n) {
    RandomKey key = RandomKey.of(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 8 * (key.uniform(i) - 0.5);
    }
    return values;
  }

  /** Moderate numbers with an edge here and there. */
  static double[] edged(int seed, int n) {
    RandomKey key = RandomKey.of(seed).fold(1);
    double[] values = moderate(seed, n);
    for (int i = 0; i < n; i++) {
      if (key.integer(2L * i, 4) == 0) {
        values[i] = EDGES[key.integer(2L * i + 1, EDGES.length)];
      }
    }
    return values;
  }

  static List<Integer> sizes() {
    return java.util.stream.IntStream.rangeClosed(0, 67).boxed().toList();
  }
}
