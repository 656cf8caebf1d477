package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.compile.Pullback;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.solver.RosenbrockTableau;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * The term {@code q = h (J k_i + d_i df/dt)} in the stages of a Rosenbrock method, a derivative of
 * the field in a direction, with derivatives of its own. For one thread.
 */
final class Linearized {
  /** The programs for one field, shared by many. */
  record Programs(Pullback pullback, Program push) {
    static Programs of(TracedField field) {
      Graph direction = direction(field.graph());
      return new Programs(ExplicitDerivatives.pullback(direction), Program.of(Jvp.of(direction)));
    }

    /** Inputs t, y, p, and a direction in y and t; output how the field changes along it. */
    private static Graph direction(Graph field) {
      Graph tangent = Jvp.of(field);
      List<Shape> inputs = new ArrayList<>(field.inputs());
      inputs.add(field.inputs().get(1));
      inputs.add(Shape.of());
      return Graph.trace(
          inputs,
          in -> {
            Tracer still = in.get(2).constant(Tensor.zeros(field.inputs().get(2)));
            return List.of(
                tangent
                    .inline(List.of(in.get(0), in.get(1), in.get(2), in.get(4), in.get(3), still))
                    .getLast());
          });
    }
  }

  private final StageTape tape;
  private final RosenbrockTableau tableau;
  private final Pullback.Run run;
  private final Pullback.Frame frame;
  private final Program.Run push;
  private final double[] values;
  private final double[] zeros;
  private final double[] state;

  Linearized(StageTape tape, RosenbrockTableau tableau, Programs programs, int size) {
    this.tape = tape;
    this.tableau = tableau;
    this.run = programs.pullback().open();
    this.frame = programs.pullback().frame();
    this.push = programs.push().open();
    this.values = new double[size];
    this.zeros = new double[size];
    this.state = new double[size];
  }

  void begin(Tensor parameters) {
    run.fix(2, parameters);
    push.set(2, parameters.toArray(), 0);
  }

  void clear() {
    run.clear();
  }

  void addParametersBar(double[] target) {
    double[] one = new double[target.length];
    run.sum(0, one, 0);
    for (int i = 0; i < target.length; i++) {
      target[i] += one[i];
    }
  }

  /** The direction of a stage: {@code h k_i} in y, {@code h d_i} in t. */
  private void direction(int step, int i) {
    tape.state(step, state);
    tape.stage(step, i, values);
    double h = tape.length(step);
    for (int j = 0; j < values.length; j++) {
      values[j] *= h;
    }
  }

  /** Goes back through the term of a stage. */
  void pull(int step, int i, double[] bar) {
    direction(step, i);
    run.set(frame, 0, tape.time(step));
    run.set(frame, 1, state, 0);
    run.set(frame, 3, values, 0);
    run.set(frame, 4, tape.length(step) * tableau.d(i));
    run.forward(frame);
    run.backward(frame, bar, 0);
  }

  void addStateBar(double[] target) {
    run.cotangent(frame, 1, values, 0);
    Loops.add(target, 0, target, 0, values, 0, values.length);
  }

  double timeBar() {
    double[] one = new double[1];
    run.cotangent(frame, 0, one, 0);
    return one[0];
  }

  /** The term itself along a bar. */
  double along(double[] bar) {
    run.get(frame, 0, values, 0);
    return Lanes.dot(bar, 0, values, 0, values.length);
  }

  /** Adds the tangent of the term of a stage, all but that by {@code k_i}. */
  void push(
      int step,
      int i,
      double timeTangent,
      double[] stateTangent,
      double[] parameterTangents,
      double lengthTangent,
      double[] out) {
    direction(step, i);
    push.set(0, tape.time(step));
    push.set(1, state, 0);
    push.set(3, values, 0);
    push.set(4, tape.length(step) * tableau.d(i));
    push.set(5, timeTangent);
    push.set(6, stateTangent, 0);
    push.set(7, parameterTangents, 0);
    push.set(8, zeros, 0);
    push.set(9, 0.0);
    push.run();
    push.get(0, values, 0);
    Loops.fmaInto(out, 0, lengthTangent / tape.length(step), values, 0, values.length);
    push.get(1, values, 0);
    Loops.add(out, 0, out, 0, values, 0, values.length);
  }
}
