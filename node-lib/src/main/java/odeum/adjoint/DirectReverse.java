package odeum.adjoint;

import java.util.Arrays;
import java.util.Optional;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.solver.RosenbrockTableau;

/**
 * Goes back through taped Runge-Kutta steps. With cotangents written as bars, a step {@code y1 = y
 * + h sum b_i k_i}, {@code k_i = f(t + c_i h, Y_i)}, {@code Y_i = y + h sum a_il k_l} gives
 *
 * <pre>
 *   k̄_i  = h b_i ȳ1 + h sum_l>i a_li Ȳ_l
 *   Ȳ_i  = (df/dy)ᵀ k̄_i,   p̄ += (df/dp)ᵀ k̄_i,   t̄ += k̄_i · df/dt
 *   ȳ    = ȳ1 + sum Ȳ_i
 * </pre>
 *
 * For an implicit stage the first line stands for {@code (I - h a_ii J)ᵀ k̄_i}. The first stage of
 * a step is the closing one of the step before; their cotangents go back as one.
 */
final class DirectReverse implements ReverseSteps {
  private final Stages stages;
  private final FramedSteps tape;
  private final int size;
  private final boolean timed;
  private final double[][] stageBars;
  private final boolean[] touched;
  private final Optional<RosenbrockTableau> coupled;
  private final double[] pulled;
  private final double[] slope;

  /** The cotangent of the state at the start of the step, but for what goes through stages. */
  private final double[] startStateBar;

  private final double[] stateBar;

  /** The cotangent of the slope at the start of the last step finished, if it is to be carried. */
  private final double[] carried;

  private boolean carries;
  private double timeBar;
  private double lengthBar;

  private double startBar;
  private double endBar;

  /**
   * Starts at the end of a solve.
   *
   * @param timed whether cotangents of times are wanted
   */
  DirectReverse(Stages stages, FramedSteps tape, int size, boolean timed) {
    this.stages = stages;
    this.tape = tape;
    this.size = size;
    this.timed = timed;
    this.stageBars = new double[stages.count][size];
    this.touched = new boolean[stages.count];
    this.coupled = stages.rosenbrock();
    this.pulled = new double[size];
    this.slope = new double[size];
    this.startStateBar = new double[size];
    this.stateBar = new double[size];
    this.carried = new double[size];
    tape.clear();
  }

  @Override
  public double[] parametersBar(int count) {
    double[] bar = new double[count];
    tape.addParametersBar(bar);
    return bar;
  }

  @Override
  public double[] stateBar() {
    return stateBar;
  }

  @Override
  public double startBar() {
    return startBar;
  }

  @Override
  public double endBar() {
    return endBar;
  }

  @Override
  public void begin() {
    timeBar = 0;
    lengthBar = 0;
    Arrays.fill(touched, false);
    Arrays.fill(startStateBar, 0);
  }

  @Override
  public double interpolated(int step, double theta, double[] bar, int offset) {
    double h = tape.length(step);
    double thetaBar = 0;
    for (int i = 0; i < stages.count; i++) {
      double weight = stages.weight(i, theta);
      if (weight != 0) {
        addStage(i, h * weight, bar, offset);
      }
      double rate = timed ? stages.slope(i, theta) : 0;
      if (rate != 0) {
        tape.stage(step, i, slope);
        thetaBar += h * rate * Lanes.dot(bar, offset, slope, 0, size);
      }
    }
    Loops.add(startStateBar, 0, startStateBar, 0, bar, offset, size);
    lengthBar -= thetaBar * theta / h;
    timeBar -= thetaBar / h;
    return thetaBar / h;
  }

  @Override
  public double ended(int step, double[] bar, int offset) {
    add(bar, offset);
    if (!timed || step == tape.steps() - 1) {
      return 0;
    }
    if (stages.startsWithSlope()) {
      tape.stage(step + 1, 0, slope);
    } else {
      tape.slope(step + 1, 0, slope);
    }
    return moved(bar, offset, slope);
  }

  /** What the slope after a step has to do with the time of the state at its end. */
  double moved(double[] bar, int offset, double[] after) {
    double bySlope = Lanes.dot(bar, offset, after, 0, size);
    lengthBar -= bySlope;
    timeBar -= bySlope;
    return bySlope;
  }

  private void addStage(int i, double factor, double[] bar, int offset) {
    if (touched[i]) {
      Loops.fmaInto(stageBars[i], 0, factor, bar, offset, size);
    } else {
      Loops.multiplyNumber(stageBars[i], 0, bar, offset, factor, size);
      touched[i] = true;
    }
  }

