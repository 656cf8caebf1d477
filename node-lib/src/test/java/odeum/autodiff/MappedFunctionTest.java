package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** An algorithm over a batch, and the derivatives of that. */
class MappedFunctionTest {
  private static final int SIZE = 3;
  private static final Shape X = Shape.of(2);
  private static final Shape P = Shape.of(3);

  /** {@code tanh(x_i p_0 + p_1) p_2}, once as primitives, once as an algorithm with a record. */
  private static Graph primitives() {
    return Graph.trace(
        List.of(X, P),
        in -> {
          Tracer p = in.get(1);
          return List.of(in.get(0).times(p.get(0)).plus(p.get(1)).tanh().times(p.get(2)));
        });
  }

  private static Graph algorithm() {
    ImplicitFunction function = new TracedFunction(primitives());
    return Graph.trace(List.of(X, P), in -> List.of(Tracer.implicit(function, in)));
  }

  @Test
  void equalsTheLoopOverSamples() {
    for (List<Boolean> mapped :
        List.of(List.of(true, false), List.of(false, true), List.of(true, true))) {
      VmapTest.check(algorithm(), mapped);
      VmapTest.check(Vjp.of(algorithm()), List.of(mapped.get(0), mapped.get(1), true));
      VmapTest.check(Vjp.of(algorithm()), List.of(mapped.get(0), mapped.get(1), false));
      VmapTest.check(Jvp.of(algorithm()), List.of(mapped.get(0), mapped.get(1), true, false));
    }
    VmapTest.check(Vjp.of(algorithm()), List.of(false, false, true));
  }

  @Test
  void derivativesOfABatchAreThoseOfPrimitives() {
    for (List<Boolean> mapped :
        List.of(List.of(true, false), List.of(false, true), List.of(true, true))) {
      Graph expected = Vmap.of(primitives(), mapped, SIZE);
      Graph actual = Vmap.of(algorithm(), mapped, SIZE);
      same(expected, actual);
      same(Vjp.of(expected), Vjp.of(actual));
      same(Jvp.of(expected), Jvp.of(actual));
      same(Jvp.of(Vjp.of(expected)), Jvp.of(Vjp.of(actual)));
      same(Vjp.of(Vjp.of(expected)), Vjp.of(Vjp.of(actual)));
      same(Vjp.of(Jvp.of(expected)), Vjp.of(Jvp.of(actual)));
    }
  }

  @Test
  void aBatchOfBatches() {
    List<Boolean> x = List.of(true, false);
    List<Boolean> p = List.of(false, true);
    Graph expected = Vmap.of(Vmap.of(primitives(), x, SIZE), p, 2);
    Graph actual = Vmap.of(Vmap.of(algorithm(), x, SIZE), p, 2);
    same(expected, actual);
    same(Vjp.of(expected), Vjp.of(actual));
    same(
        Vmap.of(Vjp.of(Vmap.of(primitives(), x, SIZE)), List.of(false, true, true), 2),
        Vmap.of(Vjp.of(Vmap.of(algorithm(), x, SIZE)), List.of(false, true, true), 2));
  }

  @Test
  void whatWasSummedHasNoThirdDerivative() {
    Graph batch = Vmap.of(algorithm(), List.of(true, false), SIZE);
    Graph second = Vjp.of(Vjp.of(batch));
    String message =
        assertThrows(UnsupportedOperationException.class, () -> Vjp.of(second)).getMessage();
    assertTrue(message.contains("third derivative"), message);
  }

  private static void same(Graph expected, Graph actual) {
    List<Tensor> inputs =
        IntStream.range(0, expected.inputs().size())
            .mapToObj(i -> RandomKey.of(i).normal(expected.inputs().get(i)))
            .toList();
    List<Tensor> values = Program.of(actual).run(inputs);
    List<Tensor> wanted = Program.of(expected).run(inputs);
    assertEquals(wanted.size(), values.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i).shape(), values.get(i).shape());
      for (int j = 0; j < wanted.get(i).size(); j++) {
        assertEquals(wanted.get(i).at(j), values.get(i).at(j), 1e-12);
      }
    }
  }
}
