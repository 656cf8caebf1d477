package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.solver.Problem;
import odeum.solver.SteadyState;
import odeum.solver.SteadyStateFinder;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/**
 * The steady state that a system comes to, in the shape of its state; NaN if it comes to none.
 * Operands: initial state, parameters. By the implicit function theorem {@code J dy + df/dp dp =
 * 0}; where it starts changes nothing. Derivatives are graphs, so they have derivatives in turn.
 */
record SteadyFunction(TracedField field, SteadyStateFinder finder) implements ImplicitFunction {
  private static final int INITIAL = 0;
  private static final int PARAMETERS = 1;
  private static final int RESULT = 2;
  private static final int BAR = 3;

  @Override
  public String name() {
    return "steady state (" + finder.integrator().solver().name() + ")";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(INITIAL);
  }

  @Override
  public void evaluate(Call call) {
    OdeTerm term = OdeTerm.of(field, Tensor.vector(Setting.operand(call, PARAMETERS)));
    Tensor initial = Tensor.vector(Setting.operand(call, INITIAL));
    SteadyState steady = find(finder, term, initial);
    int size = initial.size();
    Arrays.fill(call.memory(), call.result(), call.result() + size, Double.NaN);
    if (steady.isFound()) {
      System.arraycopy(steady.y().toArray(), 0, call.memory(), call.result(), size);
    }
  }

  static SteadyState find(SteadyStateFinder finder, OdeTerm term, Tensor initial) {
    return finder.find(Problem.of(term, initial, 0, Double.POSITIVE_INFINITY));
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    List<Integer> by = List.copyOf(wanted);
    return new GraphFunction("gradient of " + name(), shapes -> pull(shapes, by));
  }

  private Graph pull(List<Shape> shapes, List<Integer> wanted) {
    return Graph.trace(
        shapes,
        in -> List.of(Tracer.concatenate(0, wanted.stream().map(i -> bar(in, i)).toList())));
  }

  private Tracer bar(List<Tracer> in, int operand) {
    if (operand == INITIAL) {
      return in.getFirst().constant(Tensor.zeros(Shape.of(in.get(INITIAL).shape().size())));
    }
    Tracer y = in.get(RESULT);
    Tracer p = in.get(PARAMETERS);
    Tracer adjoint = Tracer.implicit(new LinearizedSolve(field, true), List.of(y, p, in.get(BAR)));
    List<Tracer> arguments = List.of(y.constant(0), y, p);
    List<Tracer> bars = List.of(adjoint.unaryMinus());
    return Vjp.pull(field.graph(), arguments, bars, List.of(2)).getFirst();
  }

  @Override
  public ImplicitFunction pushforward() {
    return new GraphFunction("tangent of " + name(), this::push);
  }

  private Graph push(List<Shape> shapes) {
    return Graph.trace(
        shapes,
        in -> {
          Tracer y = in.get(RESULT);
          Tracer p = in.get(PARAMETERS);
          Tracer time = y.constant(0);
          Tracer still = y.constant(Tensor.zeros(shapes.get(RESULT)));
          List<Tracer> tangents = List.of(time, still, in.get(RESULT + 1 + PARAMETERS));
          Tracer slope = Jvp.push(field.graph(), List.of(time, y, p), tangents).getLast();
          List<Tracer> operands = List.of(y, p, slope.unaryMinus());
          return List.of(Tracer.implicit(new LinearizedSolve(field, false), operands));
        });
  }
}
