package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import odeum.compile.Pullback;
import odeum.nonlinear.LinearSolver;
import odeum.tensor.Tensor;
import odeum.term.Linearization;
import odeum.term.TracedField;

/**
 * Evaluates the stages of one step for their derivatives, each when it is asked for. An implicit
 * stage {@code k = f(t, Y + h a k)} has {@code (I - h a J) dk = df}.
 */
final class StagePulls {
  private final Stages stages;
  private final Pullback.Run[] runs;
  private final Pullback.Frame[] frames;
  private final boolean[] evaluated;
  private final Optional<TracedField> implicit;
  private final double[] state;
  private Linearization linearization;
  private LinearSolver linear;
  private boolean factorized;
  private int pulled;
  private double t;
  private double h;
  private double end;

  /**
   * @param pullbacks of the parts of the field by number
   * @param implicit the part that implicit stages are of
   */
  StagePulls(Stages stages, List<Pullback> pullbacks, Optional<TracedField> implicit, int size) {
    this.stages = stages;
    this.implicit = implicit;
    this.runs = pullbacks.stream().map(Pullback::open).toArray(Pullback.Run[]::new);
    this.frames = new Pullback.Frame[stages.count];
    this.evaluated = new boolean[stages.count];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = pullbacks.get(stages.part[i]).frame();
    }
    this.state = new double[size];
  }

  /** Takes the parameters of a solve. */
  void begin(Tensor parameters) {
    for (Pullback.Run run : runs) {
      run.fix(2, parameters);
    }
    if (implicit.isPresent()) {
      linearization = implicit.get().linearize(parameters.toArray());
      linear = LinearSolver.of(linearization.layout());
    }
  }

  /** Comes to another step. */
  void moveTo(double time, double length, double to) {
    t = time;
    h = length;
    end = to;
    factorized = false;
    Arrays.fill(evaluated, false);
  }

  /** The state of a stage, from the slopes of the others and its own. */
  private void state(int i, double[] y, double[][] k, double[] target) {
    System.arraycopy(y, 0, target, 0, y.length);
    for (int l = 0; l < stages.a[i].length; l++) {
      double weight = stages.a[i][l];
      if (weight != 0) {
        for (int j = 0; j < target.length; j++) {
          target[j] = Math.fma(h * weight, k[l][j], target[j]);
        }
      }
    }
  }

  private double time(int i) {
    return stages.c[i] == 1 ? end : t + stages.c[i] * h;
  }

  /** Evaluates a stage of a step; what it leaves stays for {@link #pull}. */
  void evaluate(int i, double[] y, double[][] k) {
    if (evaluated[i]) {
      return;
    }
    Pullback.Run run = runs[stages.part[i]];
    state(i, y, k, state);
    run.set(frames[i], 0, time(i));
    run.set(frames[i], 1, state, 0);
    run.forward(frames[i]);
    evaluated[i] = true;
  }

  /** The slope that an evaluation computed. */
  void slope(int i, double[] target) {
    runs[stages.part[i]].get(frames[i], 0, target, 0);
  }

  /** Goes back through an evaluated stage. */
  void pull(int i, double[] y, double[][] k, double[] bar, double[] stateBar) {
    evaluate(i, y, k);
    if (factorize(i, y, k)) {
      linear.solveTransposed(bar);
    }
    Pullback.Run run = runs[stages.part[i]];
    run.backward(frames[i], bar, 0);
    run.cotangent(frames[i], 1, stateBar, 0);
    pulled = i;
  }

  /** Solves for the tangent of an implicit stage. */
  void solve(int i, double[] y, double[][] k, double[] tangent) {
    if (factorize(i, y, k)) {
      linear.solve(tangent);
    }
  }

  /**
   * Whether a stage has a matrix. One that cannot be factorised here could not be in the solve
   * either, which then failed.
   */
  private boolean factorize(int i, double[] y, double[][] k) {
    if (stages.rosenbrock().isPresent()) {
      if (!factorized) {
        linearization.evaluate(t, y);
        double diagonal = 1 / stages.rosenbrock().get().gamma();
        factorized = linear.factorize(diagonal, -h, linearization.stateDerivative());
      }
      return factorized;
    }
    if (!stages.isImplicit(i)) {
      return false;
    }
    state(i, y, k, state);
    linearization.evaluate(time(i), state);
    return linear.factorize(1, -h * stages.a[i][i], linearization.stateDerivative());
  }

  void timeBar(double[] target) {
    runs[stages.part[pulled]].cotangent(frames[pulled], 0, target, 0);
  }

  void clear() {
    for (Pullback.Run run : runs) {
      run.clear();
    }
  }

  void addParametersBar(double[] target) {
    double[] one = new double[target.length];
    for (Pullback.Run run : runs) {
      run.sum(0, one, 0);
      for (int i = 0; i < target.length; i++) {
        target[i] += one[i];
      }
    }
  }
}
