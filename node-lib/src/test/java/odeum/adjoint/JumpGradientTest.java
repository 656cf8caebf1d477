package odeum.adjoint;

import static odeum.adjoint.GradientCheck.differences;
import static odeum.adjoint.GradientCheck.forwardAgrees;
import static odeum.adjoint.GradientCheck.gradient;
import static odeum.adjoint.GradientCheck.loss;
import static odeum.adjoint.GradientCheck.near;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.Stream;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.OneStepMethod;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.solver.SymplecticMethod;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of solves whose steps end at given times, some of which are jumps of the field. */
class JumpGradientTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("p", "q"));
  private static final Tensor PARAMETERS = Tensor.vector(0.7, 1.3);
  private static final List<Adjoint> EXACT =
      List.of(
          Adjoint.direct(),
          Adjoint.checkpointed(),
          Adjoint.checkpointed(1),
          Adjoint.checkpointed(3));

  /** Before t = 1 nothing drives; the value itself decays throughout. */
  private static final VectorField SWITCHED =
      (t, y, p) -> {
        Tracer drive = Tracer.where(t.less(t.constant(1)), t.constant(0), t.cos());
        return y.times(p.get("q")).times(y).times(-1).plus(drive.times(p.get("p")));
      };

  private static final VectorField STEP =
      (t, y, p) ->
          Tracer.where(t.less(t.constant(1)), t.constant(0), p.get("p")).reshape(y.shape());

  static Stream<Solver> solvers() {
    return Solvers.all().stream()
        .filter(OneStepMethod.class::isInstance)
        .filter(solver -> !(solver instanceof SymplecticMethod));
  }

  private static Integrator fixed(Solver solver) {
    return Integrator.fixed(solver, 0.07).withJumpTimes(1).withStepTimes(0.4, 1.23);
  }

  /** By the start, the parameters, and all times: the jump stays where it is. */
  @ParameterizedTest
  @MethodSource("solvers")
  void theGradientOfTheComputedNumbers(Solver solver) {
    for (Tensor times :
        List.of(Tensor.vector(0.02, 0.5, 0.83, 1.31, 2.03), Tensor.vector(1.9, 1.3, 0.83, 0.11))) {
      List<Tensor> at = List.of(Tensor.vector(0.15), PARAMETERS, times);
      Graph direct =
          loss(Solve.of(SWITCHED, fixed(solver), Adjoint.direct()), NAMES, 1, times.size());
      double[] gradient = gradient(direct, at);
      near(differences(direct, at), gradient, 1e-8);
      forwardAgrees(direct, at, gradient, 1e-11);
      for (Adjoint adjoint : EXACT) {
        Graph loss = loss(Solve.of(SWITCHED, fixed(solver), adjoint), NAMES, 1, times.size());
        assertArrayEquals(gradient, gradient(loss, at), adjoint.toString());
      }
    }
  }

  /** y' = 0 before 1 and p after it, so y(2) = y0 + p (2 - 1), whenever it starts. */
  @ParameterizedTest
  @MethodSource("solvers")
  void theClosedFormOfAStep(Solver solver) {
    if (solver.equals(Solvers.kvaerno5())) {
      return; // its third stage lies beyond its step, so its steps before a jump become small
    }
    Integrator integrator =
        solver instanceof AdaptiveSolver adaptive
            ? Integrator.adaptive(adaptive, Pid.of(1e-6, 1e-6))
            : Integrator.fixed(solver, 0.3);
    for (Adjoint adjoint : EXACT) {
      Solve solve = Solve.of(STEP, integrator.withJumpTimes(1), adjoint);
      Graph end =
          Graph.trace(
              List.of(Shape.of(1), Shape.of(2), Shape.of(2)),
              in -> {
                Traced p = new Traced(NAMES, in.get(1));
                return List.of(solve.apply(p, in.get(0), in.get(2)).get(1).sum());
              });
      List<Tensor> at = List.of(Tensor.vector(0.5), PARAMETERS, Tensor.vector(0.2, 2));
      near(new double[] {1, 1, 0, 0, 0.7}, gradient(end, at), 1e-13);
      List<Tensor> back = List.of(Tensor.vector(0.5), PARAMETERS, Tensor.vector(2, 0.2));
      near(new double[] {1, -1, 0, -0.7, 0}, gradient(end, back), 1e-13);
    }
  }
}
