package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.EmbeddedRungeKutta;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through a solve, by every method, against central differences of the same solve. */
class SolveGradientTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("a", "b", "force"));
  private static final Tensor PARAMETERS = Tensor.vector(1.3, 0.7, 0.4);
  private static final Tensor INITIAL = Tensor.vector(1.1, 0.8);

  /** Predator and prey under a force that depends on time, so that every path is used. */
  private static final VectorField FORCED =
      (t, y, p) -> {
        Tracer meeting = y.get(0).times(y.get(1));
        return Tracer.stack(
            y.get(0).times(p.get("a")).minus(meeting).plus(p.get("force").times(t.sin())),
            meeting.times(p.get("b")).minus(y.get(1)).plus(t.square().times(0.1)));
      };

  static Stream<Solver> solvers() {
    return Solvers.all().stream().filter(ExplicitRungeKutta.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void agreesWithFiniteDifferences(Solver solver) {
    check(Integrator.fixed(solver, 0.13), Tensor.vector(0.2, 0.35, 0.5, 0.9, 1.21));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void agreesWithFiniteDifferencesBackwardInTime(Solver solver) {
    check(Integrator.fixed(solver, 0.13), Tensor.vector(1.21, 0.9, 0.4, 0.2));
  }

  private static void check(Integrator integrator, Tensor times) {
    Graph loss = loss(integrator, times.size());
    List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
    Program value = Program.of(loss);
    ToDoubleFunction<List<Tensor>> f = in -> value.run(in).getFirst().scalar();
    List<Tensor> gradient = Program.of(gradient(loss)).run(at);
    for (int input = 0; input < at.size(); input++) {
      for (int i = 0; i < at.get(input).size(); i++) {
        double expected = difference(f, at, input, i);
        double actual = gradient.get(input).at(i);
        String where = integrator.solver().name() + ", input " + input + ", value " + i;
        assertEquals(expected, actual, 1e-8 * (1 + Math.abs(expected)), where);
      }
    }
    forwardAgreesWithReverse(loss, at, gradient);
  }

  private static void forwardAgreesWithReverse(Graph loss, List<Tensor> at, List<Tensor> gradient) {
    List<Tensor> inputs = new java.util.ArrayList<>(at);
    double expected = 0;
    for (int input = 0; input < at.size(); input++) {
      Tensor direction = RandomKey.of(input).normal(at.get(input).shape());
      inputs.add(direction);
      for (int i = 0; i < direction.size(); i++) {
        expected += direction.at(i) * gradient.get(input).at(i);
      }
    }
    double actual = Program.of(Jvp.of(loss)).run(inputs).get(1).scalar();
    assertEquals(expected, actual, 1e-12 * (1 + Math.abs(expected)));
  }

  /** A loss that weighs every saved value differently. */
  private static Graph loss(Integrator integrator, int times) {
    Solve solve = Solve.of(FORCED, integrator, Adjoint.direct());
    Tensor weights = RandomKey.of(5).normal(Shape.of(times, 2));
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(3), Shape.of(times)),
        in -> {
          Tracer states = solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2));
          return List.of(states.square().times(states.constant(weights)).sum());
        });
  }

  private static Graph gradient(Graph loss) {
    return Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
  }

  /** Five-point central difference. */
  private static double difference(
      ToDoubleFunction<List<Tensor>> f, List<Tensor> at, int input, int i) {
    double h = 1e-3;
    double near =
        f.applyAsDouble(moved(at, input, i, h)) - f.applyAsDouble(moved(at, input, i, -h));
    double far =
        f.applyAsDouble(moved(at, input, i, 2 * h)) - f.applyAsDouble(moved(at, input, i, -2 * h));
    return (8 * near - far) / (12 * h);
  }

  private static List<Tensor> moved(List<Tensor> at, int input, int i, double by) {
    double[] values = at.get(input).toArray();
    values[i] += by;
    List<Tensor> result = new java.util.ArrayList<>(at);
    result.set(input, Tensor.vector(values));
    return result;
  }

  @Test
  void adaptiveGradientIsTheTrueOne() {
    for (Solver solver : Solvers.all()) {
      if (solver instanceof EmbeddedRungeKutta adaptive && solver.order() > 3) {
        exponential(Integrator.adaptive(adaptive, Pid.of(1e-9, 1e-12)));
      }
    }
  }

  private static void exponential(Integrator integrator) {
    VectorField field = (t, y, p) -> y.times(p.get("a"));
    Structure names = Structure.ofNumbers(List.of("a"));
    Solve solve = Solve.of(field, integrator, Adjoint.direct());
    Graph end =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(1), Shape.of(2)),
            in -> {
              Tracer y = solve.apply(new Traced(names, in.get(1)), in.get(0), in.get(2));
              return List.of(y.get(1).sum());
            });
    List<Tensor> at = List.of(Tensor.vector(2), Tensor.vector(-0.6), Tensor.vector(0.5, 3));
    List<Tensor> gradient = Program.of(gradient(end)).run(at);
    double decay = StrictMath.exp(-0.6 * 2.5);
    assertEquals(decay, gradient.get(0).at(0), 1e-7);
    assertEquals(2 * 2.5 * decay, gradient.get(1).at(0), 1e-7);
    assertEquals(1.2 * decay, gradient.get(2).at(0), 1e-7);
    assertEquals(-1.2 * decay, gradient.get(2).at(1), 1e-7);
  }

  @Test
  void aFailedSolveIsNotANumber() {
    Solve solve =
        Solve.of((t, y, p) -> y.square(), Integrator.of(Solvers.tsit5()), Adjoint.direct());
    Graph graph =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(3)),
            in -> List.of(solve.apply(none(in.getFirst()), in.get(0), in.get(1)).sum()));
    List<Tensor> at = List.of(Tensor.vector(1), Tensor.vector(0, 0.5, 2));
    assertTrue(Double.isNaN(Program.of(graph).run(at).getFirst().scalar()));
    assertTrue(Double.isNaN(Program.of(gradient(graph)).run(at).getFirst().at(0)));
  }

  @Test
  void secondDerivativesAreRefused() {
    Graph loss = loss(Integrator.fixed(Solvers.rk4(), 0.1), 3);
    assertThrows(UnsupportedOperationException.class, () -> Jvp.of(gradient(loss)));
  }

  private static Traced none(Tracer anchor) {
    return new Traced(Structure.EMPTY, anchor.constant(Tensor.vector()));
  }
}
