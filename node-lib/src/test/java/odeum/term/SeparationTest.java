package odeum.term;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import org.junit.jupiter.api.Test;

class SeparationTest {
  private static TracedField field(UnaryOperator<Tracer> rates, int... shape) {
    return TracedField.of((t, y, p) -> rates.apply(y), Shape.of(shape), Structure.EMPTY);
  }

  private static String positions(UnaryOperator<Tracer> rates, int... shape) {
    return field(rates, shape).positions().map(Arrays::toString).orElse("none");
  }

  @Test
  void aPendulumIsSplit() {
    assertEquals(
        "[true, false]", positions(y -> Tracer.stack(y.get(1), y.get(0).sin().unaryMinus()), 2));
    assertEquals(
        "[true, false]",
        positions(y -> Tracer.stack(y.get(1).sin().unaryMinus(), y.get(0)), 2),
        "the first state is the position");
  }

  @Test
  void frictionIsNotSplit() {
    assertEquals(
        "none", positions(y -> Tracer.stack(y.get(1), y.get(0).plus(y.get(1)).unaryMinus()), 2));
    assertEquals(
        "none",
        positions(y -> Tracer.stack(y.get(1), y.get(0).plus(y.get(1).sign()).unaryMinus()), 2),
        "dry friction has no derivative, but a value");
  }

  @Test
  void threeInARingAreNotSplit() {
    assertEquals("none", positions(y -> Tracer.stack(y.get(1), y.get(2), y.get(0)), 3));
  }

  @Test
  void componentsAreSplitOneByOne() {
    assertEquals(
        "[true, true, false, false, true]",
        positions(
            y -> Tracer.stack(y.get(3), y.get(2), y.get(1), y.get(0), y.get(0).constant(1)), 5));
  }

  @Test
  void aChainOfPendulumsIsSplit() {
    boolean[] positions = field(y -> PendulumChain.rates(y, 4), 8).positions().orElseThrow();
    assertArrayEquals(
        new boolean[] {true, true, true, true, false, false, false, false}, positions);
  }

  @Test
  void statesOfAnyShapeAreSplit() {
    assertEquals(
        "[true, true, true, false, false, false]",
        positions(y -> Tracer.stack(y.get(1), y.get(0).unaryMinus()), 2, 3));
    assertEquals(
        "[true, false, true, false, true, false]",
        positions(
            y -> Tracer.concatenate(1, List.of(y.slice(1, 1, 2), y.slice(1, 0, 1).tanh())), 3, 2));
  }

  @Test
  void aRestrictedFieldComputesSomeValues() {
    TracedField pendulum = field(y -> Tracer.stack(y.get(1), y.get(0).sin().unaryMinus()), 2);
    assertArrayEquals(new double[] {3, 0}, at(pendulum, new boolean[] {true, false}, 1, 3));
    double[] all = at(pendulum, new boolean[] {true, true}, 1, 3);
    assertArrayEquals(new double[] {0, all[1]}, at(pendulum, new boolean[] {false, true}, 1, 3));
    assertArrayEquals(new double[2], at(pendulum, new boolean[2], 1, 3));
    assertThrows(IllegalArgumentException.class, () -> pendulum.restricted(new boolean[3]));
  }

  @Test
  void aRestrictedFieldOfAnyShapeComputesSomeValues() {
    TracedField field = field(y -> y.square().plus(1), 2, 2);
    boolean[] row = {false, false, true, true};
    boolean[] column = {true, false, true, false};
    assertArrayEquals(new double[] {0, 0, 10, 17}, at(field, row, 1, 2, 3, 4));
    assertArrayEquals(new double[] {2, 0, 10, 0}, at(field, column, 1, 2, 3, 4));
    assertArrayEquals(
        new double[] {0}, at(field(y -> y.plus(1)), new boolean[] {false}, 1), "one number");
  }

  private static double[] at(TracedField field, boolean[] rows, double... y) {
    double[] dy = new double[y.length];
    field.restricted(rows).open(new double[0]).evaluate(0, y, dy);
    return dy;
  }

  @Test
  void whatARestrictedFieldLeavesOutIsNotComputed() {
    TracedField pendulum = field(y -> Tracer.stack(y.get(1), y.get(0).sin().unaryMinus()), 2);
    assertTrue(needsSine(pendulum.graph()));
    assertTrue(needsSine(pendulum.restricted(new boolean[] {false, true}).graph()));
    assertEquals(false, needsSine(pendulum.restricted(new boolean[] {true, false}).graph()));
    assertEquals(Optional.empty(), field(y -> y, 2).positions().map(Arrays::toString));
  }

  private static boolean needsSine(Graph graph) {
    boolean[] needed = new boolean[graph.instructions().size()];
    needed[graph.outputs().getFirst()] = true;
    boolean found = false;
    for (int i = needed.length - 1; i >= 0; i--) {
      if (needed[i]) {
        graph.instructions().get(i).operands().forEach(operand -> needed[operand] = true);
        found |= graph.instructions().get(i).op() instanceof Op.Sin;
      }
    }
    return found;
  }
}
