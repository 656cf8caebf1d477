package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.nonlinear.Conditioning;
import odeum.nonlinear.LinearSolver;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.Linearization;
import odeum.term.TracedField;

/**
 * The solution x of {@code J x = b}, or of {@code J' x = b}, where J is the derivative of a field
 * by its state. Operands: state, parameters, b. Its derivatives solve with J again: Giles 2008,
 * "Collected Matrix Derivative Results", doi:10.1007/978-3-540-68942-3_4. NaN where the state is.
 *
 * @param transposed whether the matrix is transposed
 */
record LinearizedSolve(TracedField field, boolean transposed) implements ImplicitFunction {
  private static final int STATE = 0;
  private static final int PARAMETERS = 1;
  private static final int GIVEN = 2;
  private static final int RESULT = 3;
  private static final int BAR = 4;

  @Override
  public String name() {
    return transposed ? "transposed linear solve" : "linear solve";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(GIVEN);
  }

  @Override
  public void evaluate(Call call) {
    double[] y = Setting.operand(call, STATE);
    double[] x = Setting.operand(call, GIVEN);
    if (Arrays.stream(y).allMatch(Double::isFinite)) {
      solve(y, Setting.operand(call, PARAMETERS), x);
    } else {
      Arrays.fill(x, Double.NaN);
    }
    System.arraycopy(x, 0, call.memory(), call.result(), x.length);
  }

  private void solve(double[] y, double[] parameters, double[] x) {
    Linearization linearization = field.linearize(parameters);
    linearization.evaluate(0, y);
    double[] matrix = linearization.stateDerivative();
    if (Conditioning.isSingular(linearization.layout(), matrix)) {
      throw new ArithmeticException(
          "The derivative of the field by its state is singular at the steady state, so how that moves"
              + " with parameters is not defined: something is conserved, or it is a fold. Leave out"
              + " a state that the others and the conserved total give.");
    }
    LinearSolver solver = LinearSolver.of(linearization.layout());
    solver.factorize(matrix);
    if (transposed) {
      solver.solveTransposed(x);
    } else {
      solver.solve(x);
    }
  }

  private Tracer other(List<Tracer> in, Tracer b) {
    LinearizedSolve solve = new LinearizedSolve(field, !transposed);
    return Tracer.implicit(solve, List.of(in.get(STATE), in.get(PARAMETERS), b));
  }

  /** {@code J v} as a graph of state, parameters and v. */
  private Graph product() {
    Graph tangent = Jvp.of(field.graph());
    List<Shape> inputs = field.graph().inputs();
    return Graph.trace(
        List.of(inputs.get(1), inputs.get(2), inputs.get(1)),
        in -> {
          Tracer time = in.getFirst().constant(0);
          Tracer still = in.getFirst().constant(Tensor.zeros(inputs.get(2)));
          return List.of(
              tangent
                  .inline(List.of(time, in.get(0), in.get(1), time, in.get(2), still))
                  .getLast());
        });
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    List<Integer> by = List.copyOf(wanted);
    return new GraphFunction("gradient of " + name(), shapes -> pull(shapes, by));
  }

  private Graph pull(List<Shape> shapes, List<Integer> wanted) {
    Graph product = product();
    return Graph.trace(
        shapes,
        in -> {
          Tracer bar = other(in, in.get(BAR));
          Tracer left = transposed ? in.get(RESULT) : bar;
          Tracer right = transposed ? bar : in.get(RESULT);
          List<Tracer> arguments = List.of(in.get(STATE), in.get(PARAMETERS), right);
          List<Tracer> moved =
              Vjp.pull(product, arguments, List.of(left.unaryMinus()), List.of(STATE, PARAMETERS));
          return List.of(
              Tracer.concatenate(
                  0,
                  wanted.stream()
                      .map(operand -> (operand == GIVEN ? bar : moved.get(operand)).flatten())
                      .toList()));
        });
  }

  @Override
  public ImplicitFunction pushforward() {
    return new GraphFunction("tangent of " + name(), this::push);
  }

  private Graph push(List<Shape> shapes) {
    Graph matrix = transposed ? transposedProduct() : product();
    return Graph.trace(
        shapes,
        in -> {
          List<Tracer> arguments = List.of(in.get(STATE), in.get(PARAMETERS), in.get(RESULT));
          List<Tracer> tangents =
              List.of(
                  in.get(RESULT + 1 + STATE),
                  in.get(RESULT + 1 + PARAMETERS),
                  in.getFirst().constant(Tensor.zeros(shapes.get(GIVEN))));
          Tracer moved = Jvp.push(matrix, arguments, tangents).getLast();
          Tracer b = in.get(RESULT + 1 + GIVEN).minus(moved);
          return List.of(Tracer.implicit(this, List.of(in.get(STATE), in.get(PARAMETERS), b)));
        });
  }

  /** {@code J' v} as a graph of state, parameters and v. */
  private Graph transposedProduct() {
    Graph product = product();
    return Graph.trace(
        product.inputs(),
        in -> {
          Tracer any = in.getFirst().constant(Tensor.zeros(product.inputs().get(2)));
          List<Tracer> arguments = List.of(in.get(STATE), in.get(PARAMETERS), any);
          return Vjp.pull(product, arguments, List.of(in.get(GIVEN)), List.of(GIVEN));
        });
  }
}
