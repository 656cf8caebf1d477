package odeum.adjoint;

import static odeum.adjoint.GradientCheck.differences;
import static odeum.adjoint.GradientCheck.forwardAgrees;
import static odeum.adjoint.GradientCheck.gradient;
import static odeum.adjoint.GradientCheck.loss;
import static odeum.adjoint.GradientCheck.near;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.solver.StagedMethod;
import odeum.solver.SymplecticMethod;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through implicit, Rosenbrock, additive and symplectic steps. */
class StagedGradientTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("a", "b", "force"));
  private static final Tensor PARAMETERS = Tensor.vector(1.3, 0.7, 0.4);
  private static final Tensor INITIAL = Tensor.vector(1.1, 0.8);
  private static final List<Tensor> TIMES =
      List.of(Tensor.vector(-0.3, 0.35, 0.5, 0.71, 1.3, 1.6), Tensor.vector(1.61, 0.9, 0.4, -0.2));

  /** Predator and prey under a force that depends on time, so that every path is used. */
  private static final VectorField FORCED =
      (t, y, p) -> {
        Tracer meeting = y.get(0).times(y.get(1));
        return Tracer.stack(
            y.get(0).times(p.get("a")).minus(meeting).plus(p.get("force").times(t.sin())),
            meeting.times(p.get("b")).minus(y.get(1)).plus(t.square().times(0.1)));
      };

  /** A pendulum whose velocity and position are both driven. */
  private static final VectorField SEPARABLE =
      (t, y, p) ->
          Tracer.stack(
              y.get(1).times(p.get("a")).plus(p.get("force").times(t.sin())),
              y.get(0).sin().times(p.get("b")).times(-1).plus(t.square().times(0.1)));

  /** What pulls the values of {@link #FORCED} towards a moving point. */
  private static final VectorField RELAXING =
      (t, y, p) ->
          Tracer.stack(
              y.get(0).minus(y.get(1).sin()).times(p.get("b")).times(-8),
              y.get(1).square().minus(t.cos()).times(p.get("a")).times(-5));

  private static final TracedField SUM =
      TracedField.sum(
          TracedField.of(FORCED, Shape.of(2), NAMES), TracedField.of(RELAXING, Shape.of(2), NAMES));

  private static final List<Adjoint> EXACT =
      List.of(
          Adjoint.direct(),
          Adjoint.checkpointed(),
          Adjoint.checkpointed(1),
          Adjoint.checkpointed(2),
          Adjoint.checkpointed(7),
          Adjoint.checkpointed(1000));

  static Stream<Solver> solvers() {
    return Solvers.all().stream().filter(StagedMethod.class::isInstance);
  }

  static Stream<AdaptiveSolver> stiffSolvers() {
    return solvers().filter(AdaptiveSolver.class::isInstance).map(AdaptiveSolver.class::cast);
  }

  private static Solve solve(Integrator integrator, Adjoint adjoint) {
    boolean separable = integrator.solver() instanceof SymplecticMethod;
    return Solve.of(separable ? SEPARABLE : FORCED, integrator, adjoint);
  }

  /** Fixed steps, so that the differences are those of the very operations. */
  @ParameterizedTest
  @MethodSource("solvers")
  void theGradientOfTheComputedNumbers(Solver solver) {
    checkFixed(TIMES, adjoint -> solve(Integrator.fixed(solver, 0.03), adjoint));
  }

  @Test
  void theGradientThroughBothPartsOfASum() {
    Integrator integrator = Integrator.fixed(Solvers.kencarp4(), 0.03);
    // Backward in time what relaxes explodes.
    checkFixed(TIMES.subList(0, 1), adjoint -> Solve.of(SUM, integrator, adjoint));
  }

  private static void checkFixed(List<Tensor> spans, Function<Adjoint, Solve> solves) {
    for (Tensor times : spans) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(solves.apply(Adjoint.direct()), NAMES, 2, times.size());
      double[] gradient = gradient(direct, at);
      near(differences(direct, at), gradient, 1e-8);
      forwardAgrees(direct, at, gradient, 1e-11);
      for (Adjoint adjoint : EXACT) {
        Graph loss = loss(solves.apply(adjoint), NAMES, 2, times.size());
        assertArrayEquals(gradient, gradient(loss, at), adjoint.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stiffSolvers")
  void adaptiveStepsHaveTheSameBitsWithCheckpoints(AdaptiveSolver solver) {
    Integrator integrator = Integrator.adaptive(solver, Pid.of(1e-4, 1e-6));
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      List<Tensor> tangents = new ArrayList<>(at);
      tangents.addAll(at);
      Graph direct = loss(solve(integrator, Adjoint.direct()), NAMES, 2, times.size());
      double[] gradient = gradient(direct, at);
      forwardAgrees(direct, at, gradient, 1e-11);
      List<Tensor> forward = Program.of(Jvp.of(direct)).run(tangents);
      for (Adjoint adjoint : EXACT) {
        Graph loss = loss(solve(integrator, adjoint), NAMES, 2, times.size());
        Program program = Program.of(gradient(loss));
        for (int repeat = 0; repeat < 2; repeat++) {
          double[] again = GradientCheck.flat(program.run(at));
          assertArrayEquals(gradient, again, adjoint.toString());
        }
        assertEquals(forward, Program.of(Jvp.of(loss)).run(tangents));
      }
    }
  }

  private static double[] precise(List<Tensor> at) {
    Integrator integrator = Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-13));
    return gradient(loss(solve(integrator, Adjoint.direct()), NAMES, 2, at.getLast().size()), at);
  }

  /** The exact gradient of adaptive steps, and the continuous one, near the true one. */
  @ParameterizedTest
  @MethodSource("stiffSolvers")
  void theGradientWithinTheTolerance(AdaptiveSolver solver) {
    double tolerance = solver.order() < 3 ? 1e-6 : solver.order() == 3 ? 1e-8 : 1e-9;
    double allowed = solver.order() == 1 ? 2e-2 : 2e3 * tolerance;
    Integrator integrator = Integrator.adaptive(solver, Pid.of(tolerance, tolerance));
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, Tensor.vector(times.at(0), times.at(3)));
      for (Adjoint adjoint :
          List.of(Adjoint.direct(), Adjoint.backsolve(), Adjoint.backsolve().withSeminorm())) {
        Graph loss = loss(solve(integrator, adjoint), NAMES, 2, 2);
        near(precise(at), gradient(loss, at), allowed);
      }
    }
  }

  /** Samples share their steps; each has the gradient of its own. */
  @ParameterizedTest
  @MethodSource("stiffSolvers")
  void aBatchIsItsSamples(AdaptiveSolver solver) {
    if (solver.order() < 3) {
      return; // too many steps for this tolerance
    }
    Integrator integrator = Integrator.adaptive(solver, Pid.of(1e-9, 1e-10));
    Tensor times = TIMES.getFirst();
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed(3))) {
      Graph one = loss(solve(integrator, adjoint), NAMES, 2, times.size());
      for (boolean own : new boolean[] {false, true}) {
        Graph batch = Vmap.of(one, List.of(true, own, false), 3);
        Graph sum = Graph.trace(batch.inputs(), in -> List.of(batch.inline(in).getFirst().sum()));
        Tensor starts = spread(INITIAL);
        Tensor parameters = own ? spread(PARAMETERS) : PARAMETERS;
        double[] all = gradient(sum, List.of(starts, parameters, times));
        for (int i = 0; i < 3; i++) {
          Tensor start = sample(starts, 2, i);
          Tensor p = own ? sample(parameters, 3, i) : PARAMETERS;
          double[] alone = gradient(one, List.of(start, p, times));
          assertEquals(alone[0], all[i], 1e-5 * (1 + Math.abs(alone[0])));
          assertEquals(alone[1], all[3 + i], 1e-5 * (1 + Math.abs(alone[1])));
          if (own) {
            assertEquals(alone[4], all[6 + 6 + i], 1e-5 * (1 + Math.abs(alone[4])));
          }
        }
      }
    }
  }

  private static Tensor spread(Tensor sample) {
    double[] values = new double[3 * sample.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample.at(i / 3) * (1 + 0.05 * (i % 3));
    }
    return Tensor.of(sample.shape().append(3), values);
  }

  private static Tensor sample(Tensor all, int size, int which) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = all.toArray()[3 * i + which];
    }
    return Tensor.vector(values);
  }
}
