package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.tensor.Shape;

/** The forward derivative of {@link HybridFunction}. */
record HybridPushforward(HybridFunction solve) implements FirstDerivative {
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
    int size = solve.shape(operands(call)).size();
    double[] m = call.memory();
    Arrays.fill(m, call.result(), call.result() + size, Double.NaN);
    Segments segments = (Segments) call.recordOf(Setting.RESULT);
    boolean unknown = solve.asked() instanceof Wanted.Occurrence && segments.saved() == 0;
    if (!unknown) {
      new HybridForward(solve, segments, call).run();
    }
  }

  private static List<Shape> operands(Call call) {
    return List.of(
        call.shape(Setting.INITIAL), call.shape(Setting.PARAMETERS), call.shape(Setting.TIMES));
  }
}
