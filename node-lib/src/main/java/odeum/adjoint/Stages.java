package odeum.adjoint;

import java.util.Arrays;
import odeum.simd.Loops;
import odeum.solver.ButcherTableau;

/** A tableau's numbers as plain arrays, for the inner loops of the derivatives. */
final class Stages {
  final int count;
  final int closing;
  final double[][] a;
  final double[] b;
  final double[] c;
  private final ButcherTableau tableau;

  Stages(ButcherTableau tableau) {
    this.tableau = tableau;
    this.count = tableau.allStages();
    this.closing = tableau.closing();
    this.a = new double[count][];
    this.b = new double[count];
    this.c = new double[count];
    for (int i = 0; i < count; i++) {
      a[i] = new double[i];
      for (int l = 0; l < i; l++) {
        a[i][l] = tableau.a(i, l);
      }
      b[i] = tableau.b(i);
      c[i] = tableau.c(i);
    }
  }

  double weight(int stage, double theta) {
    return tableau.weight(stage, theta);
  }

  double slope(int stage, double theta) {
    return tableau.weightDerivative(stage, theta);
  }

  /** Computes the slope of the dense output of a taped step. */
  void slope(TapedSteps tape, int step, double theta, double[] target) {
    double[] k = new double[target.length];
    Arrays.fill(target, 0);
    for (int i = 0; i < count; i++) {
      double weight = slope(i, theta);
      if (weight != 0) {
        tape.stage(step, i, k);
        Loops.fmaInto(target, 0, weight, k, 0, k.length);
      }
    }
  }
}
