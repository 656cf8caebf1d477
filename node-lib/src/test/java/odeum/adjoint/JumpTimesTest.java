package odeum.adjoint;

import static odeum.adjoint.Gradients.agree;
import static odeum.adjoint.Gradients.differences;
import static odeum.adjoint.Gradients.gradient;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
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

/** Gradients through times at which the field jumps: they stay where they are. */
class JumpTimesTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("a", "b"));
  private static final double[] JUMPS = {0.6, 1.1};

  private static final VectorField JUMPING =
      (t, y, p) -> {
        Tracer before = y.get(0).square().times(p.get("a")).plus(t);
        Tracer after = y.get(0).times(p.get("b")).sin();
        Tracer late = t.less(t.constant(Tensor.scalar(JUMPS[1])));
        Tracer early = t.less(t.constant(Tensor.scalar(JUMPS[0])));
        return Tracer.stack(
            Tracer.where(late, before, after), Tracer.where(early, y.get(0), y.get(1).minus(2)));
      };

  private static final List<Tensor> AT =
      List.of(
          Tensor.vector(0.5, 0.2), Tensor.vector(0.6, 1.2), Tensor.vector(-0.1, 0.3, 0.8, 1.6, 2));

  private static Graph states(Integrator integrator, Adjoint adjoint) {
    Solve solve = Solve.of(JUMPING, integrator.withJumpTimes(JUMPS), adjoint);
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(2), Shape.of(5)),
        in -> List.of(solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
  }

  static Stream<Solver> solvers() {
    return Stream.of(
        Solvers.euler(),
        Solvers.rk4(),
        Solvers.bosh3(),
        Solvers.tsit5(),
        Solvers.dopri8(),
        Solvers.kvaerno3());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void theGradientOfTheComputedNumbers(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.064);
    double tolerance = solver instanceof ExplicitRungeKutta ? 1e-8 : 5e-8;
    differences(states(integrator, Adjoint.direct()), AT, tolerance);
    agree(states(integrator, Adjoint.direct()), AT);
  }

  @Test
  void checkpointsChangeNoBit() {
    Tensor bar = RandomKey.of(7).normal(Shape.of(5, 2));
    for (Integrator integrator :
        List.of(
            Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-10, 1e-10)),
            Integrator.fixed(Solvers.kvaerno3(), 0.03))) {
      List<Tensor> direct = gradient(states(integrator, Adjoint.direct()), AT, bar);
      assertEquals(direct, gradient(states(integrator, Adjoint.checkpointed(2)), AT, bar));
    }
  }

  @Test
  void theContinuousAdjointAgrees() {
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-10, 1e-10));
    Tensor bar = RandomKey.of(7).normal(Shape.of(5, 2));
    List<Tensor> direct = gradient(states(integrator, Adjoint.direct()), AT, bar);
    List<Tensor> smooth = gradient(states(integrator, Adjoint.backsolve()), AT, bar);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(smooth.get(i).toArray(), direct.get(i).toArray(), 1e-6);
    }
  }

  /** With the same times all samples share the steps, as without jumps. */
  @Test
  void aBatch() {
    Graph graph = states(Integrator.fixed(Solvers.tsit5(), 0.03), Adjoint.direct());
    Graph batch = Vmap.of(graph, List.of(true, false, false), 2);
    Tensor starts = Tensor.of(Shape.of(2, 2), 0.5, 0.1, 0.2, 0.4);
    Tensor bar = RandomKey.of(3).normal(Shape.of(5, 2, 2));
    List<Tensor> all = gradient(batch, List.of(starts, AT.get(1), AT.get(2)), bar);
    Tensor states = Program.of(batch).run(List.of(starts, AT.get(1), AT.get(2))).getFirst();
    double[] byParameters = new double[2];
    for (int sample = 0; sample < 2; sample++) {
      List<Tensor> one =
          List.of(Tensor.vector(starts.at(sample), starts.at(2 + sample)), AT.get(1), AT.get(2));
      Tensor alone = Program.of(graph).run(one).getFirst();
      double[] bars = new double[10];
      for (int i = 0; i < 10; i++) {
        assertEquals(alone.at(i), states.at(2 * i + sample), 1e-14);
        bars[i] = bar.at(2 * i + sample);
      }
      List<Tensor> own = gradient(graph, one, Tensor.of(Shape.of(5, 2), bars));
      for (int i = 0; i < 2; i++) {
        assertEquals(own.get(0).at(i), all.get(0).at(2 * i + sample), 1e-12);
        byParameters[i] += own.get(1).at(i);
      }
    }
    assertArrayEquals(byParameters, all.get(1).toArray(), 1e-12);
  }
}
