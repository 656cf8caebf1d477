package odeum.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import org.junit.jupiter.api.Test;

class TracerTest {
  private static Graph trace(UnaryOperator<Tracer> function, int... extents) {
    return Graph.trace(List.of(Shape.of(extents)), in -> List.of(function.apply(in.getFirst())));
  }

  @Test
  void equalInstructionsAreOneValue() {
    Graph graph = trace(x -> x.sin().plus(x.sin()).times(x.sin()), 3);
    assertEquals(1, graph.instructions().stream().filter(i -> i.op() instanceof Op.Sin).count());
  }

  @Test
  void shapesAreBroadcastAsInNumPy() {
    assertEquals(Shape.of(4, 3, 2), trace(x -> x.plus(x.get(0)), 4, 3, 2).output(0));
    assertEquals(Shape.of(3, 3), trace(x -> x.reshape(Shape.of(3, 1)).times(x), 3).output(0));
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> trace(x -> x.plus(x.slice(0, 0, 2)), 3))
            .getMessage();
    assertEquals("Shapes (3) and (2) do not fit together.", message);
    assertThrows(IllegalArgumentException.class, () -> trace(x -> x.matmul(x), 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> trace(x -> x.get(3), 3));
    assertThrows(IllegalArgumentException.class, () -> trace(x -> x.get(0).get(0), 3));
    assertThrows(IllegalArgumentException.class, () -> trace(x -> x.reshape(Shape.of(4)), 3));
    assertThrows(
        IllegalArgumentException.class, () -> trace(x -> x.transpose(List.of(0, 0)), 2, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> trace(x -> Tracer.concatenate(0, List.of(x, x.get(0))), 2, 2));
  }

  @Test
  void aTracerIsRefusedOutsideItsFunction() {
    List<Tracer> escaped = new ArrayList<>();
    trace(
        x -> {
          escaped.add(x);
          return x;
        },
        2);
    String message =
        assertThrows(IllegalStateException.class, () -> trace(x -> x.plus(escaped.getFirst()), 2))
            .getMessage();
    assertTrue(message.contains("outside the function it was traced in"), message);
  }

  @Test
  void namedPartsAreFound() {
    Structure structure =
        Structure.EMPTY.and("a", Shape.of()).and("net", Structure.EMPTY.and("w", Shape.of(2, 2)));
    trace(
        flat -> {
          Traced p = new Traced(structure, flat);
          assertEquals(Shape.of(2, 2), p.at("net").get("w").shape());
          assertEquals(Shape.of(), p.get("a").shape());
          assertThrows(IllegalArgumentException.class, () -> p.get("b"));
          return flat;
        },
        5);
  }
}
