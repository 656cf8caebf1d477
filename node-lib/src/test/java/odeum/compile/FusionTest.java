package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.autodiff.Vjp;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What a program does to be fast changes no bit: one kernel per primitive gives the same. */
class FusionTest {
  private static final List<Shape> INPUTS = List.of(Shape.of(4, 6), Shape.of(4), Shape.of(6, 6));

  @Property(tries = 150)
  void randomGraphsAreTheSameWithAndWithout(@ForAll @IntRange(min = 0) int seed) {
    RandomKey key = RandomKey.of(seed);
    Graph graph = Graph.trace(INPUTS, in -> random(in, key));
    same(graph, key);
    same(Vjp.of(graph), key);
  }

  private static void same(Graph graph, RandomKey key) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.add(key.fold(100 + i).normal(graph.inputs().get(i)));
    }
    List<Tensor> plain = Program.plain(graph).run(inputs);
    Program fused = Program.of(graph);
    assertEquals(plain, fused.run(inputs));
    assertEquals(plain, fused.run(inputs), "the second run finds other values in its memory");
    assertEquals(plain, Program.of(graph, List.of(1, 2)).run(inputs));
  }

  /** Values of many shapes, each made of earlier ones. */
  private static List<Tracer> random(List<Tracer> in, RandomKey key) {
    Tracer column = in.get(1).reshape(Shape.of(4, 1));
    Tracer a = in.get(0);
    for (int step = 0; step < 12; step++) {
      Tracer b = a;
      a =
          switch (key.integer(step, 19)) {
            case 0 -> b.plus(column);
            case 1 -> b.times(column);
            case 2 -> b.minus(column).tanh();
            case 3 -> b.matmul(in.get(2)).plus(column).times(0.3);
            case 4 -> b.tanh().plus(b);
            case 5 -> b.sigmoid().minus(b.get(1));
            case 6 -> b.constant(2).div(b.square().plus(1));
            case 7 -> b.minus(b.sum(0));
            case 8 -> b.constant(1).minus(b);
            case 9 -> b.slice(1, 2, 5).pad(1, 1, 2).plus(b);
            case 10 -> Tracer.concatenate(0, List.of(b.slice(0, 2, 4), b.slice(0, 0, 2)));
            case 11 -> Tracer.where(b.less(b.constant(0.1)), b, b.sin());
            case 12 -> b.minus(b.get(0).get(0));
            case 13 -> b.clamp(-0.3, 0.4);
            case 14 -> b.constant(0.1).max(b).plus(b.min(b.constant(0)).exp());
            case 15 -> Tracer.where(b.constant(0.2).less(b), b.constant(-1), b.cos());
            case 16 -> Tracer.where(b.less(b.get(0).get(0)), b.constant(3), b.times(b));
            case 17 -> b.minus(b.unaryMinus().sum(0));
            default -> b.div(b.abs().sum(1).plus(1).reshape(Shape.of(4, 1)));
          };
    }
    return List.of(a, a.square().mean(), in.get(1));
  }

  private static Graph network() {
    List<Shape> shapes = List.of(Shape.of(8, 3), Shape.of(8), Shape.of(3, 5));
    return Vjp.of(
        Graph.trace(
            shapes,
            in -> {
              Tracer bias = in.get(1).reshape(Shape.of(8, 1));
              return List.of(in.get(0).matmul(in.get(2)).plus(bias).tanh());
            }));
  }

  @Test
  void memoryIsUsedAgain() {
    Graph chain =
        Graph.trace(
            List.of(Shape.of(100)),
            in -> {
              Tracer x = in.getFirst();
              for (int i = 0; i < 50; i++) {
                x = x.exp().transpose().times(x.sin());
              }
              return List.of(x);
            });
    assertTrue(Program.of(chain).memorySize() <= 8 * 104, "a few arrays do for a hundred values");
  }

  @Test
  void nothingIsAllocatedWhileAProgramRuns() {
    Program.Run run = Program.of(network()).open();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long used = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && used > 0; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        run.run();
      }
      used = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertEquals(0, used);
  }
}
