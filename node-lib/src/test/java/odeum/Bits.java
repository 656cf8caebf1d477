package odeum;

import java.util.List;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.simd.Elementary;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Work of every kind, reduced to a hash of the bits of its results. */
public final class Bits {
  private long hash = 1;

  private Bits() {}

  /** Prints the hash. */
  public static void main(String[] args) {
    System.out.println(hash());
  }

  static String hash() {
    Bits bits = new Bits();
    bits.elementaryFunctions();
    bits.gradientOfANetwork();
    return Long.toHexString(bits.hash);
  }

  private void add(double value) {
    hash = 31 * hash + Double.doubleToLongBits(value);
  }

  private void elementaryFunctions() {
    RandomKey key = RandomKey.of(1);
    for (int i = 0; i < 20_000; i++) {
      double x = 20 * key.normal(i);
      add(Elementary.exp(x));
      add(Elementary.tanh(x));
      add(Elementary.sigmoid(x));
      add(Elementary.sin(x));
      add(Elementary.cos(x));
      add(Elementary.log(Math.abs(x)));
      add(Elementary.pow(Math.abs(x), 0.2));
    }
  }

  private void gradientOfANetwork() {
    List<Shape> shapes = List.of(Shape.of(31, 2), Shape.of(2, 17), Shape.of(17, 3));
    Graph loss =
        Graph.trace(
            shapes,
            in -> {
              Tracer hidden = in.get(0).matmul(in.get(1)).tanh();
              return List.of(hidden.matmul(in.get(2)).square().mean());
            });
    Graph gradient =
        Graph.trace(shapes, in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    List<Tensor> at = shapes.stream().map(s -> RandomKey.of(s.size()).normal(s)).toList();
    Program program = Program.of(gradient);
    for (int repeat = 0; repeat < 300; repeat++) {
      for (Tensor result : program.run(at)) {
        for (double value : result.toArray()) {
          add(value);
        }
      }
    }
  }
}
