package odeum.simd;

/**
 * Matrix products in tiles. Tiles at the right and lower edge overlap their neighbours and compute
 * some elements twice, which costs less than single elements.
 */
final class VectorProducts {
  private static final int L = Species.DOUBLES.length();

  /** Vectors of four doubles come with 16 registers, others (AVX-512, NEON) with 32. */
  private static final int ROWS = L == 4 ? 4 : 8;

  static final int WIDTH = 3 * L;

  /** From this many elements of b and rows of a on, b is copied panel by panel. */
  private static final int LARGE = 1 << 15;

  private static final int MANY_ROWS = 64;

  private VectorProducts() {}

  /** For at least one vector of columns. The arguments are those of {@link Products}. */
  static void product(
      double[] c,
      int co,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int m,
      int k,
      int n) {
    boolean packed = (long) k * n >= LARGE && m >= MANY_ROWS && n > WIDTH;
    double[] panel = packed ? Scratch.of(k * WIDTH) : b;
    for (int j = 0; j < n; ) {
      int width = width(n - j);
      int from = Math.max(0, Math.min(j, n - width));
      int last = Math.min(width, n) - L;
      if (packed) {
        pack(panel, b, bo + from, width, k, n);
        column(c, co + from, a, ao, down, right, panel, 0, WIDTH, width, last, m, k, n);
      } else {
        column(c, co + from, a, ao, down, right, b, bo + from, n, width, last, m, k, n);
      }
      j += width;
    }
  }

  /** Three vectors, or two where one, two or four are left. */
  static int width(int left) {
    int vectors = (left + L - 1) / L;
    return L >= 4 && (vectors <= 2 || vectors == 4) ? 2 * L : WIDTH;
  }

  private static void pack(double[] panel, double[] b, int bo, int width, int k, int n) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bo + p * n, panel, p * WIDTH, width);
    }
  }

  /** Tiles one below the other. */
  static void column(
      double[] c,
      int co,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int width,
      int last,
      int m,
      int k,
      int n) {
    int middle = Math.min(L, last);
    int i = 0;
    while (i < m) {
      int left = m - i;
      if (ROWS == 8 && (left >= 8 || (left > 4 && m >= 8))) {
        int r = Math.min(i, m - 8);
        int at = co + r * n;
        int ar = ao + r * down;
        if (width == WIDTH) {
          VectorTiles.eightByThree(c, at, n, a, ar, down, right, b, bo, stride, middle, last, k);
        } else {
          VectorTiles.eightByTwo(c, at, n, a, ar, down, right, b, bo, stride, last, k);
        }
        i += 8;
      } else if (left >= 4 || (left == 3 && m >= 4)) {
        int r = Math.min(i, m - 4);
        int at = co + r * n;
        int ar = ao + r * down;
        if (width == WIDTH) {
          VectorTiles.fourByThree(c, at, n, a, ar, down, right, b, bo, stride, middle, last, k);
        } else {
          VectorTiles.fourByTwo(c, at, n, a, ar, down, right, b, bo, stride, last, k);
        }
        i += 4;
      } else {
        int r = Math.max(0, Math.min(i, m - 2));
        int next = m == 1 ? 0 : 1;
        VectorTiles.twoByThree(
            c,
            co + r * n,
            next * n,
            a,
            ao + r * down,
            next * down,
            right,
            b,
            bo,
            stride,
            middle,
            last,
            k);
        i += 2;
      }
    }
  }
}
