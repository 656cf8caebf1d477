package odeum.adjoint;

import java.util.List;
import java.util.Optional;
import odeum.graph.ImplicitFunction;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * The states of a solve at given times, shape {@code (times, state)}; NaN after a failure. Its
 * derivatives are solves of variational equations, in the direction of time.
 */
record ForwardFunction(TracedField field, Integrator integrator) implements ImplicitFunction {
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
    BacksolveFunction.evaluate(call, field, integrator);
  }

  @Override
  public Optional<String> trouble(List<Tensor> operands) {
    return Setting.trouble(field, integrator, operands);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    List<Integer> by = List.copyOf(wanted);
    Sensitivities sensitivities = new Sensitivities(field, integrator);
    return new GraphFunction("gradient of " + name(), shapes -> sensitivities.pull(shapes, by));
  }

  @Override
  public ImplicitFunction pushforward() {
    Sensitivities sensitivities = new Sensitivities(field, integrator);
    return new GraphFunction("tangent of " + name(), sensitivities::push);
  }
}
