package odeum.adjoint;

import java.util.List;
import odeum.tensor.Shape;

/** The reverse derivative of {@link EventFunction}. */
record EventPullback(EventFunction solve, List<Integer> wanted) implements FirstDerivative {
  EventPullback {
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
    double[] m = call.memory();
    int size = solve.setting().size();
    int parameters = call.shape(Setting.PARAMETERS).size();
    if (recorded.saved() == 0) {
      Setting.storeUnknown(call, wanted);
      return;
    }
    EventFunction.Crossing crossing = solve.crossing(call, recorded);
    double[] bar = new double[size];
    System.arraycopy(m, call.operand(Setting.GIVEN) + 1, bar, 0, size);
    double timeBar = m[call.operand(Setting.GIVEN)];
    for (int j = 0; j < size; j++) {
      timeBar = Math.fma(bar[j], crossing.derivative().at(j), timeBar);
    }
    double factor = -timeBar / crossing.rate();
    for (int j = 0; j < size; j++) {
      bar[j] = Math.fma(factor, crossing.byState().at(j), bar[j]);
    }
    ReverseSteps reverse = backward(recorded, crossing, bar);
    double[] parametersBar = reverse.parametersBar(parameters);
    for (int j = 0; j < parameters; j++) {
      parametersBar[j] += factor * crossing.byParameters().at(j);
    }
    double[] spanBar = {reverse.startBar(), reverse.endBar()};
    Setting.store(call, wanted, reverse.stateBar(), parametersBar, spanBar);
  }

  private ReverseSteps backward(Recorded recorded, EventFunction.Crossing crossing, double[] bar) {
    ReverseSteps reverse = solve.setting().reverse(recorded, true);
    for (int step = crossing.step(); step >= 0; step--) {
      reverse.begin();
      if (step == crossing.step()) {
        reverse.interpolated(step, crossing.theta(), bar, 0);
      }
      reverse.finish(step, recorded.endsAtEnd(step));
    }
    return reverse;
  }
}
