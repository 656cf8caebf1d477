package odeum.model;

import odeum.graph.Tracer;
import odeum.simd.Elementary;

/**
 * Whole numbers made continuous: noise spreads each level evenly over (0, 1), and a logit takes the
 * open interval to all numbers (Papamakarios et al. 2017, arXiv:1705.07057; Theis et al. 2016,
 * arXiv:1511.01844). The density of the noisy numbers is a lower bound of the levels' probability.
 *
 * @param count levels are 0, 1, ..., count - 1
 * @param squeeze how far from the ends of (0, 1) the logit stays
 */
record Levels(int count, double squeeze) {
  Levels {
    if (count < 2 || !(squeeze > 0 && squeeze < 0.5)) {
      throw new IllegalArgumentException(
          "There are two levels or more, and the squeeze lies between 0 and 0.5; got %s and %s."
              .formatted(count, squeeze));
    }
  }

  private Tracer squeezed(Tracer levels, Tracer jitter) {
    return levels.plus(jitter).times((1 - 2 * squeeze) / count).plus(squeeze);
  }

  /** {@return the continuous values of levels} */
  Tracer continuous(Tracer levels, Tracer jitter) {
    Tracer v = squeezed(levels, jitter);
    return v.log().minus(v.unaryMinus().plus(1).log());
  }

  /** {@return the log of how much denser levels lie than their continuous values} */
  Tracer logDerivative(Tracer levels, Tracer jitter) {
    Tracer v = squeezed(levels, jitter);
    double each = Elementary.log((1 - 2 * squeeze) / count);
    Tracer logs = v.log().plus(v.unaryMinus().plus(1).log());
    return logs.sum().unaryMinus().plus(each * levels.shape().size());
  }

  /** {@return the level that a continuous value belongs to} */
  double level(double value) {
    double spread = (Elementary.sigmoid(value) - squeeze) / (1 - 2 * squeeze) * count;
    return Math.clamp(Math.floor(spread), 0, count - 1);
  }
}
