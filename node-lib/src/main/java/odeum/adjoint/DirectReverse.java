package odeum.adjoint;

import java.util.Arrays;
import odeum.compile.Program;

/**
 * Goes back through recorded explicit Runge-Kutta steps. With cotangents written as bars, a step
 * {@code y1 = y + h sum b_i k_i}, {@code k_i = f(t + c_i h, Y_i)}, {@code Y_i = y + h sum a_il k_l}
 * gives
 *
 * <pre>
 *   k̄_i  = h b_i ȳ1 + h sum_l>i a_li Ȳ_l
 *   Ȳ_i  = (df/dy)ᵀ k̄_i,   p̄ += (df/dp)ᵀ k̄_i,   t̄ += k̄_i · df/dt
 *   ȳ    = ȳ1 + sum Ȳ_i
 * </pre>
 */
final class DirectReverse {
  private final Stages stages;
  private final Recording recording;
  private final Program.Run pull;
  private final int size;
  private final double[] state;
  private final double[][] stageBars;
  private final boolean[] touched;
  private final double[] pulled;
  private final double[] pulledParameters;

  /** The cotangent of the state, moving backwards. */
  final double[] stateBar;

  /** The cotangents of parameters, start time and end time, growing. */
  final double[] parametersBar;

  double startBar;
  double endBar;
  private double timeBar;
  private double lengthBar;

  DirectReverse(Stages stages, Recording recording, Program pull, double[] parameters, int size) {
    this.stages = stages;
    this.recording = recording;
    this.pull = pull.open();
    this.pull.set(2, parameters, 0);
    this.size = size;
    this.state = new double[size];
    this.stageBars = new double[stages.count][size];
    this.touched = new boolean[stages.count];
    this.pulled = new double[size];
    this.pulledParameters = new double[parameters.length];
    this.stateBar = new double[size];
    this.parametersBar = new double[parameters.length];
  }

  /** Starts a step from its end: the cotangent of the state there is known. */
  void begin(int step) {
    double h = recording.length(step);
    timeBar = 0;
    lengthBar = 0;
    Arrays.fill(touched, false);
    for (double[] bar : stageBars) {
      Arrays.fill(bar, 0);
    }
    for (int i = 0; i < stages.count; i++) {
      if (stages.b[i] != 0) {
        addStage(step, i, h * stages.b[i], stages.b[i], stateBar);
      }
    }
  }

  /**
   * Adds the cotangent of a value interpolated inside the step.
   *
   * @return the cotangent of the time of that value
   */
  double interpolated(int step, double theta, double[] bar) {
    double h = recording.length(step);
    double thetaBar = 0;
    for (int i = 0; i < stages.count; i++) {
      double weight = stages.weight(i, theta);
      double slope = stages.slope(i, theta);
      if (weight != 0 || slope != 0) {
        addStage(step, i, h * weight, weight, bar);
        thetaBar += h * slope * dot(bar, recording.stage(step, i));
      }
    }
    add(stateBar, bar);
    lengthBar -= thetaBar * theta / h;
    timeBar -= thetaBar / h;
    return thetaBar / h;
  }

  private void addStage(int step, int i, double factor, double byLength, double[] bar) {
    double[] stageBar = stageBars[i];
    for (int j = 0; j < size; j++) {
      stageBar[j] = Math.fma(factor, bar[j], stageBar[j]);
    }
    touched[i] = true;
    lengthBar += byLength * dot(bar, recording.stage(step, i));
  }

  /** Adds the cotangent of the state itself, at the start of the step finished last. */
  void add(double[] bar) {
    add(stateBar, bar);
  }

  /**
   * Goes back through the stages of a step; afterwards the state's cotangent is that of its start.
   */
  void finish(int step, boolean endsAtEnd) {
    for (int i = stages.count - 1; i >= 0; i--) {
      if (touched[i]) {
        back(step, i);
      }
    }
    startBar += endsAtEnd ? timeBar - lengthBar : timeBar;
    endBar += endsAtEnd ? lengthBar : 0;
  }

  private void back(int step, int i) {
    double h = recording.length(step);
    double[] values = recording.values();
    System.arraycopy(values, recording.state(step), state, 0, size);
    for (int l = 0; l < i; l++) {
      double factor = h * stages.a[i][l];
      int k = recording.stage(step, l);
      for (int j = 0; factor != 0 && j < size; j++) {
        state[j] = Math.fma(factor, values[k + j], state[j]);
      }
    }
    pull.set(0, recording.time(step) + stages.c[i] * h);
    pull.set(1, state, 0);
    pull.set(3, stageBars[i], 0);
    pull.run();
    double pulledTime = pull.number(0);
    pull.get(1, pulled, 0);
    pull.get(2, pulledParameters, 0);
    timeBar += pulledTime;
    lengthBar += stages.c[i] * pulledTime;
    add(stateBar, pulled);
    add(parametersBar, pulledParameters);
    for (int l = 0; l < i; l++) {
      if (stages.a[i][l] != 0) {
        addStage(step, l, h * stages.a[i][l], stages.a[i][l], pulled);
      }
    }
  }

  private static void add(double[] sum, double[] summand) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += summand[j];
    }
  }

  private double dot(double[] bar, int offset) {
    double sum = 0;
    for (int j = 0; j < size; j++) {
      sum = Math.fma(bar[j], recording.values()[offset + j], sum);
    }
    return sum;
  }
}
