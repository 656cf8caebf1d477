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

/** The states of a solve at given times, shape {@code (times, state)}; NaN after a failure. */
record StatesFunction(Setting setting) implements ImplicitFunction {
  @Override
  public String name() {
    return "solve (" + setting.integrator().solver().name() + ")";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(Setting.INITIAL).prepend(operands.get(Setting.TIMES).size());
  }

  @Override
  public void evaluate(Call call) {
    double[] times = Setting.operand(call, Setting.TIMES);
    Tensor initial = Tensor.vector(Setting.operand(call, Setting.INITIAL));
    Optional<TapedSteps> tape =
        call.recordIsRead() ? Optional.of(setting.tape(call)) : Optional.empty();
    double end = times[times.length - 1];
    Integrator integrator = setting.integrator().withSaveAt(SaveAt.times(times)).withoutSteps();
    integrator = tape.map(integrator::withListener).orElse(integrator);
    OdeTerm term = setting.term(call, tape);
    Solution solution = integrator.solve(Problem.of(term, initial, times[0], end));
    int count = Setting.storeStates(call, solution, times);
    tape.ifPresent(t -> call.record(new Recorded(setting, t, count == times.length, count)));
  }

  /** Over a batch with the same times all samples share the steps, as one state. */
  @Override
  public ImplicitFunction map(List<Boolean> mapped, int size) {
    return Setting.sharesSteps(mapped)
        ? new StatesFunction(setting.mapped(mapped.get(Setting.PARAMETERS), size))
        : ImplicitFunction.super.map(mapped, size);
  }

  @Override
  public Optional<String> trouble(List<Tensor> operands) {
    return Setting.trouble(setting.field(), setting.integrator(), operands);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    return new StatesPullback(this, wanted);
  }

  @Override
  public ImplicitFunction pushforward() {
    return new StatesPushforward(this);
  }
}
