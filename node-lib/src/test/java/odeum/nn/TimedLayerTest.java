package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import odeum.autodiff.Divergence;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TimedLayerTest {
  private static final double T = 0.3;

  /** {@return the slope, then the divergence, then the divergence by derivatives} */
  private static double[] at(TimedLayer layer, Parameters p, double[] x, double... context) {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(p.size()), Shape.of(), Shape.of(x.length), Shape.of(context.length)),
            in -> {
              Traced named = new Traced(p.structure(), in.get(0));
              return List.of(
                  layer.apply(named, in.get(1), in.get(2), in.get(3)),
                  layer.divergence(named, in.get(1), in.get(2), in.get(3)),
                  Divergence.of(y -> layer.apply(named, in.get(1), y, in.get(3))).apply(in.get(2)));
            });
    List<Tensor> out =
        Program.of(graph)
            .run(List.of(p.flat(), Tensor.scalar(T), Tensor.vector(x), Tensor.vector(context)));
    double[] all = new double[x.length + 2];
    out.get(0).copyTo(all, 0);
    all[x.length] = out.get(1).scalar();
    all[x.length + 1] = out.get(2).scalar();
    return all;
  }

  private static double[] linear(Parameters p, String name, double... x) {
    Tensor weight = p.tensor(name + ".weight");
    double[] out = new double[weight.shape().extent(0)];
    for (int i = 0; i < out.length; i++) {
      boolean biased = p.structure().find(name + ".bias").isPresent();
      out[i] = biased ? p.tensor(name + ".bias").at(i) : 0;
      for (int j = 0; j < x.length; j++) {
        out[i] += weight.get(i, j) * x[j];
      }
    }
    return out;
  }

  private static double[] each(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  @Test
  void aHypernetworkIsThatOfTorchdiffeqsExample() {
    HyperNetwork field = HyperNetwork.of(2, 5, 4);
    Parameters p = field.initial(RandomKey.of(1));
    double[] all = linear(p, "0", T);
    all = linear(p, "2", each(all, StrictMath::tanh));
    all = linear(p, "4", each(all, StrictMath::tanh));
    double[] x = {0.4, -1.2};
    double[] slope = new double[2];
    double divergence = 0;
    for (int k = 0; k < 5; k++) {
      double h = StrictMath.tanh(all[2 * k] * x[0] + all[2 * k + 1] * x[1] + all[30 + k]);
      for (int i = 0; i < 2; i++) {
        double u = all[10 + 2 * k + i] * sigmoid(all[20 + 2 * k + i]);
        slope[i] += h * u / 5;
        divergence += (1 - h * h) * u * all[2 * k + i] / 5;
      }
    }
    double[] out = at(field, p, x);
    assertEquals(slope[0], out[0], 1e-14);
    assertEquals(slope[1], out[1], 1e-14);
    assertEquals(divergence, out[2], 1e-14);
    assertEquals(divergence, out[3], 1e-14);
    assertEquals(15_904, HyperNetwork.of(2, 64, 32).initial(RandomKey.of(0)).size());
  }

  @Test
  void theContextMovesTheUnitsOfAHypernetwork() {
    HyperNetwork field = HyperNetwork.of(2, 5, 4).withContext(3);
    Parameters p = field.initial(RandomKey.of(1));
    double[] x = {0.4, -1.2};
    double[] one = at(field, p, x, 1, 0, 0.5);
    double[] other = at(field, p, x, 0, 1, 0.5);
    assertEquals(one[2], one[3], 1e-14);
    assertTrue(Math.abs(one[0] - other[0]) > 1e-3);
    assertTrue(Math.abs(one[2] - other[2]) > 1e-4);
  }

  @Test
  void concatSquashScalesAndMovesEachLayer() {
    ConcatSquash field = ConcatSquash.of(2, 3, 2).withContext(1);
    Parameters p = field.initial(RandomKey.of(2));
    double[] value = {0.4, -1.2};
    for (int layer = 0; layer < 2; layer++) {
      double[] product = linear(p, layer + ".layer", value);
      double[] gate = linear(p, layer + ".gate", T, 0.7);
      double[] shift = linear(p, layer + ".shift", T, 0.7);
      for (int i = 0; i < product.length; i++) {
        product[i] = product[i] * sigmoid(gate[i]) + shift[i];
      }
      value = layer == 0 ? each(product, StrictMath::tanh) : product;
    }
    double[] out = at(field, p, new double[] {0.4, -1.2}, 0.7);
    assertEquals(value[0], out[0], 1e-14);
    assertEquals(value[1], out[1], 1e-14);
    assertEquals(out[3], out[2], 1e-15);
  }

  /**
   * One hidden layer has a short form of it, two have none; any activation, with and without
   * context.
   */
  @Test
  void theDivergenceOfConcatSquashIsThatByDerivatives() {
    double[] x = {0.4, -1.2, 0.9};
    for (Activation activation : List.of(Activation.TANH, Activation.SWISH, Activation.SOFTPLUS)) {
      ConcatSquash one = ConcatSquash.of(activation, 3, 5, 3);
      double[] alone = at(one, one.initial(RandomKey.of(5)), x);
      assertEquals(alone[4], alone[3], 1e-14);
      assertTrue(Math.abs(alone[3]) > 1e-3, "a divergence to see: " + alone[3]);
      for (ConcatSquash field : List.of(one, ConcatSquash.of(activation, 3, 5, 4, 3))) {
        ConcatSquash told = field.withContext(2);
        Parameters p = told.initial(RandomKey.of(5));
        double[] out = at(told, p, x, 0.7, -2);
        assertEquals(out[4], out[3], 1e-14);
        assertTrue(Math.abs(at(told, p, x, 0, 1)[3] - out[3]) > 1e-4);
      }
    }
  }

  @Test
  void aNetworkReadsStateTimeAndContext() {
    Mlp net = Mlp.of(5, 6, 2);
    TimedLayer field = TimedLayer.of(net);
    assertEquals(2, field.dimension());
    assertEquals(2, field.context());
    Parameters p = field.initial(RandomKey.of(4));
    double[] expected = NetFunction.of(net, p).applyAll(0.1, 0.2, T, 0.5, 0.6);
    double[] out = at(field, p, new double[] {0.1, 0.2}, 0.5, 0.6);
    assertEquals(expected[0], out[0], 1e-15);
    assertEquals(expected[1], out[1], 1e-15);
  }

  @Test
  void whatIsNoFieldIsRefused() {
    String text =
        assertThrows(IllegalArgumentException.class, () -> TimedLayer.of(Mlp.of(2, 8, 2)))
            .getMessage();
    assertTrue(text.contains("mlp(3, ..., 2)"), text);
    assertThrows(IllegalArgumentException.class, () -> ConcatSquash.of(2, 8, 3));
    assertThrows(IllegalArgumentException.class, () -> HyperNetwork.of(0, 8, 3));
  }
}