  @Override
  public void add(double[] bar, int offset) {
    Loops.add(stateBar, 0, stateBar, 0, bar, offset, size);
  }

  @Override
  public void finish(int step, boolean endsAtEnd) {
    double h = tape.length(step);
    int closing = stages.closing;
    int main = closing < 0 ? stages.count : closing;
    for (int i = stages.count - 1; i > main; i--) {
      back(step, i);
    }
    if (closing >= 0) {
      close(step, closing);
    }
    for (int i = 0; i < stages.count; i++) {
      boolean closed = i == closing && stages.isImplicit(i);
      if (stages.b[i] != 0 && !closed) {
        addStage(i, h * stages.b[i], stateBar, 0);
      }
    }
    for (int i = main - 1; i > 0; i--) {
      back(step, i);
    }
    Loops.add(stateBar, 0, stateBar, 0, startStateBar, 0, size);
    first(step);
    FixedTimes fixed = tape.fixed();
    if (fixed.movesWithStart(tape, step)) {
      boolean stretched = endsAtEnd || fixed.endsFixed(tape, step);
      startBar += stretched ? timeBar - lengthBar : timeBar;
    }
    endBar += endsAtEnd ? lengthBar : 0;
  }

  /** The closing stage, with what the step after has for it, belongs to the state at the end. */
  private void close(int step, int closing) {
    if (stages.isImplicit(closing)) {
      addStage(closing, tape.length(step) * stages.b[closing], stateBar, 0);
    }
    if (timed && touched[closing]) {
      lengthen(step, closing);
    }
    if (carries) {
      addStage(closing, 1, carried, 0);
      carries = false;
    }
    if (touched[closing]) {
      pull(step, closing);
      add(pulled, 0);
    }
  }

  private void first(int step) {
    if (!touched[0]) {
      return;
    }
    if (timed) {
      lengthen(step, 0);
    }
    if (stages.closing >= 0 && tape.fixed().continues(tape, step)) {
      System.arraycopy(stageBars[0], 0, carried, 0, size);
      carries = true;
    } else {
      pull(step, 0);
      add(pulled, 0);
    }
  }

  /** A stage's part in the state grows with the step. */
  private void lengthen(int step, int i) {
    tape.stage(step, i, slope);
    lengthBar += Lanes.dot(stageBars[i], 0, slope, 0, size) / tape.length(step);
  }

  private void back(int step, int i) {
    if (!touched[i]) {
      return;
    }
    if (timed) {
      lengthen(step, i);
    }
    pull(step, i);
    Loops.add(startStateBar, 0, startStateBar, 0, pulled, 0, size);
    double h = tape.length(step);
    for (int l = 0; l < i; l++) {
      if (stages.a[i][l] != 0) {
        addStage(l, h * stages.a[i][l], pulled, 0);
      }
    }
  }

  private void pull(int step, int i) {
    tape.pull(step, i, stageBars[i], pulled);
    if (coupled.isPresent()) {
      couple(step, i, coupled.get());
    }
    if (timed) {
      tape.timeBar(slope);
      timeBar += slope[0];
      lengthBar += stages.c[i] * slope[0];
      if (stages.isImplicit(i)) {
        tape.stage(step, i, slope);
        lengthBar += stages.a[i][i] * Lanes.dot(pulled, 0, slope, 0, size);
      }
    }
  }

  /**
   * A Rosenbrock stage is {@code (I / gamma - h J) k_i = f_i + sum_j C_ij k_j + h d_i df/dt}; its
   * bar is now that of the right-hand side.
   */
  private void couple(int step, int i, RosenbrockTableau tableau) {
    double[] bar = stageBars[i];
    double h = tape.length(step);
    for (int j = 0; j < i; j++) {
      double weight = tableau.coupling(i, j);
      if (weight == 0) {
        continue;
      }
      addStage(j, weight, bar, 0);
      if (timed) { // lengthen takes all of a stage's bar for what grows with the step
        tape.stage(step, j, slope);
        lengthBar -= weight * Lanes.dot(bar, 0, slope, 0, size) / h;
      }
    }
    Linearized linearized = tape.linearized();
    linearized.pull(step, i, bar);
    linearized.addStateBar(i == 0 ? stateBar : startStateBar);
    timeBar += linearized.timeBar();
    lengthBar += linearized.along(bar) / h;
  }
}
