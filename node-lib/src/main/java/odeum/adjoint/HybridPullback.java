package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.tensor.Shape;

/** The reverse derivative of {@link HybridFunction}. */
record HybridPullback(HybridFunction solve, List<Integer> wanted) implements FirstDerivative {
  HybridPullback {
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
    Segments segments = (Segments) call.recordOf(Setting.RESULT);
    double[] times = Setting.operand(call, Setting.TIMES);
    if (isUnknown(segments, times)) {
      Setting.storeUnknown(call, wanted);
      return;
    }
    double[] bars = Setting.operand(call, Setting.GIVEN);
    double[] rows = solve.asked() instanceof Wanted.States ? times : new double[0];
    HybridReverse reverse = new HybridReverse(solve, segments, call, rows, bars);
    switch (solve.asked()) {
      case Wanted.States _ -> reverse.run(new double[segments.boundaries().size()]);
      case Wanted.Occurrence _ -> {
        reverse.startAt(Arrays.copyOfRange(bars, 1, bars.length));
        double[] eventBars = new double[segments.boundaries().size()];
        eventBars[eventBars.length - 1] = bars[0];
        reverse.run(eventBars);
      }
      case Wanted.EventTimes _ -> reverse.run(eventBars(segments, bars));
    }
    double[] timeBars = Arrays.copyOf(reverse.rowBars(), times.length);
    timeBars[0] += reverse.startBar();
    timeBars[times.length - 1] += reverse.endBar();
    Setting.store(call, wanted, reverse.stateBar(), reverse.parametersBar(), timeBars);
  }

  private boolean isUnknown(Segments segments, double[] times) {
    return switch (solve.asked()) {
      case Wanted.States _ -> segments.saved() < times.length;
      case Wanted.Occurrence _ -> segments.saved() == 0;
      case Wanted.EventTimes _ -> false; // what did not come depends on nothing
    };
  }

  private static double[] eventBars(Segments segments, double[] bars) {
    double[] eventBars = new double[segments.boundaries().size()];
    int at = 0;
    for (int i = 0; i < eventBars.length; i++) {
      for (int hit = 0; hit < segments.boundaries().get(i).hits().size(); hit++) {
        eventBars[i] += bars[at++];
      }
    }
    return eventBars;
  }
}
