package odeum.adjoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.solver.Integrator;
import odeum.tensor.Shape;

/**
 * The reverse derivative of {@link BacksolveFunction}. Backward in time, with {@code a} the
 * cotangent of the state and {@code g} that of the parameters:
 *
 * <pre>
 *   y' = f,   a' = -aᵀ df/dy,   g' = -aᵀ df/dp
 * </pre>
 *
 * At each saved time y begins anew and a grows by the cotangent of the saved state; a time itself
 * has the cotangent {@code a · f}.
 */
final class BacksolvePullback implements FirstDerivative {
  private final BacksolveFunction solve;
  private final List<Integer> wanted;
  private final AugmentedField field;

  BacksolvePullback(BacksolveFunction solve, List<Integer> wanted) {
    this.solve = solve;
    this.wanted = List.copyOf(wanted);
    Integrator backward = solve.solving();
    boolean seminorm = solve.adjoint().seminorm();
    int controlled = Math.max(1, 2 * solve.field().state().size());
    this.field =
        new AugmentedField(program(), seminorm ? backward.withControlled(controlled) : backward);
  }

  /** Slopes of y, a and, if the parameters' cotangents are wanted, g. */
  private Program program() {
    Graph graph = solve.field().graph();
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.add(graph.output(0));
    List<Integer> by = wanted.contains(Setting.PARAMETERS) ? List.of(1, 2) : List.of(1);
    Graph joint = Graph.trace(inputs, in -> slopes(graph, in, by));
    return Program.of(joint, List.of(2));
  }

  private static List<Tracer> slopes(Graph graph, List<Tracer> in, List<Integer> by) {
    List<Tracer> cotangent = List.of(in.get(AugmentedField.SECOND).unaryMinus());
    return Vjp.valueAndPull(graph, in.subList(0, AugmentedField.SECOND), cotangent, by);
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
    AugmentedField.Run run = field.borrow(Setting.operand(call, Setting.PARAMETERS));
    Arrays.fill(run.state, 0);
    double[] times = Setting.operand(call, Setting.TIMES);
    double[] timeBars = new double[times.length];
    if (backward(call, run, times, timeBars)) {
      int size = solve.field().state().size();
      double[] stateBar = Arrays.copyOfRange(run.state, size, 2 * size);
      double[] parametersBar = Arrays.copyOfRange(run.state, 2 * size, run.state.length);
      Setting.store(call, wanted, stateBar, parametersBar, timeBars);
    } else {
      Setting.storeUnknown(call, wanted);
    }
    field.giveBack(run);
  }

  /** Whether it gets to the start. */
  private boolean backward(Call call, AugmentedField.Run run, double[] times, double[] timeBars) {
    int size = solve.field().state().size();
    boolean timed = wanted.contains(Setting.TIMES);
    double[] m = call.memory();
    double[] slope = new double[size];
    for (int row = times.length - 1; row >= 0; row--) {
      int bar = call.operand(Setting.GIVEN) + row * size;
      System.arraycopy(m, call.operand(Setting.RESULT) + row * size, run.state, 0, size);
      if (!isFinite(run.state, size)) {
        return false;
      }
      if (timed) {
        run.slope(times[row], slope);
        timeBars[row] =
            row == 0
                ? -Lanes.dot(run.state, size, slope, 0, size)
                : Lanes.dot(m, bar, slope, 0, size);
      }
      Loops.add(run.state, size, run.state, size, m, bar, size);
      // Before the last state that the loss depends on, there is nothing to solve for.
      if (row > 0 && !isZero(run.state, size) && !run.advance(times[row], times[row - 1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFinite(double[] state, int size) {
    double sum = 0;
    for (int j = 0; j < size; j++) {
      sum += 0 * state[j];
    }
    return sum == 0;
  }

  /** Whether the cotangent of the state is zero. */
  private static boolean isZero(double[] state, int size) {
    for (int j = size; j < 2 * size; j++) {
      if (state[j] != 0) {
        return false;
      }
    }
    return true;
  }
}
