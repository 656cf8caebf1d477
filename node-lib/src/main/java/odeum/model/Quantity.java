package odeum.model;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import odeum.adjoint.Adjoint;
import odeum.autodiff.Gradient;
import odeum.equation.Ode;
import odeum.equation.SolutionFormula;
import odeum.solver.Integrator;
import odeum.solver.Solution;
import odeum.solver.Solvers;

/**
 * A number computed from a solution of a system, with its derivatives by parameters, start values
 * and the ends of the span. Events that change the state act, those that stop the solve do not.
 * Immutable.
 *
 * <pre>{@code
 * Quantity prey = Quantity.of(lotka, "x(10)^2 + integral(x*y)");
 * Gradient gradient = prey.gradient("a", "b", "x(0)");
 * GradientCheck check = prey.check(gradient);       // against finite differences
 * }</pre>
 */
public final class Quantity {
  private final Ode system;
  private final SolutionFormula formula;
  private final Integrator integrator;
  private final Adjoint adjoint;
  private final BooleanSupplier stop;
  private final QuantityInputs inputs;
  private final QuantityTrace trace;

  private Quantity(
      Ode system,
      SolutionFormula formula,
      Integrator integrator,
      Adjoint adjoint,
      BooleanSupplier stop,
      QuantityTrace trace) {
    this.system = system;
    this.formula = formula;
    this.integrator = integrator;
    this.adjoint = adjoint;
    this.stop = stop;
    this.inputs = new QuantityInputs(system);
    this.trace = trace;
  }

  /**
   * {@return the number that a formula computes, solved by tsit5 with rtol 1e-6 and atol 1e-9}
   *
   * @param system with a span of time
   * @param formula see {@link SolutionFormula}
   * @throws odeum.equation.EquationException if there is a mistake in the formula
   */
  public static Quantity of(Ode system, String formula) {
    SolutionFormula parsed = system.formula(formula);
    Quantity quantity =
        new Quantity(
            system,
            parsed,
            Integrator.of(Solvers.tsit5()),
            Adjoint.direct(),
            () -> false,
            new QuantityTrace(system, parsed));
    quantity.requireTimes();
    return quantity;
  }

  private void requireTimes() {
    double start = system.start();
    double end = system.end();
    for (double time : trace.times(inputs.values())) {
      if (!(Math.min(start, end) <= time && time <= Math.max(start, end))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s reads the solution at t = %s, but the span is %s .. %s. Give a span that holds"
                    + " it.",
                formula,
                time,
                start,
                end));
      }
    }
  }

  /** {@return this number computed with another solver or other tolerances} */
  public Quantity withIntegrator(Integrator other) {
    return new Quantity(system, formula, other, adjoint, stop, trace);
  }

  /** {@return this number with derivatives computed another way} */
  public Quantity withAdjoint(Adjoint other) {
    return new Quantity(system, formula, integrator, other, stop, trace);
  }

  /** {@return this number asking, once per step of each solve, whether to stop} */
  public Quantity withInterrupt(BooleanSupplier other) {
    return new Quantity(system, formula, integrator, adjoint, other, trace);
  }

  /** {@return the formula} */
  public SolutionFormula formula() {
    return formula;
  }

  /** {@return how the system is solved} */
  public Integrator integrator() {
    return integrator;
  }

  /** {@return how derivatives are computed} */
  public Adjoint adjoint() {
    return adjoint;
  }

  /**
   * {@return what it is derived by if nothing else is said: the parameters that are numbers, then
   * the start values}
   */
  public List<String> names() {
    return inputs.names();
  }

  /** {@return the number; NaN if the solve fails} */
  public double value() {
    return trace.value(inputs.values(), stopping());
  }

  /**
   * {@return the solution through which it is computed, at the times that are read; its last values
   * are the integrals}
   */
  public Solution solution() {
    return trace.solve(inputs.values(), stopping());
  }

  /** {@return the number and its derivatives by all {@link #names}} */
  public Gradient gradient() {
    return gradient(names().toArray(String[]::new));
  }

  /**
   * {@return the number and its derivatives}
   *
   * @param names parameters {@code "a"}, start values {@code "x(0)"}, and {@code "t0"} and {@code
   *     "t1"}, the ends of the span
   * @throws IllegalStateException if the solve fails
   */
  public Gradient gradient(String... names) {
    int[] places = List.of(names).stream().mapToInt(inputs::index).toArray();
    double[] all = trace.gradient(inputs.values(), stopping(), adjoint);
    if (!Double.isFinite(all[0])) {
      throw new IllegalStateException(failure());
    }
    double[] derivatives = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      derivatives[i] = all[1 + places[i]];
    }
    return Gradient.named(all[0], List.of(names), derivatives);
  }

  private Integrator stopping() {
    return integrator.withInterrupt(stop);
  }

  private String failure() {
    Solution solution = solution();
    return solution.result().isSuccess()
        ? "The value of %s is not a finite number: look for a division by zero, or a log or root of a negative number in it."
            .formatted(formula)
        : solution.message();
  }

  /**
   * {@return the derivatives beside central finite differences} With adaptive steps these come from
   * solves with a much tighter tolerance, so they also tell how far the gradient can be trusted;
   * with fixed steps from the same steps. A derivative takes four solves.
   */
  public GradientCheck check(Gradient gradient) {
    return new FiniteDifferences(inputs, trace, integrator, stop).check(gradient);
  }
}
