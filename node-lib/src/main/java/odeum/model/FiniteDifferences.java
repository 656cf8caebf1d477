package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import odeum.autodiff.Gradient;
import odeum.solver.AdaptiveSolver;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/** Derivatives of a number computed from a solution, by solving again with other inputs. */
final class FiniteDifferences {
  /** Of the size of an input: large beside the noise of a solve, and small to the fourth power. */
  private static final double STEP = 0x1p-9;

  /** By how much the error of a gradient may exceed the tolerance of its solve. */
  private static final double AMPLIFICATION = 1000;

  private static final double TIGHTEST = 1e-13;
  private static final int MAX_STEPS = 300_000;

  private final QuantityInputs inputs;
  private final QuantityTrace trace;
  private final Integrator own;
  private final List<Integrator> precise;
  private int next;

  /**
   * Differences for a number.
   *
   * @param own the integrator the gradient was computed with
   * @param stop asked once per step
   */
  FiniteDifferences(
      QuantityInputs inputs, QuantityTrace trace, Integrator own, BooleanSupplier stop) {
    this.inputs = inputs;
    this.trace = trace;
    this.own = own;
    this.precise = precise(own).stream().map(it -> it.withInterrupt(stop)).toList();
  }

  /** Fixed steps are smooth in the inputs; adaptive ones jump, so the error must be negligible. */
  private static List<Integrator> precise(Integrator own) {
    if (!(own.controller() instanceof Pid pid)
        || !(own.solver() instanceof AdaptiveSolver adaptive)) {
      return List.of(own);
    }
    double rtol = Math.max(TIGHTEST, Math.min(1e-11, pid.rtol() * 1e-2));
    double atol = pid.rtol() > 0 ? pid.atol() * rtol / pid.rtol() : pid.atol() * 1e-5;
    return Stream.concat(better(own.solver()), Stream.of(adaptive))
        .map(solver -> Integrator.adaptive(solver, Pid.of(rtol, atol)).withMaxSteps(MAX_STEPS))
        .toList();
  }

  /** A solver of its kind that reaches a tight tolerance with less work, if there is one. */
  private static Stream<AdaptiveSolver> better(Solver own) {
    if (own instanceof ExplicitRungeKutta) {
      return Stream.of(Solvers.dopri8());
    }
    return own.order() >= 5
        ? Stream.empty()
        : Solvers.all().stream()
            .filter(solver -> solver.name().equals("kvaerno5"))
            .filter(AdaptiveSolver.class::isInstance)
            .map(AdaptiveSolver.class::cast);
  }

  GradientCheck check(Gradient gradient) {
    double tolerance = tolerance();
    List<GradientCheck.Row> rows = new ArrayList<>();
    for (String name : gradient.names()) {
      rows.add(row(name, gradient, tolerance));
    }
    return new GradientCheck(gradient.value(), rows, tolerance);
  }

  private double tolerance() {
    return own.controller() instanceof Pid pid
        ? Math.clamp(AMPLIFICATION * Math.max(pid.rtol(), pid.atol()), 1e-6, 1e-2)
        : 1e-6;
  }

  private GradientCheck.Row row(String name, Gradient gradient, double tolerance) {
    int index = inputs.index(name);
    double step = STEP * inputs.scale(index);
    double derivative = gradient.of(name);
    double coarse = central(index, step);
    double fine = central(index, step / 2);
    double difference = (4 * fine - coarse) / 3;
    double larger = Math.max(Math.abs(derivative), Math.abs(difference));
    double off = Math.abs(derivative - difference);
    double relative = larger == 0 ? 0 : off / larger;
    // Beside a derivative that is nearly zero only the size of the number itself says what is much.
    double natural = 0.01 * Math.abs(gradient.value()) / inputs.scale(index);
    double allowed = tolerance * Math.max(larger, natural) + 0.1 * Math.abs(fine - coarse);
    return new GradientCheck.Row(
        name, inputs.value(index), derivative, difference, relative, off <= allowed);
  }

  private double central(int index, double step) {
    double[] up = inputs.values();
    double[] down = inputs.values();
    up[index] += step;
    down[index] -= step;
    return (value(up) - value(down)) / (up[index] - down[index]);
  }

  /** A solver that failed once is not asked again. */
  private double value(double[] vector) {
    while (next < precise.size()) {
      double value = trace.value(vector, precise.get(next));
      if (Double.isFinite(value)) {
        return value;
      }
      next++;
    }
    return Double.NaN;
  }
}
