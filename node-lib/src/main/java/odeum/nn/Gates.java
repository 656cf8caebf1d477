package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * The two linear maps of a recurrent cell, of the observation and of the state, for some gates. The
 * parameters are named as PyTorch's cells name them.
 *
 * @param inputs how many numbers an observation has
 * @param states how many numbers the state has
 * @param count how many gates there are; their rows lie one after the other
 */
record Gates(int inputs, int states, int count) {
  Gates {
    if (inputs <= 0 || states <= 0) {
      throw new IllegalArgumentException(
          "A cell needs at least one input and one state, got %s and %s."
              .formatted(inputs, states));
    }
  }

  /** All start uniform in ±1/sqrt(states), as PyTorch's do. */
  Parameters initial(RandomKey key) {
    double bound = 1 / Math.sqrt(states);
    int rows = count * states;
    return Parameters.of("weight_ih", key.fold(0).uniform(Shape.of(rows, inputs), -bound, bound))
        .and("weight_hh", key.fold(1).uniform(Shape.of(rows, states), -bound, bound))
        .and("bias_ih", key.fold(2).uniform(Shape.of(rows), -bound, bound))
        .and("bias_hh", key.fold(3).uniform(Shape.of(rows), -bound, bound));
  }

  Tracer ofInput(Traced p, Tracer x) {
    return map(p, "ih", x, inputs);
  }

  Tracer ofState(Traced p, Tracer h) {
    return map(p, "hh", h, states);
  }

  private Tracer map(Traced p, String which, Tracer x, int size) {
    require("weight_" + which, p.get("weight_" + which), Shape.of(count * states, size));
    require("bias_" + which, p.get("bias_" + which), Shape.of(count * states));
    require(which.equals("ih") ? "observation" : "state", x, Shape.of(size));
    return p.get("weight_" + which).matmul(x).plus(p.get("bias_" + which));
  }

  private static void require(String what, Tracer given, Shape shape) {
    if (!given.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "The %s of this cell has shape %s, got one of %s.".formatted(what, shape, given.shape()));
    }
  }

  /** {@return the part of one gate} */
  Tracer gate(Tracer all, int index) {
    return all.slice(0, index * states, (index + 1) * states);
  }
}
