package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/** Graphs of random primitives: their derivatives, their batches, and the shorter ways found. */
class DerivativeProperties {
  private static final String SEED = "20261123";

  @Property(tries = 300, seed = SEED)
  void derivativesAgreeWithDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    assertEquals(Optional.empty(), DerivativeCheck.of(graph), graph::toString);
  }

  @Property(tries = 100, seed = SEED)
  void derivativesOfDerivativesAgreeWithDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    assertEquals(Optional.empty(), DerivativeCheck.of(Vjp.of(graph)), graph::toString);
    assertEquals(Optional.empty(), DerivativeCheck.of(Jvp.of(graph)), graph::toString);
  }

  @Property(tries = 100, seed = SEED)
  void hessiansAreSymmetric(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    Graph loss =
        Graph.trace(
            graph.inputs(),
            in -> {
              List<Tracer> out = graph.inline(in);
              return List.of(out.get(0).sin().sum().plus(out.get(1).square().sum()));
            });
    Graph gradient =
        Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    Program hessian = Program.of(Vjp.of(gradient));
    List<Tensor> x = DerivativeCheck.arguments(graph);
    List<Tensor> u = vectors(graph, 5);
    List<Tensor> v = vectors(graph, 6);
    double one = product(hessian, x, u, v);
    double other = product(hessian, x, v, u);
    assertEquals(one, other, 1e-10 * (1 + Math.abs(one)), graph::toString);
  }

  private static List<Tensor> vectors(Graph graph, int key) {
    List<Tensor> vectors = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      vectors.add(RandomKey.of(key).fold(i).normal(graph.inputs().get(i)));
    }
    return vectors;
  }

  private static double product(Program hessian, List<Tensor> x, List<Tensor> u, List<Tensor> v) {
    List<Tensor> inputs = new ArrayList<>(x);
    inputs.addAll(u);
    return DerivativeCheck.dot(DerivativeCheck.flat(hessian.run(inputs)), DerivativeCheck.flat(v));
  }

  @Property(tries = 200, seed = SEED)
  void aBatchIsTheLoopOverSamples(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    VmapTest.check(graph, List.of(true, true));
    VmapTest.check(graph, List.of(true, false));
    VmapTest.check(Vjp.of(graph), List.of(false, true, true, false));
  }

  @Property(tries = 500, seed = SEED)
  void shorterWaysLeadToTheSameBits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    Graph shorter = Graph.trace(graph.inputs(), graph::inline);
    List<Tensor> x = DerivativeCheck.arguments(graph);
    double[] expected = DerivativeCheck.flat(Program.of(graph).run(x));
    double[] actual = DerivativeCheck.flat(Program.of(shorter).run(x));
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      // Adding zero: the sign of a zero may differ.
      assertEquals(expected[i] + 0.0, actual[i] + 0.0, graph::toString);
    }
  }

  @Example
  void everyPrimitiveAppears() {
    Set<String> found = new TreeSet<>();
    for (int seed = 0; seed < 300; seed++) {
      RandomGraphs.graph(seed, 10).instructions().stream()
          .map(i -> i.op().getClass().getSimpleName())
          .forEach(found::add);
    }
    Set<String> all = Cases.primitives(Op.class);
    all.removeAll(Set.of("Implicit", "Print", "StopGradient"));
    assertEquals(all, found);
    assertTrue(all.size() > 30);
  }
}
