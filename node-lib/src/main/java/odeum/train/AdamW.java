package odeum.train;

import odeum.nn.Parameters;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2, with
 * the decay relative to the learning rate as in PyTorch): before each step of Adam every parameter
 * loses the share {@code learningRate * weightDecay} of itself.
 *
 * @param learningRate about the length of a step, in the parameter's own units
 * @param beta1 how long the mean gradient remembers, in [0, 1)
 * @param beta2 how long the mean squared gradient remembers, in [0, 1)
 * @param epsilon keeps the quotient finite
 * @param weightDecay how strongly parameters are drawn to zero
 * @param schedule how the learning rate changes
 */
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    Schedule schedule)
    implements StepOptimizer {
  public AdamW {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(beta1 >= 0 && beta1 < 1, "beta1 lies in [0, 1), got %s.", beta1);
    Require.that(beta2 >= 0 && beta2 < 1, "beta2 lies in [0, 1), got %s.", beta2);
    Require.that(epsilon > 0, "epsilon must be positive, got %s.", epsilon);
    Require.that(weightDecay >= 0, "Weight decay cannot be negative, got %s.", weightDecay);
  }

  /** {@return AdamW with a weight decay of 0.01, and Adam's settings} */
  public static AdamW of(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01, Schedule.constant());
  }

  @Override
  public AdamW withLearningRate(double rate) {
    return new AdamW(rate, beta1, beta2, epsilon, weightDecay, schedule);
  }

  /** {@return this method with other memories} */
  public AdamW withBetas(double first, double second) {
    return new AdamW(learningRate, first, second, epsilon, weightDecay, schedule);
  }

  /** {@return this method with another weight decay} */
  public AdamW withWeightDecay(double decay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, decay, schedule);
  }

  @Override
  public AdamW withSchedule(Schedule schedule) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay, schedule);
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public State start(Parameters parameters, int steps) {
    return Steps.start(this, rule(), parameters, steps);
  }

  @Override
  public State restore(Parameters parameters, OptimizerMemory memory, int steps) {
    return Steps.restore(this, rule(), parameters, memory, steps);
  }

  private StepRule rule() {
    return new Adam.Rule(beta1, beta2, epsilon, weightDecay);
  }
}
