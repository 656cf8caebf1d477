package odeum.train;

import odeum.nn.Parameters;

/** A method that makes one step per gradient; the gradient may belong to a part of the data. */
public sealed interface StepOptimizer extends Optimizer permits Adam, Sgd {
  /** {@return the state before the first step} */
  State start(Parameters parameters);
}
