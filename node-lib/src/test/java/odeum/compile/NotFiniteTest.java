package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The operation that made a result NaN or infinite. */
class NotFiniteTest {
  private static Optional<NotFinite> find(UnaryOperator<Tracer> function, double... x) {
    Tensor input = Tensor.vector(x);
    Graph graph = Graph.trace(List.of(input.shape()), in -> List.of(function.apply(in.getFirst())));
    return NotFinite.find(graph, List.of(input));
  }

  private static String clause(UnaryOperator<Tracer> function, double... x) {
    return find(function, x).orElseThrow().clause();
  }

  @Test
  void namesTheOperationAndItsOperands() {
    assertEquals("first NaN: log of -0.003", clause(x -> x.log().sin(), 1, -0.003));
    assertEquals("first infinite value: log of 0", clause(x -> x.log().exp().log(), 0));
    assertEquals("first NaN: square root of -2", clause(x -> x.sqrt().sum(0), 1, -2));
    assertEquals("first infinite value: exp of 800", clause(x -> x.exp().minus(1), 800));
    assertEquals(
        "first infinite value: division of 3 by 0",
        clause(x -> x.get(0).div(x.get(1)).cos(), 3, 0));
    assertEquals(
        "first infinite value: product of 1.235e200 and 1e300",
        clause(x -> x.get(0).times(x.get(1)), 1.2345e200, 1e300));
    assertEquals(
        "first NaN: power of -8 with the exponent 0.3333",
        clause(x -> x.get(0).pow(x.get(1)), -8, 1 / 3.0));
    assertEquals("first NaN: an input", clause(x -> x.times(2), Double.NaN));
  }

  @Test
  void findsNothingInFiniteResults() {
    assertFalse(find(x -> x.exp(), 700).isPresent());
    // Infinite on the way, but not in the end.
    assertFalse(find(x -> x.constant(1).div(x.exp()), 800).isPresent());
  }

  /** What does not reach the result is not blamed, though it comes first. */
  @Test
  void blamesOnlyWhatReachesTheResult() {
    assertEquals(
        "first NaN: square root of -1",
        clause(
            x -> {
              Tracer unused = x.log();
              return Tracer.where(x.less(x.constant(0).broadcast(x.shape())), x.sqrt(), unused);
            },
            -1));
  }

  @Test
  void saysWhichLayer() {
    Structure names =
        Structure.EMPTY
            .and("f.0.weight", Shape.of(2, 1))
            .and("f.0.bias", Shape.of(2))
            .and("f.2.weight", Shape.of(1, 2))
            .and("f.2.bias", Shape.of(1));
    Graph graph =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(names.size())),
            in -> {
              Traced p = new Traced(names, in.get(1));
              Tracer hidden = p.get("f.0.weight").matmul(in.get(0)).plus(p.get("f.0.bias")).tanh();
              Tracer last = p.get("f.2.weight").matmul(hidden).plus(p.get("f.2.bias"));
              return List.of(last.exp());
            });
    List<Tensor> inputs = List.of(Tensor.vector(1), Tensor.vector(1, 1, 0, 0, 1e3, 0, 0));
    NotFinite found = NotFinite.find(graph, inputs, 1, names).orElseThrow();
    assertEquals("net f, layer 2, after exp of 761.6", found.words());
    assertTrue(found.op() instanceof Op.Exp);
    inputs = List.of(Tensor.vector(1e200), Tensor.vector(1e200, 1, 0, 0, 1, 0, 0));
    // An infinite value that tanh makes finite again does no harm.
    assertEquals(Optional.empty(), NotFinite.find(graph, inputs, 1, names));
    inputs = List.of(Tensor.vector(1e200), Tensor.vector(1e200, 0, -1e200, 0, 1e308, 1e308, 1e308));
    found = NotFinite.find(graph, inputs, 1, names).orElseThrow();
    assertEquals("net f, layer 2, after sum of 1e308 and 1e308", found.words());
  }
}
