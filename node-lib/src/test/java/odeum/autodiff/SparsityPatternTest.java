package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SparsityPatternTest {
  private static final int SIZE = 12;

  /** Heat in a rod with cold ends, by slices of a padded vector. */
  private static Tracer bySlices(Tracer u) {
    int n = u.shape().size();
    Tracer wide = u.pad(0, 1, 1);
    Tracer left = wide.slice(0, 0, n);
    Tracer right = wide.slice(0, 2, n + 2);
    return left.plus(right).minus(u.times(2)).plus(u.sin());
  }

  private static Tracer byGather(Tracer u) {
    int n = u.shape().size();
    List<Integer> left = IntStream.range(-1, n - 1).boxed().toList();
    List<Integer> right = IntStream.range(1, n + 1).mapToObj(i -> i < n ? i : -1).toList();
    return u.gather(0, left).plus(u.square()).plus(u.gather(0, right).exp());
  }

  private static Tracer byMatrix(Tracer u) {
    int n = u.shape().size();
    double[] stencil = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = Math.max(i - 1, 0); j < Math.min(i + 2, n); j++) {
        stencil[i * n + j] = i == j ? -2 : 1;
      }
    }
    return u.constant(Tensor.of(Shape.of(n, n), stencil)).matmul(u).tanh();
  }

  private static Tracer numberByNumber(Tracer u) {
    int n = u.shape().size();
    List<Tracer> rates = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tracer rate = u.get(i).square().unaryMinus();
      rate = i > 0 ? rate.plus(u.get(i - 1)) : rate;
      rates.add(i < n - 1 ? rate.plus(u.get(i + 1).times(u.get(i))) : rate);
    }
    return Tracer.stack(rates);
  }

  @TestFactory
  Stream<DynamicTest> neighboursMakeThreeDiagonals() {
    List<UnaryOperator<Tracer>> fields =
        List.of(
            SparsityPatternTest::bySlices,
            SparsityPatternTest::byGather,
            SparsityPatternTest::byMatrix,
            SparsityPatternTest::numberByNumber);
    return IntStream.range(0, fields.size())
        .mapToObj(i -> DynamicTest.dynamicTest("way " + i, () -> tridiagonal(fields.get(i))));
  }

  private static void tridiagonal(UnaryOperator<Tracer> field) {
    Graph graph = graph(field, Shape.of(SIZE));
    SparsityPattern pattern = SparsityPattern.of(graph, 0, 0);
    for (int i = 0; i < SIZE; i++) {
      int[] expected =
          IntStream.rangeClosed(i - 1, i + 1).filter(j -> j >= 0 && j < SIZE).toArray();
      assertArrayEquals(expected, pattern.row(i));
    }
    assertEquals(3, Colouring.count(pattern.colours()));
    assertEquals("12 rows, 3 diagonals", pattern.layout().toString());
    CompressedJacobian jacobian = CompressedJacobian.of(graph, 0, 0);
    assertEquals(Shape.of(SIZE * 3), jacobian.graph().output(0));
    List<Tensor> x = List.of(RandomKey.of(3).normal(Shape.of(SIZE)));
    double[][] dense = SparsityCheck.dense(graph, x, 0, 0);
    assertEquals(Optional.empty(), SparsityCheck.of(dense, x, jacobian));
    everyEntryCounts(dense, pattern);
  }

  private static void everyEntryCounts(double[][] dense, SparsityPattern pattern) {
    assertEquals(Optional.empty(), SparsityCheck.of(dense, pattern));
    for (int i = 0; i < pattern.rows(); i++) {
      for (int j : pattern.row(i)) {
        SparsityPattern spoilt = SparsityCheck.without(pattern, i, j);
        assertTrue(SparsityCheck.of(dense, spoilt).isPresent(), i + ", " + j);
      }
    }
  }

  /** Every primitive, alone and composed: nothing is left out, and little is there for nothing. */
  @TestFactory
  Stream<DynamicTest> everyPrimitive() {
    return Cases.ALL.entrySet().stream()
        .map(c -> DynamicTest.dynamicTest(c.getKey(), () -> check(c.getKey(), c.getValue())));
  }

  private static void check(String name, UnaryOperator<Tracer> function) {
    Graph graph = graph(function, Shape.of(3, 2));
    List<Tensor> x = List.of(RandomKey.of(7).uniform(Shape.of(3, 2), 0.3, 1.4));
    SparsityPattern pattern = SparsityPattern.of(graph, 0, 0);
    double[][][] dense = new double[1][][];
    Cases.quietly(() -> dense[0] = SparsityCheck.dense(graph, x, 0, 0));
    assertEquals(Optional.empty(), SparsityCheck.of(dense[0], pattern));
    assertEquals(
        Optional.empty(), SparsityCheck.of(dense[0], x, CompressedJacobian.of(graph, 0, 0)));
    // A choice may fall on the other side; of an algorithm nothing is known, nor of found numbers.
    Set<String> coarse =
        Set.of(
            "min",
            "max",
            "where",
            "largest",
            "smallest",
            "clamp",
            "algorithm",
            "take",
            "put and add");
    Set<String> cancelled = Set.of("minus", "divide");
    if (!coarse.contains(name) && !cancelled.contains(name)) {
      everyEntryCounts(dense[0], pattern);
    }
  }

  @Test
  void stepsHaveValuesButNoDerivatives() {
    Graph graph =
        graph(
            y ->
                Tracer.stack(
                    y.get(0).sign(),
                    Tracer.where(y.get(0).less(y.get(1)), y.get(2), y.get(2).exp()),
                    y.get(1).stopGradient().times(y.get(2)),
                    y.get(0).times(0)),
            Shape.of(3));
    assertEquals("[[], [2], [2], []]", rows(SparsityPattern.of(graph, 0, 0)));
    assertEquals("[[0], [0, 1, 2], [1, 2], []]", rows(SparsityPattern.ofValues(graph, 0, 0)));
  }

  @Test
  void aKnownZeroStopsWhatItMultiplies() {
    Graph graph =
        graph(
            y -> {
              Tracer zero = y.get(0).constant(0);
              Tracer x = y.get(0);
              return Tracer.stack(
                  x.times(zero.sin()),
                  x.times(zero.cos()),
                  x.times(zero.exp()),
                  x.times(zero.tanh().plus(zero)),
                  zero.div(x));
            },
            Shape.of(1));
    assertEquals("[[], [0], [0], [], []]", rows(SparsityPattern.of(graph, 0, 0)));
    List<Tensor> x = List.of(Tensor.vector(3));
    double[][] dense = SparsityCheck.dense(graph, x, 0, 0);
    everyEntryCounts(dense, SparsityPattern.of(graph, 0, 0));
  }

  @Test
  void whatIsFoldedKeepsItsValues() {
    Graph graph =
        graph(
            x -> {
              Tracer a = x.constant(Tensor.of(Shape.of(1, 2), 1, 2));
              Tracer b = x.constant(Tensor.of(Shape.of(1, 2), 3, 4));
              Tracer known = Tracer.concatenate(0, List.of(a, b));
              Tracer wide = Tracer.concatenate(1, List.of(known, known.times(2)));
              Tracer tall = Tracer.concatenate(0, List.of(x.sin(), x.exp()));
              return wide.times(Tracer.concatenate(1, List.of(tall, tall.square())));
            },
            Shape.of(1, 2));
    List<Tensor> x = List.of(Tensor.of(Shape.of(1, 2), 0.3, 0.7));
    Graph folded = Folding.of(graph);
    assertEquals(Program.of(graph).run(x), Program.of(folded).run(x));
    assertTrue(folded.instructions().size() < graph.instructions().size());
  }

  @Test
  void aRingIsPutInOrder() {
    List<Integer> left = IntStream.range(0, 40).mapToObj(i -> (i + 39) % 40).toList();
    List<Integer> right = IntStream.range(0, 40).mapToObj(i -> (i + 1) % 40).toList();
    Graph graph = graph(u -> u.gather(0, left).plus(u.gather(0, right)).minus(u), Shape.of(40));
    MatrixLayout layout = SparsityPattern.of(graph, 0, 0).layout();
    assertEquals("40 rows, 5 diagonals", layout.toString());
    int[] used = new int[layout.length()];
    for (int i = 0; i < 40; i++) {
      for (int j : new int[] {(i + 39) % 40, i, (i + 1) % 40}) {
        used[layout.index(i, j)]++;
      }
    }
    assertEquals(120, Arrays.stream(used).filter(count -> count == 1).count());
    assertEquals(0, Arrays.stream(used).filter(count -> count > 1).count());
  }

  @Test
  void samplesSideBySideAreOneBlockEach() {
    // Two species of 30 samples: they lie 30 apart, and belong next to each other.
    Graph graph =
        graph(y -> Tracer.stack(y.get(0).times(y.get(1)), y.get(0).sin()), Shape.of(2, 30));
    SparsityPattern pattern = SparsityPattern.of(graph, 0, 0);
    assertArrayEquals(new int[] {4, 34}, pattern.row(4));
    assertArrayEquals(new int[] {4}, pattern.row(34));
    assertEquals(3, pattern.layout().width());
    assertEquals(2, Colouring.count(pattern.colours()));
  }

  @Test
  void columnsOfOneColourShareNoRow() {
    for (int seed = 0; seed < 50; seed++) {
      Tensor draw = RandomKey.of(seed).uniform(Shape.of(15, 15), 0, 1);
      int[][] rows = new int[15][];
      for (int i = 0; i < 15; i++) {
        int row = i;
        rows[i] = IntStream.range(0, 15).filter(j -> draw.at(row * 15 + j) < 0.15).toArray();
      }
      int[] colours = new SparsityPattern(15, rows).colours();
      for (int[] row : rows) {
        assertEquals(row.length, Arrays.stream(row).map(j -> colours[j]).distinct().count());
      }
    }
  }

  @Test
  void anArrowNeedsEveryColourOnlyByRow() {
    int[][] rows = new int[8][];
    Arrays.setAll(rows, i -> i == 0 ? new int[] {0} : new int[] {0, i});
    assertEquals(2, Colouring.count(new SparsityPattern(8, rows).colours()));
    rows[0] = IntStream.range(0, 8).toArray();
    assertEquals(8, Colouring.count(new SparsityPattern(8, rows).colours()));
    assertTrue(new SparsityPattern(8, rows).layout().isDense());
    assertFalse(SparsityPattern.dense(1, 1).equals(SparsityPattern.dense(1, 2)));
  }

  /** What is known while tracing is not computed: of two numbers one product is left. */
  @Test
  void theJacobianOfNumbersIsWrittenOut() {
    Graph graph =
        graph(
            y -> {
              Tracer u = y.get(0);
              Tracer v = y.get(1);
              Tracer damping = u.constant(1).minus(u.square()).times(5);
              return Tracer.stack(v, damping.times(v).minus(u));
            },
            Shape.of(2));
    Graph jacobian = CompressedJacobian.of(graph, 0, 0).graph();
    List<Tensor> out = Program.of(jacobian).run(List.of(Tensor.vector(2, 3)));
    assertEquals(Tensor.vector(0, -2 * 5 * 2 * 3 - 1, 1, 5 * (1 - 4)), out.getFirst());
    long computing =
        jacobian.instructions().stream()
            .filter(i -> i.op() instanceof Op.Unary || i.op() instanceof Op.Binary)
            .count();
    assertEquals(8, computing, jacobian::toString); // by hand 6: (1 - u u) 5, -(u + u) 5 v - 1
  }

  private static String rows(SparsityPattern pattern) {
    return IntStream.range(0, pattern.rows())
        .mapToObj(i -> Arrays.toString(pattern.row(i)))
        .toList()
        .toString();
  }

  private static Graph graph(UnaryOperator<Tracer> function, Shape shape) {
    return Graph.trace(List.of(shape), in -> List.of(function.apply(in.getFirst())));
  }
}
