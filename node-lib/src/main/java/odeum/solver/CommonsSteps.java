package odeum.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ode.sampling.StepInterpolator;

/** The steps of a black box, each with its own interpolator. */
final class CommonsSteps implements KeptSteps {
  private final boolean unlimited;
  private final int most;
  private final List<StepInterpolator> steps = new ArrayList<>();
  private double[] starts = new double[16];
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
      initial = last.before().clone();
    }
    if (!unlimited && steps.size() == most) {
      dropped = true;
      steps.clear();
    } else {
      if (steps.size() == starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[steps.size()] = last.start();
      steps.add(step.copy());
    }
  }

  @Override
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  @Override
  public synchronized void at(double time, double[] state) {
    if (time == starts[0]) { // where a multistep method's first interpolator only comes near
      System.arraycopy(initial, 0, state, 0, state.length);
      return;
    }
    StepInterpolator step = stepAt(time);
    System.arraycopy(step.getInterpolatedState(), 0, state, 0, state.length);
  }

  @Override
  public synchronized void differentiate(double time, double[] rate) {
    StepInterpolator step = stepAt(time);
    System.arraycopy(step.getInterpolatedDerivatives(), 0, rate, 0, rate.length);
  }

  private StepInterpolator stepAt(double time) {
    double direction = steps.getFirst().isForward() ? 1 : -1;
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) { // where an event ends one step and another starts, the later one counts
      int middle = (low + high + 1) >>> 1;
      if ((time - starts[middle]) * direction >= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    StepInterpolator step = steps.get(low);
    step.setInterpolatedTime(time);
    return step;
  }
}
