package odeum.nn;

import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * A layer of hidden units whose weights are given by a network of the time (Chen et al. 2018,
 * arXiv:1806.07366, section 4): {@code dx/dt} is the mean over the units of {@code u tanh(w·(x, c)
 * + b)}, where {@code w}, {@code b} and {@code u = v sigmoid(g)} of all units are the outputs of a
 * multilayer perceptron. Those are in the order {@code w, v, g, b}. The weights are computed once
 * for all samples at one time.
 *
 * <p>Its divergence has a short form: the mean over the units of {@code u·w (1 - tanh²)}, over the
 * part of {@code w} that belongs to x.
 *
 * @param dimension how many states
 * @param width how many units
 * @param hidden the size of the two hidden layers of the network of the time
 * @param context how many values of context the units get besides the state
 */
public record HyperNetwork(int dimension, int width, int hidden, int context)
    implements TimedLayer {
  public HyperNetwork {
    if (dimension < 1 || width < 1 || hidden < 1 || context < 0) {
      throw new IllegalArgumentException(
          "A hypernetwork needs one state, unit and hidden value or more, got %s, %s and %s with a context of %s."
              .formatted(dimension, width, hidden, context));
    }
  }

  /** {@return a field of so many states, without a context} */
  public static HyperNetwork of(int dimension, int width, int hidden) {
    return new HyperNetwork(dimension, width, hidden, 0);
  }

  /** {@return this field with a context of so many values} */
  public HyperNetwork withContext(int values) {
    return new HyperNetwork(dimension, width, hidden, values);
  }

  private int inputs() {
    return dimension + context;
  }

  /** {@return the network of the time} */
  public Mlp net() {
    return Mlp.of(1, hidden, hidden, width * (inputs() + 2 * dimension + 1));
  }

  @Override
  public Parameters initial(RandomKey key) {
    return net().initial(key);
  }

  /** The weights at a time: w {@code (width, inputs)}, u {@code (width, dimension)}, b. */
  private record Weights(Tracer w, Tracer u, Tracer b) {}

  private Weights weights(Traced p, Tracer t) {
    Tracer all = net().apply(p, t.reshape(Shape.of(1)));
    int ins = width * inputs();
    int outs = width * dimension;
    Shape matrix = Shape.of(width, dimension);
    Tracer v = all.slice(0, ins, ins + outs).reshape(matrix);
    Tracer gate = all.slice(0, ins + outs, ins + 2 * outs).reshape(matrix);
    return new Weights(
        all.slice(0, 0, ins).reshape(Shape.of(width, inputs())),
        // The mean over the units is taken of the weights, which all samples share.
        v.times(gate.sigmoid()).div(width),
        all.slice(0, ins + 2 * outs, all.shape().size()));
  }

  private static Tracer units(Weights weights, Tracer x, Tracer context) {
    return weights.w.matmul(with(x, context)).plus(weights.b).tanh();
  }

  private static Tracer with(Tracer x, Tracer context) {
    return context.shape().size() == 0 ? x : Tracer.concatenate(0, List.of(x, context));
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x, Tracer context) {
    Weights weights = weights(p, t);
    return weights.u.transpose().matmul(units(weights, x, context));
  }

  @Override
  public Tracer divergence(Traced p, Tracer t, Tracer x, Tracer context) {
    Weights weights = weights(p, t);
    Tracer both = weights.w.slice(1, 0, dimension).times(weights.u).sum(1);
    // The sum of (1 - h²) c, with the ones summed apart: once for all samples.
    return both.sum().minus(both.matmul(units(weights, x, context).square()).sum());
  }

  @Override
  public String toString() {
    String told = context == 0 ? "" : ", context " + context;
    return "hypernetwork(%s, width %s, hidden %s%s)".formatted(dimension, width, hidden, told);
  }
}
