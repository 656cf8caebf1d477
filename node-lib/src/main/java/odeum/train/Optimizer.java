package odeum.train;

import odeum.nn.Parameters;

/** A method that makes a loss smaller: step by step from gradients, or over the whole data. */
public sealed interface Optimizer permits StepOptimizer, WholeBatchOptimizer {
  /** {@return the name used in the notebook, as in {@code -O adam}} */
  String name();

  /** Where a step-by-step method is: parameters and what the method remembers. Immutable. */
  interface State {
    /** {@return the present parameters} */
    Parameters parameters();

    /** {@return the state after one step against a gradient} */
    State step(Parameters gradient);

    /** {@return what the method remembers, for {@link StepOptimizer#restore}} */
    OptimizerMemory memory();
  }
}
