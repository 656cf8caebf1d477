package odeum.adjoint;

import static odeum.adjoint.GradientCheck.forwardAgrees;
import static odeum.adjoint.GradientCheck.gradient;
import static odeum.adjoint.GradientCheck.loss;
import static odeum.adjoint.GradientCheck.near;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;

/** Gradients through a solve that goes over to another method on its way. */
class SwitchingGradientTest {
  private static final Structure RATES = Structure.ofNumbers(List.of("slow", "fast", "back"));
  private static final Tensor VALUES = Tensor.vector(0.04, 3e7, 1e4);

  private static final VectorField ROBERTSON =
      (t, y, p) -> {
        Tracer slow = y.get(0).times(p.get("slow"));
        Tracer net = slow.minus(y.get(1).times(y.get(2)).times(p.get("back")));
        Tracer fast = y.get(1).square().times(p.get("fast"));
        return Tracer.stack(net.times(-1), net.minus(fast), fast);
      };

  /**
   * Of the values at t = 40 by y0, slow, fast, back: scipy's Radau on the variational equations at
   * 1e-11.
   */
  private static final double[][] SENSITIVITIES = {
    {0.7844844958, 0.7212064184, 0.7212128909, -4.247558772, -2.288355089e-09, 1.373080797e-05},
    {
      3.414164123e-06,
      9.548565338e-07,
      9.551080868e-07,
      4.591196249e-05,
      -1.138059509e-13,
      -2.357192114e-10
    },
    {0.21551209, 0.2787926267, 0.278786154, 4.24751286, 2.288468895e-09, -1.373057225e-05}
  };

  private static final Tensor START = Tensor.vector(1, 0, 0);
  private static final Tensor TIMES = Tensor.vector(0, 40);

  private static Integrator integrator(AdaptiveSolver solver, double tolerance) {
    return Integrator.adaptive(solver, Pid.of(tolerance, tolerance * 1e-6));
  }

  private static Graph value(Solve solve, int of) {
    return Graph.trace(
        List.of(Shape.of(3), Shape.of(3), Shape.of(2)),
        in ->
            List.of(
                solve.apply(new Traced(RATES, in.get(1)), in.get(0), in.get(2)).get(1).get(of)));
  }

  @Test
  void robertsonsSensitivities() {
    for (var solver :
        List.of(Solvers.auto(), Solvers.rodas5p(), Solvers.kvaerno5(), Solvers.kencarp4())) {
      for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed())) {
        Solve solve = Solve.of(ROBERTSON, integrator(solver, 1e-8), adjoint);
        for (int of = 0; of < 3; of++) {
          double[] gradient = gradient(value(solve, of), List.of(START, VALUES, TIMES));
          for (int i = 0; i < 6; i++) {
            double expected = SENSITIVITIES[of][i];
            assertEquals(expected, gradient[i], 1e-5 * Math.abs(expected) + 1e-12, of + " by " + i);
          }
        }
      }
    }
  }

  @Test
  void theSolveGoesOverAndItsGradientToo() {
    Integrator integrator = integrator(Solvers.auto(), 1e-6);
    OdeTerm term = OdeTerm.of(TracedField.of(ROBERTSON, Shape.of(3), RATES), VALUES);
    Solution solution = integrator.solve(Problem.of(term, START, 0, 40));
    assertEquals(1, solution.notes().size());
    Tensor times = Tensor.vector(0, 0.01, 0.2, 1, 5, 40);
    List<Tensor> at = List.of(START, VALUES, times);
    Graph direct = loss(Solve.of(ROBERTSON, integrator, Adjoint.direct()), RATES, 3, 6);
    double[] gradient = gradient(direct, at);
    assertNotEquals(0, gradient[0]);
    forwardAgrees(direct, at, gradient, 1e-9);
    for (Adjoint adjoint :
        List.of(Adjoint.checkpointed(), Adjoint.checkpointed(1), Adjoint.checkpointed(10))) {
      Graph loss = loss(Solve.of(ROBERTSON, integrator, adjoint), RATES, 3, 6);
      assertArrayEquals(gradient, gradient(loss, at), adjoint.toString());
      assertArrayEquals(gradient, gradient(loss, at), "again");
    }
    Graph precise =
        loss(
            Solve.of(ROBERTSON, integrator(Solvers.rodas5p(), 1e-9), Adjoint.direct()),
            RATES,
            3,
            6);
    double[] expected = gradient(precise, at);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], gradient[i], 1e-3 * Math.abs(expected[i]) + 1e-9, "value " + i);
    }
  }

  /** Saved at the very end of the step before the solve goes over, and of the first one after. */
  @Test
  void savedTimesWhereItGoesOver() {
    List<Double> ends = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    Integrator integrator = integrator(Solvers.auto(), 1e-6);
    OdeTerm term = OdeTerm.of(TracedField.of(ROBERTSON, Shape.of(3), RATES), VALUES);
    integrator
        .withListener(
            (t, h, y, k, evaluated) -> {
              ends.add(t);
              rows.add(k.length);
            })
        .solve(Problem.of(term, START, 0, 40));
    int first = rows.indexOf(8);
    Tensor times = Tensor.vector(0, ends.get(first - 1), ends.get(first), ends.get(first + 1), 40);
    List<Tensor> at = List.of(START, VALUES, times);
    Graph loss = loss(Solve.of(ROBERTSON, integrator, Adjoint.direct()), RATES, 3, 5);
    double[] gradient = gradient(loss, at);
    forwardAgrees(loss, at, gradient, 1e-9);
    double[] around =
        gradient(
            loss,
            List.of(
                START,
                VALUES,
                Tensor.vector(
                    0,
                    ends.get(first - 1),
                    ends.get(first) * (1 + 1e-9),
                    ends.get(first + 1),
                    40)));
    near(around, gradient, 1e-5);
  }

  @Test
  void whatIsNotStiffHasTheGradientOfTheFirstMethod() {
    VectorField swing = (t, y, p) -> Tracer.stack(y.get(1), y.get(0).times(-1));
    Structure none = Structure.EMPTY;
    List<Tensor> at = List.of(Tensor.vector(1, 0.5), Tensor.vector(), Tensor.vector(0, 1, 3));
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed(2))) {
      Graph auto = loss(Solve.of(swing, Integrator.of(Solvers.auto()), adjoint), none, 2, 3);
      Graph tsit5 = loss(Solve.of(swing, Integrator.of(Solvers.tsit5()), adjoint), none, 2, 3);
      assertArrayEquals(gradient(tsit5, at), gradient(auto, at));
    }
    Graph fixed =
        loss(Solve.of(swing, Integrator.fixed(Solvers.auto(), 0.1), Adjoint.direct()), none, 2, 3);
    near(GradientCheck.differences(fixed, at), gradient(fixed, at), 1e-8);
  }
}
