package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * Elman's recurrent cell, {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)} (Elman 1990,
 * doi:10.1207/s15516709cog1402_1). The parameters are those of PyTorch's {@code RNNCell}: {@code
 * weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}.
 *
 * @param inputs how many numbers an observation has
 * @param states how many numbers the state has
 * @param activation the function at the end
 */
public record RnnCell(int inputs, int states, Activation activation) implements Cell {
  public RnnCell {
    new Gates(inputs, states, 1);
  }

  /** {@return a cell of these sizes with tanh} */
  public static RnnCell of(int inputs, int states) {
    return new RnnCell(inputs, states, Activation.TANH);
  }

  /** {@return this cell with another function at the end} */
  public RnnCell withActivation(Activation function) {
    return new RnnCell(inputs, states, function);
  }

  private Gates gates() {
    return new Gates(inputs, states, 1);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return gates().initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer x, Tracer h) {
    return activation.apply(gates().ofInput(p, x).plus(gates().ofState(p, h)));
  }

  @Override
  public String toString() {
    return "rnn(%s, %s, %s)".formatted(inputs, states, activation);
  }
}
