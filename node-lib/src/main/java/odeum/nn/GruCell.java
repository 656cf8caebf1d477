package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * The gated recurrent unit (Cho et al. 2014, arXiv:1406.1078), with the equations and the
 * parameters of PyTorch's {@code GRUCell}:
 *
 * <pre>
 *   r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 *   z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 *   n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 *   h' = (1 - z) n + z h = h + (1 - z)(n - h)
 * </pre>
 *
 * <p>The last form is one Euler step of length 1 of the equation {@code dh/dt = (1 - z)(n - h)} (De
 * Brouwer et al. 2019, arXiv:1905.12374), which {@link #derivative} is; the cell computes it, to
 * the bit.
 *
 * @param inputs how many numbers an observation has
 * @param states how many numbers the state has
 */
public record GruCell(int inputs, int states) implements Cell {
  private static final int RESET = 0;
  private static final int UPDATE = 1;
  private static final int NEW = 2;

  public GruCell {
    new Gates(inputs, states, 3);
  }

  /** {@return a cell of these sizes} */
  public static GruCell of(int inputs, int states) {
    return new GruCell(inputs, states);
  }

  private Gates gates() {
    return new Gates(inputs, states, 3);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return gates().initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer x, Tracer h) {
    return h.plus(derivative(p, x, h));
  }

  /** {@return {@code dh/dt} of the equation that the cell takes a step of}; see {@link #apply} */
  public Tracer derivative(Traced p, Tracer x, Tracer h) {
    Tracer ofInput = gates().ofInput(p, x);
    Tracer ofState = gates().ofState(p, h);
    Tracer reset = gate(ofInput, RESET).plus(gate(ofState, RESET)).sigmoid();
    Tracer update = gate(ofInput, UPDATE).plus(gate(ofState, UPDATE)).sigmoid();
    Tracer proposed = gate(ofInput, NEW).plus(reset.times(gate(ofState, NEW))).tanh();
    return update.unaryMinus().plus(1).times(proposed.minus(h));
  }

  private Tracer gate(Tracer all, int index) {
    return gates().gate(all, index);
  }

  @Override
  public String toString() {
    return "gru(%s, %s)".formatted(inputs, states);
  }
}
