package odeum.nn;

import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * Joins the time to a layer's input, in front: a channel of an image that is t everywhere, or a
 * number of a vector. So the layer has one channel, or number, more than its input. As in
 * torchdiffeq's {@code ConcatConv2d}, the parameters are the members of {@code _layer}.
 *
 * @param layer what sees the time
 */
public record ConcatTime(Layer layer) implements TimeLayer {
  private static final String MEMBERS = "_layer";

  /** {@return a layer that sees the time} */
  public static ConcatTime of(Layer layer) {
    return new ConcatTime(layer);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return Parameters.of(MEMBERS, layer.initial(key));
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException("%s needs a vector or an image.".formatted(this));
    }
    Shape channel = x.shape().with(0, 1);
    Tracer time = t.sum().broadcast(channel);
    return layer.apply(p.at(MEMBERS), Tracer.concatenate(0, List.of(time, x)));
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    throw new IllegalStateException(
        "%s needs the time: apply(p, t, x), or TimeLayer.apply.".formatted(this));
  }

  @Override
  public int parameterCount() {
    return layer.parameterCount();
  }

  @Override
  public String toString() {
    return "concat_time(%s)".formatted(layer);
  }
}
