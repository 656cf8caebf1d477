package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
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
  public void evaluate(Call call) {
    Recorded recorded = (Recorded) call.recordOf(Setting.RESULT);
    double[] times = Setting.operand(call, Setting.TIMES);
    double[] timeBars = new double[times.length];
    DirectReverse reverse = solve.setting().reverse(call, recorded);
    backward(call, recorded, reverse, times, timeBars);
    timeBars[0] += reverse.startBar;
    timeBars[times.length - 1] += reverse.endBar;
    Setting.store(call, wanted, reverse.stateBar, reverse.parametersBar, timeBars);
    if (recorded.saved() < times.length) {
      int from = call.result();
      int count = wanted.stream().mapToInt(i -> call.shape(i).size()).sum();
      Arrays.fill(call.memory(), from, from + count, Double.NaN);
    }
  }

  private void backward(
      Call call, Recorded recorded, DirectReverse reverse, double[] times, double[] timeBars) {
    int size = solve.setting().size();
    Recording steps = recorded.steps();
    int row = recorded.saved() - 1;
    for (int step = steps.steps() - 1; step >= 0; step--) {
      reverse.begin(step);
      for (; row > 0 && inside(steps, step, times[row]); row--) {
        double theta = recorded.theta(step, times[row]);
        timeBars[row] += reverse.interpolated(step, theta, cotangent(call, row, size));
      }
      reverse.finish(step, recorded.endsAtEnd(step));
    }
    for (; row >= 0; row--) {
      reverse.add(cotangent(call, row, size));
    }
  }

  private static boolean inside(Recording steps, int step, double time) {
    return steps.length(step) > 0 ? time > steps.time(step) : time < steps.time(step);
  }

  private static double[] cotangent(Call call, int row, int size) {
    int from = call.operand(Setting.GIVEN) + row * size;
    return Arrays.copyOfRange(call.memory(), from, from + size);
  }
}
