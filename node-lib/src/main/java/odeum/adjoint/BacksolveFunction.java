package odeum.adjoint;

import java.util.List;
import java.util.Optional;
import odeum.graph.ImplicitFunction;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/**
 * The states of a solve at given times, shape {@code (times, state)}; NaN after a failure. Its
 * derivatives solve other equations, for which the states are enough.
 */
record BacksolveFunction(TracedField field, Integrator integrator, Adjoint.Backsolve adjoint)
    implements ImplicitFunction {
  @Override
  public String name() {
    return "solve (" + integrator.solver().name() + ")";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(Setting.INITIAL).prepend(operands.get(Setting.TIMES).size());
  }

  @Override
  public void evaluate(Call call) {
    evaluate(call, field, integrator);
  }

  /** Computes the states and keeps nothing besides. */
  static void evaluate(Call call, TracedField field, Integrator integrator) {
    double[] times = Setting.operand(call, Setting.TIMES);
    Tensor initial = Tensor.vector(Setting.operand(call, Setting.INITIAL));
    OdeTerm term = OdeTerm.of(field, Tensor.vector(Setting.operand(call, Setting.PARAMETERS)));
    Problem problem = Problem.of(term, initial, times[0], times[times.length - 1]);
    Solution solution = integrator.withSaveAt(SaveAt.times(times)).withoutSteps().solve(problem);
    Setting.storeStates(call, solution, times);
  }

  /** {@return what solves the equation of a derivative} */
  Integrator solving() {
    return adjoint.integrator().orElse(integrator);
  }

  /** Over a batch with the same times all samples share the steps, as one state. */
  @Override
  public ImplicitFunction map(List<Boolean> mapped, int size) {
    return Setting.sharesSteps(mapped)
        ? new BacksolveFunction(
            field.mapped(mapped.get(Setting.PARAMETERS), size),
            Setting.mapped(integrator, size),
            adjoint)
        : ImplicitFunction.super.map(mapped, size);
  }

  @Override
  public Optional<String> trouble(List<Tensor> operands) {
    return Setting.trouble(field, integrator, operands);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    return new BacksolvePullback(this, wanted);
  }

  @Override
  public ImplicitFunction pushforward() {
    return new BacksolvePushforward(this);
  }
}
