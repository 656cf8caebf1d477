package odeum.equation;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Initializer;
import odeum.nn.Layer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/**
 * A network inside an equation. It starts as Glorot and Bengio (2010) propose for tanh, without
 * biases, but with the last layer ten times smaller. So the untrained system is nearly what is
 * known of it: the first solve neither blows up nor turns stiff because of numbers drawn by chance.
 * It is not quite zero, for with a last layer of zeros no other layer would have a gradient.
 *
 * @param mlp the network
 */
record SmallStart(Mlp mlp) implements Layer {
  private static final double SHARE = 0.1;

  @Override
  public Parameters initial(RandomKey key) {
    Parameters start =
        mlp.withWeights(Initializer.glorotUniform()).withBias(Initializer.zeros()).initial(key);
    // Activations count in the names: layer i of the sizes is member 2 i.
    String last = 2 * (mlp.sizes().size() - 2) + ".weight";
    Tensor weight = start.tensor(last);
    double[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= SHARE;
    }
    return start.with(last, Tensor.of(weight.shape(), values));
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    return mlp.apply(p, x);
  }

  @Override
  public int parameterCount() {
    return mlp.parameterCount();
  }

  @Override
  public String toString() {
    return mlp.toString();
  }
}
