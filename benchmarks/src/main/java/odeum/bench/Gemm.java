package odeum.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.Tensor;

/** A product of two square matrices of doubles. */
final class Gemm implements Case {
  private final Program.Run run;
  private final double[] product;

  Gemm(Inputs inputs) {
    Tensor a = inputs.tensor("a");
    Tensor b = inputs.tensor("b");
    Graph graph =
        Graph.trace(List.of(a.shape(), b.shape()), in -> List.of(in.get(0).matmul(in.get(1))));
    run = Program.of(graph).open();
    run.set(0, a.toArray(), 0);
    run.set(1, b.toArray(), 0);
    product = new double[graph.output(0).size()];
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, (_, inputs) -> new Gemm(inputs));
  }

  @Override
  public Map<String, Double> run(int count) {
    for (int i = 0; i < count; i++) {
      run.run();
    }
    run.get(0, product, 0);
    return Map.of("first", product[0], "last", product[product.length - 1]);
  }
}
