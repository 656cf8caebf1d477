package odeum.solver;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.ode.sampling.StepInterpolator;

/** The steps of a black box, each with its own interpolator. */
final class CommonsSteps implements KeptSteps {
  private final boolean unlimited;
  private final int most;
  private final List<StepInterpolator> steps = new ArrayList<>();
  private double start;
  private double[] initial = {};
  private boolean dropped;

  CommonsSteps(int n, boolean unlimited) {
    this.unlimited = unlimited;
    this.most = Math.min(MOST_STEPS, MOST_VALUES / Math.max(1, n));
  }

  void add(CommonsStep last) {
    if (dropped) {
      return;
    }
    StepInterpolator step = last.interpolator();
    if (steps.isEmpty()) {
      start = last.start();
      initial = last.before().clone();
    }
    if (!unlimited && steps.size() == most) {
      dropped = true;
      steps.clear();
    } else {
      steps.add(step.copy());
    }
  }

  @Override
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  @Override
  public synchronized void at(double time, double[] state) {
    if (time == start) { // where a multistep method's first interpolator only comes near
      System.arraycopy(initial, 0, state, 0, state.length);
      return;
    }
    double direction = steps.getFirst().isForward() ? 1 : -1;
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) { // the first step that does not end before the time
      int middle = (low + high) >>> 1;
      if ((steps.get(middle).getCurrentTime() - time) * direction >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    StepInterpolator step = steps.get(low);
    step.setInterpolatedTime(time);
    System.arraycopy(step.getInterpolatedState(), 0, state, 0, state.length);
  }
}
