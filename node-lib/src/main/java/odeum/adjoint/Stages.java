package odeum.adjoint;

import java.util.Arrays;
import java.util.Optional;
import odeum.simd.Loops;
import odeum.solver.RosenbrockTableau;
import odeum.solver.StageScheme;

/** A method's numbers as plain arrays, for the inner loops of the derivatives. */
final class Stages {
  final int count;
  final int closing;
  final double[][] a;
  final double[] b;
  final double[] c;
  final int[] part;
  private final StageScheme scheme;

  Stages(StageScheme scheme) {
    this.scheme = scheme;
    this.count = scheme.allStages();
    this.closing = scheme.closing();
    this.a = new double[count][];
    this.b = new double[count];
    this.c = new double[count];
    this.part = new int[count];
    for (int i = 0; i < count; i++) {
      a[i] = new double[scheme.isImplicit(i) ? i + 1 : i];
      for (int l = 0; l < a[i].length; l++) {
        a[i][l] = scheme.a(i, l);
      }
      b[i] = scheme.b(i);
      c[i] = scheme.c(i);
      part[i] = scheme.part(i);
    }
  }

  boolean isImplicit(int i) {
    return a[i].length > i;
  }

  /** Whether the first stage is the slope of the whole field. */
  boolean startsWithSlope() {
    return scheme.startsWithSlope();
  }

  /** The coefficients that Rosenbrock methods have besides. */
  Optional<RosenbrockTableau> rosenbrock() {
    return scheme.rosenbrock();
  }

  double weight(int stage, double theta) {
    return scheme.weight(stage, theta);
  }

  double slope(int stage, double theta) {
    return scheme.weightDerivative(stage, theta);
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
