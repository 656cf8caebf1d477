package odeum.solver;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;

/**
 * Stiff problems of Hairer and Wanner, "Solving Ordinary Differential Equations II", with the
 * values of the "Test Set for Initial Value Problem Solvers" of the University of Bari (Mazzia and
 * Magherini, release 2.4), which were computed by RADAU in quadruple precision.
 */
enum StiffProblem {
  /** How light acts on a plant: eight reactions. */
  HIRES(
      StiffProblem::hires,
      321.8122,
      1e-4,
      new double[] {1, 0, 0, 0, 0, 0, 0, 0.0057},
      0.7371312573325668e-3,
      0.1442485726316185e-3,
      0.5888729740967575e-4,
      0.1175651343283149e-2,
      0.2386356198831331e-2,
      0.6238968252742796e-2,
      0.2849998395185769e-2,
      0.2850001604814231e-2),

  /** Van der Pol's oscillator, {@code eps y'' = (1 - y^2) y' - y} with eps 1e-6. */
  VAN_DER_POL(
      StiffProblem::vanDerPol,
      2,
      1,
      new double[] {2, 0},
      0.1706167732170483e1,
      -0.8928097010247975e0),

  /** The Oregonator: the reaction of Belousov and Zhabotinskii. */
  OREGO(
      StiffProblem::orego,
      360,
      1,
      new double[] {1, 2, 3},
      0.1000814870318523e1,
      0.1228178521549917e4,
      0.1320554942846706e3),

  /** Robertson's three reactions, until almost nothing is left. */
  ROBERTSON(
      StiffProblem::robertson,
      1e11,
      1e-8,
      new double[] {1, 0, 0},
      0.2083340149701255e-7,
      0.8333360770334713e-13,
      0.9999999791665050);

  private final VectorField field;
  private final double end;
  private final double scale;
  private final double[] start;
  private final double[] expected;

  /**
   * @param scale what the absolute tolerance is a part of
   */
  StiffProblem(VectorField field, double end, double scale, double[] start, double... expected) {
    this.field = field;
    this.end = end;
    this.scale = scale;
    this.start = start;
    this.expected = expected;
  }

  private static Tracer hires(Tracer t, Tracer y, Traced p) {
    Tracer bound = y.get(5).times(y.get(7)).times(280);
    Tracer last = bound.minus(y.get(6).times(1.81));
    return Tracer.stack(
        y.get(0).times(-1.71).plus(y.get(1).times(0.43)).plus(y.get(2).times(8.32)).plus(0.0007),
        y.get(0).times(1.71).minus(y.get(1).times(8.75)),
        y.get(2).times(-10.03).plus(y.get(3).times(0.43)).plus(y.get(4).times(0.035)),
        y.get(1).times(8.32).plus(y.get(2).times(1.71)).minus(y.get(3).times(1.12)),
        y.get(4).times(-1.745).plus(y.get(5).plus(y.get(6)).times(0.43)),
        bound
            .times(-1)
            .plus(y.get(3).times(0.69))
            .plus(y.get(4).times(1.71))
            .minus(y.get(5).times(0.43))
            .plus(y.get(6).times(0.69)),
        last,
        last.times(-1));
  }

  private static Tracer vanDerPol(Tracer t, Tracer y, Traced p) {
    Tracer damping = y.get(0).square().times(-1).plus(1);
    return Tracer.stack(y.get(1), damping.times(y.get(1)).minus(y.get(0)).times(1e6));
  }

  private static Tracer orego(Tracer t, Tracer y, Traced p) {
    Tracer a = y.get(0);
    Tracer b = y.get(1);
    Tracer growth = a.times(-8.375e-6).plus(1).minus(b).times(a);
    return Tracer.stack(
        b.plus(growth).times(77.27),
        y.get(2).minus(a.plus(1).times(b)).div(77.27),
        a.minus(y.get(2)).times(0.161));
  }

  private static Tracer robertson(Tracer t, Tracer y, Traced p) {
    Tracer slow = y.get(0).times(0.04).minus(y.get(1).times(y.get(2)).times(1e4));
    Tracer fast = y.get(1).square().times(3e7);
    return Tracer.stack(slow.times(-1), slow.minus(fast), fast);
  }

  Problem.Of problem() {
    return problem(end);
  }

  Problem.Of problem(double until) {
    OdeTerm term = OdeTerm.of(field, start.length);
    return Problem.of(term, Tensor.vector(start), 0, until);
  }

  Pid pid(double tolerance) {
    return Pid.of(tolerance, tolerance * scale);
  }

  /** The largest relative error at the end. */
  double error(Solution solution) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(solution.last("y" + i) / expected[i] - 1);
      largest = Math.max(largest, error);
    }
    return largest;
  }
}
