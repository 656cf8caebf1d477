package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.simd.Elementary;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equations as text, solved. */
class SolvedEquationsTest {
  private static final Integrator FINE =
      Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-12, 1e-14));

  @ParameterizedTest
  @CsvSource({
    "euler, 0.351569039101689",
    "midpoint, 0.384015618995821",
    "heun, 0.383992785370135",
    "rk4, 0.383305135532242",
    "rk4-38, 0.383304820442342",
    "dopri5, 0.383304995862581"
  })
  void growthThatSwings(String solver, double last) {
    Ode ode = Ode.parse("y' = y*cos(t)\ninit y = 1\ntime 0 .. 5");
    Solution solution = Integrator.fixed(Solvers.named(solver), 0.1).solve(ode);
    assertEquals(last, solution.last("y"), 5e-15);
  }

  @Test
  void textAndTracersGiveTheSameBits() {
    Ode text =
        Ode.parse(
            """
            x' = a*x - b*x*y
            y' = -c*y + d*x*y
            param a = 1.5, b = 1, c = 3, d = 1
            init x = 1, y = 1""");
    Structure names = Structure.ofNumbers(List.of("a", "b", "c", "d"));
    TracedField field =
        TracedField.of(
            (t, y, p) -> {
              Tracer prey = y.get(0);
              Tracer hunter = y.get(1);
              return Tracer.stack(
                  p.get("a").times(prey).minus(p.get("b").times(prey).times(hunter)),
                  p.get("c").unaryMinus().times(hunter).plus(p.get("d").times(prey).times(hunter)));
            },
            Shape.of(2),
            names);
    OdeTerm term = OdeTerm.of(field, Tensor.vector(1.5, 1, 3, 1));
    Integrator integrator = Integrator.of(Solvers.tsit5());
    Solution java = integrator.solve(Problem.of(term, Tensor.vector(1, 1), 0, 10));
    Solution equations = integrator.solve(text, 0, 10);
    assertArrayEquals(java.values("y1"), equations.values("y"));
    assertArrayEquals(java.times(), equations.times());
  }

  @Test
  void aStopEndsTheSolveAndLetsAreRead() {
    Ode fall =
        Ode.parse(
            """
            x'' = -8
            init x = x0, x' = 0
            param x0 = 3
            let energy = x'^2/2 + 8*x
            event ground: x = 0 falling: stop
            time 0 .. 2""");
    Solution solution = FINE.solve(fall);
    double end = Math.sqrt(0.75);
    assertEquals("ground", solution.events().getFirst().name());
    assertEquals(end, solution.times()[solution.size() - 1], 1e-12);
    assertEquals(-8 * end, solution.last("x'"), 1e-11);
    assertEquals(24, solution.last("energy"), 1e-11);
    assertEquals(0.5, FINE.solve(fall.with("x0", 1)).events().getFirst().time(), 1e-12);
  }

  @Test
  void theTimeOfAStopHasADerivativeByTheStart() {
    Ode fall = Ode.parse("x'' = -8\ninit x = x0, x' = 0\nparam x0 = 3\nevent x = 0: stop");
    Structure names = fall.parameters();
    Solve solve = Solve.of(fall.field(), FINE, Adjoint.direct());
    Graph time =
        Graph.trace(
            List.of(Shape.of(1)),
            in -> {
              Traced p = new Traced(names, in.getFirst());
              Tracer span = p.flat().constant(Tensor.vector(0, 2));
              return List.of(
                  solve.untilEvent(fall.events().getFirst(), p, fall.initial(p), span).get(0));
            });
    Program slope = Program.of(Vjp.of(time));
    assertEquals(
        0.1443375673,
        slope.run(List.of(Tensor.vector(3), Tensor.scalar(1))).getFirst().at(0),
        5e-11);
    assertEquals(
        0.25, slope.run(List.of(Tensor.vector(1), Tensor.scalar(1))).getFirst().at(0), 1e-11);
  }

  @Test
  void backwardInTime() {
    Ode decay = Ode.parse("x' = -k*x\ninit x = 1\nconst k = 2\ntime 1 .. -1");
    assertEquals(Elementary.exp(4), FINE.solve(decay).last("x"), 1e-9);
  }

  @Test
  void withoutASpanTheSolveSaysWhatToAdd() {
    Ode ode = Ode.parse("decay", "x' = -x\ninit x = 1");
    assertEquals(
        "decay has no time span. Add a line: time 0 .. 10",
        assertThrows(IllegalStateException.class, () -> FINE.solve(ode)).getMessage());
  }
}
