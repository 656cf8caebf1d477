package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Shape SQUARE = Shape.of(9, 9);
  private static final Program PROGRAM =
      Program.of(
          Graph.trace(
              List.of(SQUARE),
              in -> {
                Tracer x = in.getFirst();
                return List.of(x.matmul(x).tanh().plus(x.transpose()), x.square().mean());
              }));

  @Test
  void computesItsGraph() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(2, 2), Shape.of()),
            in ->
                List.of(in.get(0).matmul(in.get(0)).plus(in.get(1)), in.get(0).sum(1), in.get(1)));
    Tensor matrix = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    List<Tensor> out = Program.of(graph).run(List.of(matrix, Tensor.scalar(0.5)));
    assertEquals(Tensor.of(Shape.of(2, 2), 7.5, 10.5, 15.5, 22.5), out.get(0));
    assertEquals(Tensor.vector(3, 7), out.get(1));
    assertEquals(Tensor.scalar(0.5), out.get(2));
  }

  @Test
  void oneProgramServesManyThreads() throws Exception {
    List<Tensor> inputs = new ArrayList<>();
    List<List<Tensor>> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(RandomKey.of(i).normal(SQUARE));
      expected.add(PROGRAM.run(List.of(inputs.get(i))));
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Tensor input = inputs.get(i);
      List<Tensor> wanted = expected.get(i);
      work.add(
          () -> {
            for (int repeat = 0; repeat < 2_000; repeat++) {
              assertEquals(wanted, PROGRAM.run(List.of(input)));
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  @Test
  void aWrongShapeIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> PROGRAM.run(List.of(Tensor.vector(1, 2))))
            .getMessage();
    assertEquals("Input 0 has shape (9, 9), got (2).", message);
  }
}
