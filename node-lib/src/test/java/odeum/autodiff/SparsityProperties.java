package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.Tensor;

/** Graphs of random primitives: what their outputs depend on, and Jacobians computed with that. */
class SparsityProperties {
  private static final String SEED = "20261127";

  @Property(tries = 400, seed = SEED)
  void noDependenceIsLeftOut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    List<Tensor> x = DerivativeCheck.arguments(graph);
    for (int input = 0; input < 2; input++) {
      for (int output = 0; output < 2; output++) {
        double[][] dense = SparsityCheck.dense(graph, x, output, input);
        SparsityPattern pattern = SparsityPattern.of(graph, output, input);
        assertEquals(Optional.empty(), SparsityCheck.of(dense, pattern), graph::toString);
        CompressedJacobian jacobian = CompressedJacobian.of(graph, output, input);
        assertEquals(Optional.empty(), SparsityCheck.of(dense, x, jacobian), graph::toString);
        assertEquals(
            Optional.empty(), SparsityCheck.values(graph, x, output, input), graph::toString);
      }
    }
  }

  @Property(tries = 300, seed = SEED)
  void foldingKeepsTheValues(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    List<Tensor> x = DerivativeCheck.arguments(graph);
    double[] expected = DerivativeCheck.flat(Program.of(graph).run(x));
    double[] actual = DerivativeCheck.flat(Program.of(Folding.of(graph)).run(x));
    assertArrayEquals(expected, actual, 0, graph::toString);
  }

  /** A pattern that is always full would pass above: most entries are there for a reason. */
  @Example
  void fewEntriesAreThereForNothing() {
    int entries = 0;
    int zeros = 0;
    int places = 0;
    for (int seed = 0; seed < 200; seed++) {
      Graph graph = RandomGraphs.graph(seed, 8);
      List<Tensor> x = DerivativeCheck.arguments(graph);
      double[][] dense = SparsityCheck.dense(graph, x, 0, 0);
      SparsityPattern pattern = SparsityPattern.of(graph, 0, 0);
      places += pattern.rows() * pattern.columns();
      for (int i = 0; i < pattern.rows(); i++) {
        for (int j : pattern.row(i)) {
          entries++;
          zeros += dense[i][j] == 0 ? 1 : 0;
        }
      }
    }
    int needless = zeros;
    assertTrue(entries < 0.6 * places, entries + " of " + places);
    assertTrue(needless < 0.25 * entries, needless + " of " + entries);
  }
}
