package odeum.solver;

import java.util.List;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/** Equations whose solution is known. */
enum TestEquation {
  /** y' = y cos t: linear, depends on time. */
  BREATHING(
      5,
      (t, y, dy) -> dy[0] = y[0] * StrictMath.cos(t),
      t -> new double[] {StrictMath.exp(StrictMath.sin(t))}),

  /** x'' = -x. */
  HARMONIC_OSCILLATOR(
      10,
      (t, y, dy) -> {
        dy[0] = y[1];
        dy[1] = -y[0];
      },
      t -> new double[] {StrictMath.cos(t), -StrictMath.sin(t)}),

  /** y' = y (1 - y / 4). */
  LOGISTIC(
      6,
      (t, y, dy) -> dy[0] = y[0] * (1 - y[0] / 4),
      t -> new double[] {4 / (1 + 3 * StrictMath.exp(-t))}),

  /** A planet of eccentricity 0.3, from its perihelion: nonlinear. */
  KEPLER(
      5,
      (t, y, dy) -> {
        double r2 = y[0] * y[0] + y[1] * y[1];
        double r3 = r2 * Math.sqrt(r2);
        dy[0] = y[2];
        dy[1] = y[3];
        dy[2] = -y[0] / r3;
        dy[3] = -y[1] / r3;
      },
      TestEquation::planet),

  /**
   * Four coupled nonlinear equations that depend on time; the solution is made of sin and cos t^2.
   */
  COUPLED(
      1,
      (t, y, dy) -> {
        dy[0] = 2 * t * StrictMath.pow(y[1], 0.2) * y[3];
        dy[1] = 10 * t * StrictMath.exp(5 * (y[2] - 1)) * y[3];
        dy[2] = 2 * t * y[3];
        dy[3] = -2 * t * StrictMath.log(y[0]);
      },
      t -> {
        double sine = StrictMath.sin(t * t);
        return new double[] {
          StrictMath.exp(sine), StrictMath.exp(5 * sine), sine + 1, StrictMath.cos(t * t)
        };
      }),

  /** y' = A y with A of eigenvalues -1 and -3. */
  LINEAR(
      2,
      (t, y, dy) -> {
        dy[0] = -2 * y[0] + y[1];
        dy[1] = y[0] - 2 * y[1];
      },
      t -> {
        double slow = StrictMath.exp(-t);
        double fast = StrictMath.exp(-3 * t);
        return new double[] {2 * slow - fast, 2 * slow + fast};
      });

  private final double end;
  private final Derivative derivative;
  private final Exact exact;

  /** A known solution. */
  interface Exact {
    double[] at(double t);
  }

  TestEquation(double end, Derivative derivative, Exact exact) {
    this.end = end;
    this.derivative = derivative;
    this.exact = exact;
  }

  private static double[] planet(double t) {
    double e = 0.3;
    double angle = t;
    for (int i = 0; i < 50; i++) {
      angle -= (angle - e * StrictMath.sin(angle) - t) / (1 - e * StrictMath.cos(angle));
    }
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double minor = Math.sqrt(1 - e * e);
    double rate = 1 / (1 - e * cos);
    return new double[] {cos - e, minor * sin, -sin * rate, minor * cos * rate};
  }

  double end() {
    return end;
  }

  double[] exact(double t) {
    return exact.at(t);
  }

  OdeTerm term() {
    return switch (this) {
      case HARMONIC_OSCILLATOR -> OdeTerm.separable(new boolean[] {true, false}, derivative);
      case KEPLER -> OdeTerm.separable(new boolean[] {true, true, false, false}, derivative);
      default -> OdeTerm.of(exact(0).length, derivative);
    };
  }

  /** A nonlinear equation that a solver can solve. */
  static TestEquation nonlinear(Solver solver) {
    return solver instanceof SymplecticMethod ? KEPLER : COUPLED;
  }

  /** From 0 to the end. */
  Problem.Of forward() {
    return Problem.of(term(), Tensor.vector(exact(0)), 0, end);
  }

  /** From the end to 0. */
  Problem.Of backward() {
    return Problem.of(term(), Tensor.vector(exact(end)), end, 0);
  }

  /** The largest error of a state at a time. */
  double error(double t, double[] state) {
    double[] truth = exact(t);
    double largest = 0;
    for (int i = 0; i < truth.length; i++) {
      largest = Math.max(largest, Math.abs(state[i] - truth[i]));
    }
    return largest;
  }

  /** The largest error at the end of a solution. */
  double errorAtEnd(Solution solution) {
    int last = solution.size() - 1;
    return error(solution.times()[last], solution.state(last).toArray());
  }

  /** The largest error at any saved time. */
  double error(Solution solution) {
    double[] times = solution.times();
    double largest = 0;
    for (int i = 0; i < times.length; i++) {
      largest = Math.max(largest, error(times[i], solution.state(i).toArray()));
    }
    return largest;
  }

  /** Every solver of our own that takes fixed steps, for parametrised tests. */
  static List<Solver> solvers() {
    return Solvers.all().stream()
        .filter(OneStepMethod.class::isInstance)
        .filter(solver -> !(solver instanceof SwitchingMethod))
        .toList();
  }

  /** Those among them that solve any equation. */
  static List<Solver> generalSolvers() {
    return solvers().stream().filter(solver -> !(solver instanceof SymplecticMethod)).toList();
  }

  /** Every explicit one. */
  static List<Solver> explicitSolvers() {
    return Solvers.all().stream().filter(ExplicitRungeKutta.class::isInstance).toList();
  }

  /** Every explicit one with an error estimate. */
  static List<AdaptiveSolver> embeddedSolvers() {
    return adaptiveSolvers().stream().filter(EmbeddedRungeKutta.class::isInstance).toList();
  }

  /** Every method for stiff systems that chooses its steps. */
  static List<AdaptiveSolver> stiffSolvers() {
    return adaptiveSolvers().stream().filter(StagedMethod.class::isInstance).toList();
  }

  /** Every black box. */
  static List<CommonsSolver> blackBoxes() {
    return Solvers.all().stream()
        .filter(CommonsSolver.class::isInstance)
        .map(CommonsSolver.class::cast)
        .toList();
  }

  /** Every adaptive solver of our own. */
  static List<AdaptiveSolver> adaptiveSolvers() {
    return Solvers.all().stream()
        .filter(AdaptiveSolver.class::isInstance)
        .filter(OneStepMethod.class::isInstance)
        .map(AdaptiveSolver.class::cast)
        .toList();
  }
}
