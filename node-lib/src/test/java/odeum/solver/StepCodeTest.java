package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import odeum.graph.Tracer;
import odeum.simd.Stages;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of generated code are those of stages computed one by one, bit for bit. */
class StepCodeTest {
  private static final VectorField FORCED =
      (t, y, p) -> {
        Tracer x = y.get(0);
        Tracer v = y.get(1);
        Tracer w = y.get(2);
        Tracer push = t.times(p.get("omega")).sin().times(p.get("omega").square());
        Tracer force = push.minus(x.tanh()).minus(v.times(0.2));
        return Tracer.stack(v.plus(w.sin().times(0.1)), force, x.times(v).minus(w.times(0.3)));
      };

  private static final Structure OMEGA = Structure.EMPTY.and("omega", Shape.of());

  private static OdeTerm term() {
    TracedField field = TracedField.of(FORCED, Shape.of(3), OMEGA);
    OdeTerm term = OdeTerm.of(field, Tensor.vector(1.3));
    evaluate(term, 3);
    return term;
  }

  /** Evaluates so often that code is generated soon. */
  private static void evaluate(OdeTerm term, int size) {
    Derivative derivative = term.open();
    double[] y = new double[size];
    double[] dy = new double[size];
    for (int i = 0; i < 49_900; i++) {
      derivative.evaluate(0, y, dy);
    }
  }

  /** The same numbers from a derivative that has no code to give. */
  private static OdeTerm withoutCode(OdeTerm term) {
    return term.evaluatedBy(term.open()::evaluate);
  }

  private static Problem problem(OdeTerm term) {
    return Problem.of(term, Tensor.vector(0.5, -1, 0.2), 0, 40);
  }

  private static void same(Integrator integrator, OdeTerm term) {
    Solution expected = integrator.solve(problem(withoutCode(term)));
    for (int solve = 0; solve < 2; solve++) { // the first one gets its code on the way
      Solution got = integrator.solve(problem(term));
      assertEquals(expected.result(), got.result());
      assertEquals(expected.statistics(), got.statistics());
      assertEquals(expected.notes(), got.notes());
      for (String name : expected.names()) {
        assertArrayEquals(expected.values(name), got.values(name));
      }
      for (int i = 0; i <= 100; i++) {
        assertEquals(expected.at(0.4 * i), got.at(0.4 * i));
      }
    }
  }

  private static void hasCode(OdeTerm term, Solver solver) {
    Stages.Scheme scheme = ((ExplicitRungeKutta) solver).tableau().scheme();
    assertTrue(((Stages.Source) term.open()).stages(scheme).isPresent(), "no code was generated");
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#solvers")
  void fixedStepsAreTheSame(Solver solver) {
    assumeTrue(solver instanceof ExplicitRungeKutta);
    OdeTerm term = term();
    same(Integrator.fixed(solver, 0.02), term);
    hasCode(term, solver);
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#adaptiveSolvers")
  void adaptiveStepsAreTheSame(AdaptiveSolver solver) {
    assumeTrue(solver instanceof ExplicitRungeKutta);
    OdeTerm term = term();
    double tolerance = solver.order() < 5 ? 1e-4 : 1e-7;
    Pid pid = Pid.of(tolerance, tolerance);
    same(Integrator.adaptive(solver, pid), term);
    same(Integrator.adaptive(solver, pid.withCoefficients(0.4, 0.3, 0)), term);
    same(Integrator.adaptive(solver, pid).withControlled(2), term);
    hasCode(term, solver);
  }

  @Test
  void otherParametersAreOtherNumbers() {
    TracedField field = TracedField.of(FORCED, Shape.of(3), OMEGA);
    evaluate(OdeTerm.of(field, Tensor.vector(1)), 3);
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-7, 1e-7));
    for (double omega : List.of(1.3, 0.7, 2.0)) {
      same(integrator, OdeTerm.of(field, Tensor.vector(omega)));
    }
  }

  /** A state that leaves the finite numbers ends where it ends without code. */
  @Test
  void failuresAreTheSame() {
    OdeTerm term = OdeTerm.of((t, y, p) -> y.square().plus(t.sin()), 1);
    evaluate(term, 1);
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-11, 1e-11));
    Problem.Of plain = Problem.of(withoutCode(term), Tensor.vector(0.5), 0, 10);
    Solution expected = integrator.solve(plain);
    Solution got = integrator.solve(Problem.of(term, Tensor.vector(0.5), 0, 10));
    assertEquals(expected.result(), got.result());
    assertEquals(expected.message(), got.message());
    assertEquals(expected.statistics(), got.statistics());
    hasCode(term, Solvers.tsit5());
  }
}
