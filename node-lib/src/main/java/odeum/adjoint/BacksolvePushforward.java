package odeum.adjoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.simd.Loops;
import odeum.tensor.Shape;

/**
 * The forward derivative of {@link BacksolveFunction}: forward in time, with {@code s} the tangent
 * of the state and {@code q} that of the parameters, {@code y' = f} and {@code s' = df/dy s + df/dp
 * q}. At each saved time y begins anew; where time moves, so does the state, by its slope.
 */
final class BacksolvePushforward implements FirstDerivative {
  private final BacksolveFunction solve;
  private final AugmentedField field;

  BacksolvePushforward(BacksolveFunction solve) {
    this.solve = solve;
    Graph graph = solve.field().graph();
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.addAll(graph.inputs().subList(1, 3));
    Program program =
        Program.of(Graph.trace(inputs, in -> slopes(graph, in)), List.of(2, AugmentedField.GIVEN));
    this.field = new AugmentedField(program, solve.solving());
  }

  private static List<Tracer> slopes(Graph graph, List<Tracer> in) {
    Tracer still = in.getFirst().constant(0);
    List<Tracer> tangents =
        List.of(still, in.get(AugmentedField.SECOND), in.get(AugmentedField.GIVEN));
    return Jvp.push(graph, in.subList(0, AugmentedField.SECOND), tangents);
  }

  @Override
  public String name() {
    return "tangent of " + solve.name();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(Setting.RESULT);
  }

  @Override
  public void evaluate(Call call) {
    AugmentedField.Run run = field.borrow(Setting.operand(call, Setting.PARAMETERS));
    run.give(Setting.operand(call, Setting.GIVEN + Setting.PARAMETERS));
    int size = solve.field().state().size();
    double[] m = call.memory();
    double[] times = Setting.operand(call, Setting.TIMES);
    int moved = call.operand(Setting.GIVEN + Setting.TIMES);
    double[] slope = new double[size];
    System.arraycopy(m, call.operand(Setting.GIVEN + Setting.INITIAL), run.state, size, size);
    boolean going = true;
    for (int row = 0; row < times.length; row++) {
      int out = call.result() + row * size;
      going = going && (row == 0 || run.advance(times[row - 1], times[row]));
      if (!going) {
        Arrays.fill(m, out, out + size, Double.NaN);
        continue;
      }
      System.arraycopy(m, call.operand(Setting.RESULT) + row * size, run.state, 0, size);
      System.arraycopy(run.state, size, m, out, size);
      run.slope(times[row], slope);
      if (row == 0) {
        Loops.fmaInto(run.state, size, -m[moved], slope, 0, size);
      } else {
        Loops.fmaInto(m, out, m[moved + row], slope, 0, size);
      }
    }
    field.giveBack(run);
  }
}
