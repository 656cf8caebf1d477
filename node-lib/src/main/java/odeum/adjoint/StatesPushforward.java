package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** The forward derivative of {@link StatesFunction}: tangents along the recorded steps. */
record StatesPushforward(StatesFunction solve) implements FirstDerivative {
  @Override
  public String name() {
    return "tangent of " + solve.name();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(Setting.RESULT);
  }

  @Override
  public ImplicitFunction map(List<Boolean> mapped, int size) {
    Setting.requireOwnSteps(mapped);
    return FirstDerivative.super.map(mapped, size);
  }

  @Override
  public void evaluate(Call call) {
    Recorded recorded = (Recorded) call.recordOf(Setting.RESULT);
    TapedSteps steps = recorded.tape();
    double[] times = Setting.operand(call, Setting.TIMES);
    double[] moved = Setting.operand(call, Setting.GIVEN + Setting.TIMES);
    double start = moved[0];
    double end = moved[moved.length - 1];
    ForwardSteps forward = solve.setting().forward(call, recorded);
    int size = solve.setting().size();
    Arrays.fill(call.memory(), call.result(), call.result() + times.length * size, Double.NaN);
    store(forward.stateTangent(), call, 0);
    double[] tangent = new double[size];
    int row = 1;
    for (int step = 0; step < steps.steps(); step++) {
      double startMoves = recorded.moved(step, start);
      double stretch = recorded.stretched(step, start, end);
      forward.begin(startMoves, stretch);
      for (; isInside(recorded, times, row, step); row++) {
        double theta = recorded.theta(step, times[row]);
        forward.interpolated(step, theta, moved[row], tangent);
        store(tangent, call, row);
      }
      forward.finish(step);
      for (; row < recorded.saved() && recorded.isEnd(step, times, row); row++) {
        forward.ended(step, moved[row] - startMoves - stretch, tangent);
        store(tangent, call, row);
      }
    }
  }

  private static boolean isInside(Recorded recorded, double[] times, int row, int step) {
    return row < recorded.saved()
        && !recorded.isEnd(step, times, row)
        && recorded.tape().stepAt(times[row], step) == step;
  }

  private static void store(double[] tangent, Call call, int row) {
    int at = call.result() + row * tangent.length;
    System.arraycopy(tangent, 0, call.memory(), at, tangent.length);
  }
}
