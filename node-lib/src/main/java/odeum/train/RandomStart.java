package odeum.train;

import odeum.nn.Parameters;
import odeum.simd.Elementary;
import odeum.tensor.RandomKey;
import odeum.tensor.Structure;

/**
 * Other points to start from than the model's own. What the model itself draws is drawn anew. A
 * number with limits on both sides is drawn between them, evenly. Of others the size is drawn, from
 * a fifth of that at the start to five times it: rates and scales are known by their order of
 * magnitude, and their sign is. One that starts at zero becomes a standard normal number.
 */
final class RandomStart {
  private static final double LOG_OF_FIVE = 1.6094379124341003;

  private final Limits limits;
  private final Parameters drawn;
  private final Parameters other;
  private final RandomKey key;

  private RandomStart(Trainable<?> model, RandomKey key) {
    this.limits = model.limits();
    this.drawn = model.start(key.fold(0));
    // What is the same for another key is no random number of the model's.
    this.other = model.start(key.fold(1));
    this.key = key.fold(2);
  }

  /** {@return a point that belongs to a key} */
  static Parameters of(Trainable<?> model, RandomKey key) {
    return new RandomStart(model, key).point();
  }

  private Parameters point() {
    double[] values = drawn.flat().toArray();
    boolean randomNets =
        drawn.structure().parts().stream().anyMatch(part -> !isNumber(part) && isDrawn(part));
    for (Structure.Part part : drawn.structure().parts()) {
      if (isNumber(part)) {
        int at = part.offset();
        values[at] = isDrawn(part) ? values[at] : number(part.name(), values[at], at);
      } else if (!randomNets) {
        shake(part, values);
      }
    }
    return drawn.withFlat(values);
  }

  private static boolean isNumber(Structure.Part part) {
    return part.shape().rank() == 0;
  }

  private boolean isDrawn(Structure.Part part) {
    int end = part.offset() + part.shape().size();
    for (int i = part.offset(); i < end; i++) {
      if (drawn.flat().at(i) != other.flat().at(i)) {
        return true;
      }
    }
    return false;
  }

  private double number(String name, double start, int counter) {
    Limits.Interval interval = limits.interval(name);
    double chance = key.uniform(counter);
    boolean below = Double.isFinite(interval.low());
    boolean above = Double.isFinite(interval.high());
    if (below && above) {
      return interval.low() + (interval.high() - interval.low()) * chance;
    }
    double factor = Elementary.exp(LOG_OF_FIVE * (2 * chance - 1));
    if (below || above) {
      double limit = below ? interval.low() : interval.high();
      double distance = start == limit ? Math.max(1, Math.abs(limit)) : Math.abs(start - limit);
      return below ? limit + factor * distance : limit - factor * distance;
    }
    return start == 0 ? key.normal(counter) : factor * start;
  }

  /** Weights that are given, as of a network that was trained: noise as large as they are. */
  private void shake(Structure.Part part, double[] values) {
    int end = part.offset() + part.shape().size();
    double squares = 0;
    for (int i = part.offset(); i < end; i++) {
      squares = Math.fma(values[i], values[i], squares);
    }
    double size = Math.sqrt(squares / part.shape().size());
    for (int i = part.offset(); i < end; i++) {
      values[i] += size * key.normal(i);
    }
  }
}
