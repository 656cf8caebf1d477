package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;

/** Costs of a solve against their closed forms, which linear fields have. */
class CostedSolveTest {
  private static final Structure MATRIX = Structure.EMPTY.and("a", Shape.of(2, 2));
  private static final VectorField LINEAR = (t, y, p) -> p.get("a").matmul(y);
  private static final Integrator FINE = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-11, 1e-12));
  private static final Integrator COARSE = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-4, 1e-6));
  private static final Tensor SPAN = Tensor.vector(0, 1.5);

  private interface Cost {
    Tracer of(CostedSolve solve, Traced p, Tracer y0, Tracer times);
  }

  private static Graph graph(VectorField field, Integrator integrator, Adjoint adjoint, Cost cost) {
    CostedSolve solve = CostedSolve.of(field, integrator, adjoint);
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(4), Shape.of(2)),
        in -> List.of(cost.of(solve, new Traced(MATRIX, in.get(1)), in.get(0), in.get(2))));
  }

  private static double value(Cost cost, double... matrix) {
    List<Tensor> at = List.of(Tensor.vector(1, -0.5), Tensor.vector(matrix), SPAN);
    return Program.of(graph(LINEAR, FINE, Adjoint.direct(), cost)).run(at).getFirst().scalar();
  }

  private static Cost of(RunningCost cost) {
    return (solve, p, y0, times) -> solve.apply(p, y0, times, cost).cost(0).sum();
  }

  private static double growth(double rate) {
    return Math.expm1(rate * 1.5) / rate;
  }

  @Test
  void theKineticEnergyOfALinearFieldIsKnown() {
    // y = (e^at, -e^bt / 2): the integral of (a e^at)^2 + (b e^bt / 2)^2.
    double expected = 0.09 * growth(0.6) + 0.25 * 0.49 * growth(-1.4);
    assertEquals(expected, value(of(RunningCost.kinetic()), 0.3, 0, 0, -0.7), 1e-9);
  }

  @Test
  void theWayOfEachValueIsKnown() {
    double expected = Math.abs(Math.exp(0.45) - 1) + 0.5 * Math.abs(Math.exp(-1.05) - 1);
    assertEquals(expected, value(of(RunningCost.speed()), 0.3, 0, 0, -0.7), 1e-9);
  }

  @Test
  void theJacobianOfALinearFieldIsItsMatrixAtAllTimes() {
    double[] a = {0.3, -1.1, 0.4, -0.7};
    double sum = 0;
    for (double second : new double[] {1, -1}) {
      Cost cost =
          (solve, p, y0, times) -> {
            RunningCost estimate = RunningCost.jacobian(y0.constant(Tensor.vector(1, second)));
            return solve.apply(p, y0, times, estimate).cost(0);
          };
      double one = value(cost, a);
      double first = a[0] + second * a[1];
      double other = a[2] + second * a[3];
      assertEquals(1.5 * (first * first + other * other), one, 1e-9);
      sum += one;
    }
    // The mean over all signs is the square of the Frobenius norm: a coin of two sides has all.
    double frobenius = Arrays.stream(a).map(v -> v * v).sum();
    assertEquals(1.5 * frobenius, sum / 2, 1e-9);
  }

  @Test
  void unrestIsTheLengthOfTheFurtherWay() {
    Cost cost = (solve, p, y0, times) -> solve.unrest(p, y0, times);
    double first = Math.exp(0.45) - 1;
    double second = 0.5 * (Math.exp(-1.05) - 1);
    assertEquals(Math.hypot(first, second), value(cost, 0.3, 0, 0, -0.7), 1e-9);
    assertEquals(0, value(cost, 0, 0, 0, 0), 0);
  }

  private static final VectorField CURVED =
      (t, y, p) -> p.get("a").matmul(y).tanh().minus(y.times(0.2)).plus(t.times(0.1));

  private static final Cost ALL =
      (solve, p, y0, times) -> {
        Tracer noise = y0.constant(Tensor.vector(1, -1));
        CostedSolve.Outcome way =
            solve.apply(
                p,
                y0,
                times,
                RunningCost.kinetic(),
                RunningCost.jacobian(noise),
                RunningCost.speed(),
                moment -> moment.t().times(moment.y().get(0)));
        Tracer sum = way.end().square().sum();
        for (int i = 0; i < 4; i++) {
          sum = sum.plus(way.cost(i).sum().times(i + 0.5));
        }
        return sum;
      };

  @Test
  void gradientsAgreeWithFiniteDifferencesAndWithEachOther() {
    List<Tensor> at = List.of(Tensor.vector(0.8, -0.5), Tensor.vector(0.9, -1.3, 1.1, 0.4), SPAN);
    Graph loss = graph(CURVED, FINE, Adjoint.direct(), ALL);
    double[] gradient = GradientCheck.gradient(loss, at);
    GradientCheck.near(
        GradientCheck.gradient(graph(CURVED, FINE, Adjoint.backsolve(), ALL), at), gradient, 1e-6);
    Program program = Program.of(loss);
    int position = 0;
    for (int input = 0; input < at.size(); input++) {
      for (int i = 0; i < at.get(input).size(); i++) {
        double up = moved(program, at, input, i, 1e-5);
        double down = moved(program, at, input, i, -1e-5);
        assertEquals((up - down) / 2e-5, gradient[position], 2e-6, input + ", " + i);
        position++;
      }
    }
  }

  private static double moved(Program program, List<Tensor> at, int input, int i, double by) {
    List<Tensor> inputs = new ArrayList<>(at);
    double[] values = at.get(input).toArray();
    values[i] += by;
    inputs.set(input, Tensor.vector(values));
    return program.run(inputs).getFirst().scalar();
  }

  private static Graph end(boolean costed, int samples) {
    Graph one =
        Graph.trace(
            List.of(Shape.of(2), Shape.of(4), Shape.of(2)),
            in -> {
              Traced p = new Traced(MATRIX, in.get(1));
              RunningCost large = moment -> moment.t().times(40).sin().times(1e3);
              return List.of(
                  costed
                      ? CostedSolve.of(CURVED, COARSE, Adjoint.direct())
                          .apply(p, in.get(0), in.get(2), large, RunningCost.kinetic())
                          .end()
                      : Solve.of(CURVED, COARSE, Adjoint.direct())
                          .apply(p, in.get(0), in.get(2))
                          .get(1));
            });
    return samples == 1 ? one : Vmap.of(one, List.of(true, false, false), samples);
  }

  /** Otherwise a cost that swings would make the steps small, and change the states' bits. */
  @Test
  void costsDoNotChooseTheStepsAloneOrInABatch() {
    for (int samples : new int[] {1, 3}) {
      Shape shape = samples == 1 ? Shape.of(2) : Shape.of(2, samples);
      Tensor starts = RandomKey.of(4).normal(shape);
      List<Tensor> at = List.of(starts, Tensor.vector(2, -3, 1, 0.5), SPAN);
      double[] costed = Program.of(end(true, samples)).run(at).getFirst().toArray();
      assertArrayEquals(
          Program.of(end(false, samples)).run(at).getFirst().toArray(), costed, samples + "");
      assertFalse(Arrays.stream(costed).anyMatch(Double::isNaN));
    }
  }

  @Test
  void aStateMayHaveAnyShape() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(2, 3)),
            in -> {
              Tracer y0 = in.getFirst();
              Traced none = new Traced(Structure.EMPTY, y0.constant(Tensor.vector()));
              CostedSolve.Outcome way =
                  CostedSolve.of((t, y, p) -> y.times(-1), FINE, Adjoint.direct())
                      .apply(none, y0, y0.constant(Tensor.vector(0, 1, 2)), RunningCost.speed());
              return List.of(way.states(), way.cost(0));
            });
    Tensor ones = Tensor.full(Shape.of(2, 3), 1);
    List<Tensor> out = Program.of(graph).run(List.of(ones));
    assertEquals(Shape.of(3, 2, 3), out.get(0).shape());
    assertEquals(Math.exp(-1), out.get(0).get(1, 1, 2), 1e-9);
    assertEquals(Shape.of(2, 3), out.get(1).shape());
    assertEquals(1 - Math.exp(-2), out.get(1).get(1, 0), 1e-9);
  }
}
