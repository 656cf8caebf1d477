package odeum.adjoint;

import java.util.Arrays;
import java.util.Optional;
import odeum.compile.Program;
import odeum.solver.RosenbrockTableau;

/**
 * Carries tangents through recorded Runge-Kutta steps. Times move with the start; only the length
 * of a step that ends at the end of the span follows both.
 */
final class DirectForward implements ForwardSteps {
  private final Stages stages;
  private final FramedSteps tape;
  private final Program.Run[] pushes;
  private final int size;
  private final double[] state;
  private final double[] tangent;
  private final double[] slope;
  private final double[][] stageTangents;
  private double timeTangent;
  private double lengthTangent;
  private int done;
  private int begun = -1;

  private final double[] stateTangent;
  private final double[] parameterTangents;
  private final Optional<RosenbrockTableau> coupled;

  DirectForward(
      Stages stages,
      FramedSteps tape,
      Program[] pushes,
      double[] parameters,
      double[] parameterTangents,
      double[] stateTangent) {
    this.stages = stages;
    this.tape = tape;
    this.pushes = Arrays.stream(pushes).map(Program::open).toArray(Program.Run[]::new);
    for (Program.Run push : this.pushes) {
      push.set(2, parameters, 0);
      push.set(5, parameterTangents, 0);
    }
    this.size = stateTangent.length;
    this.state = new double[size];
    this.tangent = new double[size];
    this.slope = new double[size];
    this.stageTangents = new double[stages.count][size];
    this.stateTangent = stateTangent;
    this.parameterTangents = parameterTangents.clone();
    this.coupled = stages.rosenbrock();
  }

  @Override
  public double[] stateTangent() {
    return stateTangent;
  }

  @Override
  public void begin(double time, double length) {
    timeTangent = time;
    lengthTangent = length;
    begun++;
    int closing = stages.closing;
    boolean carries =
        closing > 0
            && stages.isImplicit(closing)
            && done > closing
            && tape.fixed().continues(tape, begun);
    if (carries) {
      System.arraycopy(stageTangents[closing], 0, stageTangents[0], 0, size);
    }
    done = carries ? 1 : 0;
  }

  @Override
  public void finish(int step) {
    interpolate(step, 0, stages.b, new double[stages.count], tangent);
    System.arraycopy(tangent, 0, stateTangent, 0, size);
  }

  @Override
  public void ended(int step, double valueTime, double[] target) {
    System.arraycopy(stateTangent, 0, target, 0, size);
    if (step < tape.steps() - 1) {
      if (stages.startsWithSlope()) {
        tape.stage(step + 1, 0, slope);
      } else {
        tape.slope(step + 1, 0, slope);
      }
      for (int j = 0; j < size; j++) {
        target[j] = Math.fma(valueTime, slope[j], target[j]);
      }
    }
  }

  @Override
  public void interpolated(int step, double theta, double valueTime, double[] target) {
    double[] weights = new double[stages.count];
    double[] slopes = new double[stages.count];
    for (int i = 0; i < stages.count; i++) {
      weights[i] = stages.weight(i, theta);
      slopes[i] = stages.slope(i, theta);
    }
    double thetaTangent = (valueTime - timeTangent - theta * lengthTangent) / tape.length(step);
    interpolate(step, thetaTangent, weights, slopes, target);
  }

  private void interpolate(
      int step, double thetaTangent, double[] weights, double[] slopes, double[] out) {
    for (int i = 0; i < stages.count; i++) {
      if (weights[i] != 0 || slopes[i] != 0) {
        need(step, i);
      }
    }
    double h = tape.length(step);
    System.arraycopy(stateTangent, 0, out, 0, size);
    for (int i = 0; i < stages.count; i++) {
      if (weights[i] == 0 && slopes[i] == 0) {
        continue;
      }
      double byStage = lengthTangent * weights[i] + h * slopes[i] * thetaTangent;
      tape.stage(step, i, slope);
      for (int j = 0; j < size; j++) {
        double moved = Math.fma(h * weights[i], stageTangents[i][j], out[j]);
        out[j] = Math.fma(byStage, slope[j], moved);
      }
    }
  }

  private void need(int step, int stage) {
    for (; done <= stage; done++) {
      stage(step, done);
    }
  }

  private void stage(int step, int i) {
    double h = tape.length(step);
    tape.state(step, state);
    System.arraycopy(stateTangent, 0, tangent, 0, size);
    for (int l = 0; l < i; l++) {
      double weight = stages.a[i][l];
      if (weight == 0) {
        continue;
      }
      tape.stage(step, l, slope);
      for (int j = 0; j < size; j++) {
        state[j] = Math.fma(h * weight, slope[j], state[j]);
        double moved = Math.fma(h * weight, stageTangents[l][j], tangent[j]);
        tangent[j] = Math.fma(lengthTangent * weight, slope[j], moved);
      }
    }
    if (stages.isImplicit(i)) {
      addOwn(step, i, h * stages.a[i][i]);
    }
    Program.Run push = pushes[stages.part[i]];
    push.set(0, stages.c[i] == 1 ? tape.end(step) : tape.time(step) + stages.c[i] * h);
    push.set(1, state, 0);
    push.set(3, timeTangent + stages.c[i] * lengthTangent);
    push.set(4, tangent, 0);
    push.run();
    push.get(1, stageTangents[i], 0);
    if (coupled.isPresent()) {
      couple(step, i, coupled.get());
    }
    tape.solveTangent(step, i, stageTangents[i]);
  }

  /** What a Rosenbrock stage has besides the field: see {@link DirectReverse}. */
  private void couple(int step, int i, RosenbrockTableau tableau) {
    double[] out = stageTangents[i];
    for (int j = 0; j < i; j++) {
      for (int l = 0; l < size; l++) {
        out[l] = Math.fma(tableau.coupling(i, j), stageTangents[j][l], out[l]);
      }
    }
    tape.linearized()
        .push(step, i, timeTangent, stateTangent, parameterTangents, lengthTangent, out);
  }

  /** An implicit stage has a part in its own state, whose tangent is still to be solved for. */
  private void addOwn(int step, int i, double weight) {
    tape.stage(step, i, slope);
    double byLength = lengthTangent * stages.a[i][i];
    for (int j = 0; j < size; j++) {
      state[j] = Math.fma(weight, slope[j], state[j]);
      tangent[j] = Math.fma(byLength, slope[j], tangent[j]);
    }
  }
}
