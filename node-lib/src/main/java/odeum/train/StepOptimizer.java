package odeum.train;

import odeum.nn.Parameters;

/** A method that makes one step per gradient; the gradient may belong to a part of the data. */
public sealed interface StepOptimizer extends Optimizer permits Adam, AdamW, RmsProp, Sgd {
  /** {@return the learning rate, by which the schedule is multiplied} */
  double learningRate();

  /** {@return how the learning rate changes from step to step} */
  Schedule schedule();

  /** {@return this method with another learning rate} */
  StepOptimizer withLearningRate(double rate);

  /** {@return this method with a learning rate that changes} */
  StepOptimizer withSchedule(Schedule schedule);

  /** {@return the state before the first step, when it is not known how many there will be} */
  default State start(Parameters parameters) {
    return start(parameters, 0);
  }

  /** {@return the state before the first of so many steps, over which the schedule spreads} */
  State start(Parameters parameters, int steps);

  /**
   * {@return the state that had these parameters and this memory} It goes on to the same bits.
   *
   * @param parameters the parameters of the saved state
   * @param memory what {@link Optimizer.State#memory} gave
   * @param steps how many steps there will be in all, those done included; 0 if not known
   */
  State restore(Parameters parameters, OptimizerMemory memory, int steps);
}
