package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import odeum.autodiff.Vjp;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Evaluations over frames, and the ways back through them, against plain programs. */
class PullbackTest {
  private static final int EVALUATIONS = 5;
  private static final Shape STATE = Shape.of(2, 20);

  /** A network of one hidden layer over twenty samples; all weights are one vector. */
  private static Tracer network(Tracer t, Tracer x, Tracer p) {
    Tracer hidden =
        p.slice(0, 0, 10)
            .reshape(Shape.of(5, 2))
            .matmul(x.pow(3))
            .plus(p.slice(0, 10, 15).reshape(Shape.of(5, 1)))
            .plus(t)
            .tanh();
    return p.slice(0, 15, 25)
        .reshape(Shape.of(2, 5))
        .matmul(hidden)
        .plus(p.slice(0, 25, 27).reshape(Shape.of(2, 1)))
        .times(p.get(26).exp());
  }

  private static Graph graph(Function<List<Tracer>, Tracer> function, int parameters) {
    return Graph.trace(
        List.of(Shape.of(), STATE, Shape.of(parameters)), in -> List.of(function.apply(in)));
  }

  private static Pullback pullback(Graph graph) {
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.add(graph.output(0));
    Graph derivative =
        Graph.trace(
            inputs,
            in -> Vjp.valueAndPull(graph, in.subList(0, 3), in.subList(3, 4), List.of(0, 1, 2)));
    return Pullback.of(derivative, graph, List.of(2));
  }

  private static void check(Graph graph) {
    int parameters = graph.inputs().get(2).size();
    Tensor p = RandomKey.of(1).normal(Shape.of(parameters));
    Pullback pullback = pullback(graph);
    Pullback.Run run = pullback.open();
    run.fix(2, p.toArray(), 0);
    List<Pullback.Frame> frames = new ArrayList<>();
    List<Tensor> states = new ArrayList<>();
    Program value = Program.of(graph);
    double[] out = new double[STATE.size()];
    for (int i = 0; i < EVALUATIONS; i++) {
      frames.add(pullback.frame());
      states.add(RandomKey.of(10 + i).normal(STATE));
      run.set(frames.get(i), 0, 0.1 * i);
      run.set(frames.get(i), 1, states.get(i).toArray(), 0);
      run.forward(frames.get(i));
      run.get(frames.get(i), 0, out, 0);
      List<Tensor> at = List.of(Tensor.scalar(0.1 * i), states.get(i), p);
      assertArrayEquals(value.run(at).getFirst().toArray(), out);
    }
    Program pull = Program.of(Vjp.of(graph));
    double[] sum = new double[parameters];
    run.clear();
    for (int i : new int[] {3, 0, 4, 2, 1}) {
      Tensor v = RandomKey.of(50 + i).normal(STATE);
      run.backward(frames.get(i), v.toArray(), 0);
      List<Tensor> expected = pull.run(List.of(Tensor.scalar(0.1 * i), states.get(i), p, v));
      double[] time = new double[1];
      run.cotangent(frames.get(i), 0, time, 0);
      assertArrayEquals(expected.get(0).toArray(), time, 1e-13);
      run.cotangent(frames.get(i), 1, out, 0);
      assertArrayEquals(expected.get(1).toArray(), out, 1e-13);
      for (int j = 0; j < parameters; j++) {
        sum[j] += expected.get(2).at(j);
      }
    }
    double[] actual = new double[parameters];
    run.sum(0, actual, 0);
    assertArrayEquals(sum, actual, 1e-12);
  }

  @Test
  void aNetworkGoesBackThroughItsFramesInAnyOrder() {
    check(graph(in -> network(in.get(0), in.get(1), in.get(2)), 27));
  }

  @Test
  void soDoFieldsOfOtherForms() {
    check(graph(in -> in.get(1).times(in.get(2).get(0)), 2));
    check(graph(in -> in.get(1).plus(in.get(0)), 1));
    check(graph(in -> in.get(1), 1));
    check(graph(in -> in.get(2).reshape(STATE).sin().times(in.get(0)), 40));
    check(graph(in -> in.get(1).sigmoid().times(in.get(2).square().sum()), 3));
    check(graph(in -> in.get(1).times(in.get(2).reshape(Shape.of(2, 1))).exp().cos(), 2));
  }

  @Test
  void fixedPartsFollowNewParameters() {
    Graph graph = graph(in -> in.get(1).times(in.get(2).exp().sum()), 2);
    Pullback pullback = pullback(graph);
    Pullback.Run run = pullback.open();
    Pullback.Frame frame = pullback.frame();
    double[] ones = Tensor.full(STATE, 1).toArray();
    double[] out = new double[STATE.size()];
    for (double p : new double[] {0, 1, 0}) {
      run.fix(2, new double[] {p, p}, 0);
      run.set(frame, 1, ones, 0);
      run.forward(frame);
      run.get(frame, 0, out, 0);
      assertTrue(Math.abs(out[7] - 2 * StrictMath.exp(p)) < 1e-14);
    }
  }

  @Test
  void aDerivativeOfSomethingElseIsRefused() {
    Graph graph = graph(in -> in.get(1), 1);
    assertThrows(IllegalArgumentException.class, () -> Pullback.of(graph, graph, List.of(2)));
  }
}
