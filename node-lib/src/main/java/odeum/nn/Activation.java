package odeum.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Names;
import odeum.tensor.RandomKey;

/** A function of each value alone: a layer without parameters. */
public enum Activation implements Layer {
  /** {@code x}. */
  IDENTITY(x -> x),
  /** The hyperbolic tangent. */
  TANH(Tracer::tanh),
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID(Tracer::sigmoid),
  /** The larger one of 0 and x; its derivative at 0 is 0. */
  RELU(x -> x.constant(0).max(x)),
  /** {@code x}, below zero {@code 0.01 x}. */
  LEAKY_RELU(x -> Tracer.where(x.constant(0).less(x), x, x.times(0.01))),
  /** {@code x}, below zero {@code e^x - 1}. */
  ELU(Activation::elu),
  /** {@code log(1 + e^x)}, smooth and positive. */
  SOFTPLUS(Activation::softplus),
  /** {@code x sigmoid(x)}, also named SiLU. */
  SWISH(x -> x.times(x.sigmoid())),
  /** {@code 0.909 x sigmoid(x)}, whose slope is at most 1 (Chen et al. 2019, arXiv:1906.02735). */
  LIP_SWISH(x -> x.times(x.sigmoid()).times(0.909)),
  /** {@code x} times the normal distribution, by tanh (Hendrycks and Gimpel, arXiv:1606.08415). */
  GELU(Activation::gelu),
  /** The sine. */
  SINE(Tracer::sin),
  /** {@code e^-x²}, a bump around zero: networks of it are those of radial basis functions. */
  RBF(x -> x.square().unaryMinus().exp());

  // Beyond it, 1 + e^x is e^x to the last bit, and e^x may overflow.
  private static final double SOFTPLUS_LIMIT = 40;
  private static final double ROOT_OF_2_OVER_PI = 0.7978845608028654;

  private final UnaryOperator<Tracer> function;

  Activation(UnaryOperator<Tracer> function) {
    this.function = function;
  }

  /** {@return the activation of a name used in the notebook, as in {@code mlp(2, 16, 1, tanh)}} */
  public static Activation named(String name) {
    List<String> known = names();
    int position =
        known.indexOf(name.equals("silu") ? "swish" : name.equals("sin") ? "sine" : name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "There is no activation '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", known),
                  Names.nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return values()[position];
  }

  /** {@return all names, as the notebook uses them} */
  public static List<String> names() {
    return Arrays.stream(values()).map(Activation::toString).toList();
  }

  /** {@return the function's values} */
  public Tracer apply(Tracer x) {
    return function.apply(x);
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    return function.apply(x);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return Parameters.EMPTY;
  }

  private static Tracer elu(Tracer x) {
    Tracer zero = x.constant(0);
    // The minimum keeps infinities out of derivatives. All operations are cheap, forward and back.
    Tracer below = x.min(zero).exp().minus(1);
    return x.max(zero).plus(below);
  }

  private static Tracer softplus(Tracer x) {
    Tracer limit = x.constant(SOFTPLUS_LIMIT);
    return Tracer.where(x.less(limit), x.min(limit).exp().plus(1).log(), x);
  }

  private static Tracer gelu(Tracer x) {
    Tracer inner = x.pow(3).times(0.044715).plus(x).times(ROOT_OF_2_OVER_PI);
    return inner.tanh().plus(1).times(x).times(0.5);
  }

  /** {@return the name used in the notebook} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
