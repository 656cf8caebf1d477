package odeum.solver;

/**
 * Dense output in the nested form of Hairer, Norsett and Wanner, multiplied out to powers of x:
 * {@code b_i(x) = b_i x + (e_i - b_i) x(1-x) + (2 b_i - e_i - g_i) x^2(1-x) + d_0i x^2(1-x)^2 +
 * ...} where e is 1 for the first stage and g is 1 for the closing stage, else 0.
 */
final class HermiteWeights {
  /** Powers 1 to 7 of x in: x, x(1-x), x^2(1-x), x^2(1-x)^2, x^3(1-x)^2, x^3(1-x)^3, x^4(1-x)^3. */
  private static final double[][] BASIS = {
    {1, 0, 0, 0, 0, 0, 0},
    {1, -1, 0, 0, 0, 0, 0},
    {0, 1, -1, 0, 0, 0, 0},
    {0, 1, -2, 1, 0, 0, 0},
    {0, 0, 1, -2, 1, 0, 0},
    {0, 0, 1, -3, 3, -1, 0},
    {0, 0, 0, 1, -3, 3, -1}
  };

  private HermiteWeights() {}

  static double[][] of(double[] b, int closing, double[][] corrections) {
    int degree = 3 + corrections.length;
    double[][] p = new double[b.length][degree];
    for (int i = 0; i < b.length; i++) {
      double opens = i == 0 ? 1 : 0;
      double closes = i == closing ? 1 : 0;
      add(p[i], b[i], 0);
      add(p[i], opens - b[i], 1);
      add(p[i], 2 * b[i] - opens - closes, 2);
      for (int m = 0; m < corrections.length; m++) {
        add(p[i], corrections[m][i], 3 + m);
      }
    }
    return p;
  }

  private static void add(double[] row, double factor, int basis) {
    for (int j = 0; j < row.length; j++) {
      row[j] += factor * BASIS[basis][j];
    }
  }
}
