package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body falls from rest with x'' = -g: it hits the floor at sqrt(2 x0 / g). */
class EventGradientTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("g"));
  private static final Shape STATE = Shape.of(2);
  private static final VectorField FALL =
      (t, y, p) -> Tracer.stack(y.get(1), p.get("g").unaryMinus());
  private static final Event FLOOR =
      Event.stop(
          "floor",
          Observable.of(List.of("height"), (t, y, p) -> y.get(0), STATE, NAMES),
          Event.Direction.FALLING);
  private static final Solve SOLVE =
      Solve.of(FALL, Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-8, 1e-10)), Adjoint.direct());

  private static final Graph HIT =
      Graph.trace(
          List.of(STATE, Shape.of(1), Shape.of(2)),
          in ->
              List.of(SOLVE.untilEvent(FLOOR, new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));

  /** The published values are for g = 8; the others are the closed form. */
  @ParameterizedTest
  @CsvSource({"1, 0.5, 0.25", "3, 0.8660254038, 0.1443375673"})
  void timeAndItsDerivative(double height, double time, double byHeight) {
    List<Tensor> at = List.of(Tensor.vector(height, 0), Tensor.vector(8), Tensor.vector(0, 10));
    Tensor hit = Program.of(HIT).run(at).getFirst();
    assertEquals(time, hit.at(0), 5e-11);
    assertEquals(0, hit.at(1), 1e-12);
    assertEquals(-8 * time, hit.at(2), 1e-8);
    Tensor byTime = Tensor.vector(1, 0, 0);
    List<Tensor> gradient = Program.of(Vjp.of(HIT)).run(with(at, byTime));
    assertEquals(byHeight, gradient.get(0).at(0), 5e-11);
    assertEquals(-time / 16, gradient.get(1).at(0), 1e-10, "by g");
    assertEquals(1, gradient.get(2).at(0), 1e-10, "by the start");
    assertEquals(0, gradient.get(2).at(1), 0, "by the end");
    Tensor bySpeed = Tensor.vector(0, 0, 1);
    gradient = Program.of(Vjp.of(HIT)).run(with(at, bySpeed));
    assertEquals(-8 * byHeight, gradient.get(0).at(0), 1e-9);
  }

  @Test
  void forwardAgreesWithReverse() {
    List<Tensor> at = List.of(Tensor.vector(2, 0.3), Tensor.vector(9.81), Tensor.vector(0.5, 10));
    Tensor v = Tensor.vector(0.3, -1.1, 0.7);
    List<Tensor> gradient = Program.of(Vjp.of(HIT)).run(with(at, v));
    List<Tensor> tangents =
        List.of(Tensor.vector(0.2, -0.4), Tensor.vector(0.9), Tensor.vector(0.6, -0.2));
    Tensor moved = Program.of(Jvp.of(HIT)).run(with(at, tangents.toArray(Tensor[]::new))).get(1);
    double expected = 0;
    for (int input = 0; input < 3; input++) {
      expected += dot(gradient.get(input), tangents.get(input));
    }
    assertEquals(expected, dot(v, moved), 1e-12);
  }

  @Test
  void checkpointsChangeNoBit() {
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-8, 1e-10));
    Solve few = Solve.of(FALL, integrator, Adjoint.checkpointed(2));
    Graph hit =
        Graph.trace(
            HIT.inputs(),
            in ->
                List.of(few.untilEvent(FLOOR, new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
    List<Tensor> at = List.of(Tensor.vector(1, 0.3), Tensor.vector(8), Tensor.vector(1, 10));
    Tensor v = Tensor.vector(0.3, -1.1, 0.7);
    assertEquals(
        Program.of(Vjp.of(HIT)).run(with(at, v)), Program.of(Vjp.of(hit)).run(with(at, v)));
  }

  @Test
  void withoutAnEndItIsRefused() {
    Tensor endless = Tensor.vector(0, Double.POSITIVE_INFINITY);
    List<Tensor> at = List.of(Tensor.vector(1, 0.3), Tensor.vector(8), endless);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Program.of(HIT).run(at)).getMessage();
    assertTrue(message.contains("needs a finite end"), message);
  }

  @Test
  void backsolveIsRefused() {
    Solve back = Solve.of(FALL, Integrator.of(Solvers.tsit5()), Adjoint.backsolve());
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () ->
                Graph.trace(
                    HIT.inputs(),
                    in ->
                        List.of(
                            back.untilEvent(
                                FLOOR, new Traced(NAMES, in.get(1)), in.get(0), in.get(2)))));
    assertTrue(e.getMessage().contains("Adjoint.checkpointed()"), e.getMessage());
  }

  @Test
  void withoutAnEventThereIsNoTime() {
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(8), Tensor.vector(0, 0.1));
    assertTrue(Double.isNaN(Program.of(HIT).run(at).getFirst().at(0)));
  }

  @Test
  void aPlainConditionIsRefused() {
    Event plain = Event.stop("plain", (t, y) -> y[0], Event.Direction.EITHER);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Graph.trace(
                    HIT.inputs(),
                    in ->
                        List.of(
                            SOLVE.untilEvent(
                                plain, new Traced(NAMES, in.get(1)), in.get(0), in.get(2)))));
    assertTrue(e.getMessage().contains("plain condition"), e.getMessage());
  }

  private static List<Tensor> with(List<Tensor> at, Tensor... more) {
    List<Tensor> all = new java.util.ArrayList<>(at);
    all.addAll(List.of(more));
    return all;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.at(i) * b.at(i);
    }
    return sum;
  }
}
