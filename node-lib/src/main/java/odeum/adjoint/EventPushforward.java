package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.tensor.Shape;

/** The forward derivative of {@link EventFunction}. */
record EventPushforward(EventFunction solve) implements FirstDerivative {
  @Override
  public String name() {
    return "tangent of " + solve.name();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(Setting.RESULT);
  }

  @Override
  public void evaluate(Call call) {
    Recorded recorded = (Recorded) call.recordOf(Setting.RESULT);
    double[] m = call.memory();
    int size = solve.setting().size();
    if (recorded.saved() == 0) {
      Arrays.fill(m, call.result(), call.result() + size + 1, Double.NaN);
      return;
    }
    EventFunction.Crossing crossing = solve.crossing(call, recorded);
    double[] parameterTangents = Setting.operand(call, Setting.GIVEN + Setting.PARAMETERS);
    double[] fixed = atFixedTime(call, recorded, crossing);
    double moved = 0;
    for (int j = 0; j < size; j++) {
      moved = Math.fma(crossing.byState().at(j), fixed[j], moved);
    }
    for (int j = 0; j < parameterTangents.length; j++) {
      moved = Math.fma(crossing.byParameters().at(j), parameterTangents[j], moved);
    }
    double time = -moved / crossing.rate();
    m[call.result()] = time;
    for (int j = 0; j < size; j++) {
      m[call.result() + 1 + j] = Math.fma(time, crossing.derivative().at(j), fixed[j]);
    }
  }

  private double[] atFixedTime(Call call, Recorded recorded, EventFunction.Crossing crossing) {
    ForwardSteps forward = solve.setting().forward(call, recorded);
    double[] span = Setting.operand(call, Setting.GIVEN + Setting.TIMES);
    double[] fixed = new double[solve.setting().size()];
    for (int step = 0; step <= crossing.step(); step++) {
      forward.begin(recorded.moved(step, span[0]), recorded.stretched(step, span[0], span[1]));
      if (step == crossing.step()) {
        forward.interpolated(step, crossing.theta(), 0, fixed);
      }
      forward.finish(step);
    }
    return fixed;
  }
}
