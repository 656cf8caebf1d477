package odeum.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import odeum.autodiff.Jvp;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * A multilayer perceptron each of whose layers is scaled and moved by the time (Grathwohl et al.
 * 2019, arXiv:1810.01367, "concatsquash"): {@code (W x + b) sigmoid(g) + s}, where {@code g} and
 * {@code s} are linear in time and context. The parameters of layer i are {@code i.layer}, {@code
 * i.gate} and {@code i.shift}.
 *
 * <p>With one hidden layer its divergence has a short form that costs as much as the field: with
 * {@code W}, {@code V} and the gates {@code g}, {@code h} of both layers, the sum over i and k of
 * {@code h_i V_ik activation'_k g_k W_ki}.
 *
 * @param sizes how many values each layer has, the first and the last being the dimension
 * @param context how many values of context
 * @param activation the function between the layers
 */
public record ConcatSquash(List<Integer> sizes, int context, Activation activation)
    implements TimedLayer {
  public ConcatSquash {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2
        || sizes.stream().anyMatch(size -> size < 1)
        || !sizes.getFirst().equals(sizes.getLast())
        || context < 0) {
      throw new IllegalArgumentException(
          "A field needs the sizes of its layers, as in 2, 64, 64, 2, with the number of states first and last; got %s and a context of %s."
              .formatted(sizes, context));
    }
  }

  /** {@return a network of these sizes with tanh between its layers} */
  public static ConcatSquash of(int... sizes) {
    return of(Activation.TANH, sizes);
  }

  /** {@return a network of these sizes with an activation between its layers} */
  public static ConcatSquash of(Activation activation, int... sizes) {
    return new ConcatSquash(Arrays.stream(sizes).boxed().toList(), 0, activation);
  }

  /** {@return this field with a context of so many values} */
  public ConcatSquash withContext(int values) {
    return new ConcatSquash(sizes, values, activation);
  }

  @Override
  public int dimension() {
    return sizes.getFirst();
  }

  private Linear layer(int i) {
    return Linear.of(sizes.get(i), sizes.get(i + 1));
  }

  private Linear gate(int i) {
    return Linear.of(1 + context, sizes.get(i + 1));
  }

  @Override
  public Parameters initial(RandomKey key) {
    Parameters parameters = Parameters.EMPTY;
    for (int i = 0; i < sizes.size() - 1; i++) {
      RandomKey own = key.fold(i);
      parameters =
          parameters.and(
              Integer.toString(i),
              Parameters.of("layer", layer(i).initial(own.fold(0)))
                  .and("gate", gate(i).initial(own.fold(1)))
                  .and("shift", gate(i).withoutBias().initial(own.fold(2))));
    }
    return parameters;
  }

  private static Tracer told(Tracer t, Tracer context) {
    Tracer told = t.reshape(Shape.of(1));
    return context.shape().size() > 0 ? Tracer.concatenate(0, List.of(told, context)) : told;
  }

  private Tracer gate(int i, Traced p, Tracer told) {
    return gate(i).apply(p.at(Integer.toString(i)).at("gate"), told).sigmoid();
  }

  /** A layer before its activation. */
  private Tracer layer(int i, Traced p, Tracer told, Tracer value) {
    Traced own = p.at(Integer.toString(i));
    Tracer shift = gate(i).withoutBias().apply(own.at("shift"), told);
    return layer(i).apply(own.at("layer"), value).times(gate(i, p, told)).plus(shift);
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x, Tracer context) {
    Tracer told = told(t, context);
    Tracer value = x;
    for (int i = 0; i < sizes.size() - 1; i++) {
      value = layer(i, p, told, value);
      value = i < sizes.size() - 2 ? activation.apply(value) : value;
    }
    return value;
  }

  @Override
  public Tracer divergence(Traced p, Tracer t, Tracer x, Tracer context) {
    if (sizes.size() != 3) {
      return TimedLayer.super.divergence(p, t, x, context);
    }
    Tracer told = told(t, context);
    Tracer units = layer(0, p, told, x);
    Tracer slopes = Jvp.product(activation::apply, units, gate(0, p, told));
    Tracer in = p.at("0").at("layer").get("weight");
    Tracer out = p.at("1").at("layer").get("weight");
    // The product of both weights is that of all samples.
    return in.times(out.transpose()).matmul(gate(1, p, told)).times(slopes).sum();
  }

  @Override
  public String toString() {
    String text = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String told = context == 0 ? "" : ", context " + context;
    return "concatsquash(%s, %s%s)".formatted(text, activation, told);
  }
}
