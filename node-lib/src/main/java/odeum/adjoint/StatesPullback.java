package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** The reverse derivative of {@link StatesFunction}: back through the recorded steps. */
record StatesPullback(StatesFunction solve, List<Integer> wanted) implements FirstDerivative {
  StatesPullback {
    wanted = List.copyOf(wanted);
  }

  @Override
  public String name() {
    return "gradient of " + solve.name();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return Setting.cotangents(wanted, operands);
  }

  @Override
  public ImplicitFunction map(List<Boolean> mapped, int size) {
    Setting.requireOwnSteps(mapped);
    return FirstDerivative.super.map(mapped, size);
  }

  @Override
  public void evaluate(Call call) {
    Recorded recorded = (Recorded) call.recordOf(Setting.RESULT);
    double[] times = Setting.operand(call, Setting.TIMES);
    double[] timeBars = new double[times.length];
    boolean timed = wanted.contains(Setting.TIMES);
    ReverseSteps reverse = solve.setting().reverse(recorded, timed);
    backward(call, recorded, reverse, times, timeBars);
    timeBars[0] += reverse.startBar();
    timeBars[times.length - 1] += reverse.endBar();
    Setting.store(call, wanted, reverse.stateBar(), parameters(call, reverse), timeBars);
    if (recorded.saved() < times.length) {
      Setting.storeUnknown(call, wanted);
    }
  }

  private void backward(
      Call call, Recorded recorded, ReverseSteps reverse, double[] times, double[] timeBars) {
    int size = solve.setting().size();
    TapedSteps tape = recorded.tape();
    int row = recorded.saved() - 1;
    for (int step = tape.steps() - 1; step >= 0; step--) {
      reverse.begin();
      for (; row > 0 && inside(tape, step, times[row]); row--) {
        int bar = cotangent(call, row, size);
        timeBars[row] +=
            recorded.isEnd(step, times, row)
                ? reverse.ended(step, call.memory(), bar)
                : reverse.interpolated(step, recorded.theta(step, times[row]), call.memory(), bar);
      }
      reverse.finish(step, recorded.endsAtEnd(step));
    }
    for (; row >= 0; row--) {
      reverse.add(call.memory(), cotangent(call, row, size));
    }
  }

  private static boolean inside(TapedSteps steps, int step, double time) {
    return steps.length(step) > 0 ? time > steps.time(step) : time < steps.time(step);
  }

  private static int cotangent(Call call, int row, int size) {
    return call.operand(Setting.GIVEN) + row * size;
  }

  private double[] parameters(Call call, ReverseSteps reverse) {
    boolean asked = wanted.contains(Setting.PARAMETERS);
    return asked ? reverse.parametersBar(call.shape(Setting.PARAMETERS).size()) : new double[0];
  }
}
