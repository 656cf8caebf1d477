package odeum.train;

import java.util.List;
import odeum.nn.Parameters;

/**
 * Adam (Kingma and Ba 2014, arXiv:1412.6980, algorithm 1): each parameter's step is the mean
 * gradient over the root of the mean squared gradient, both of the recent past.
 *
 * @param learningRate about the length of a step, in the parameter's own units
 * @param beta1 how long the mean gradient remembers, in [0, 1)
 * @param beta2 how long the mean squared gradient remembers, in [0, 1)
 * @param epsilon keeps the quotient finite
 * @param schedule how the learning rate changes
 */
public record Adam(
    double learningRate, double beta1, double beta2, double epsilon, Schedule schedule)
    implements StepOptimizer {
  public Adam {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(beta1 >= 0 && beta1 < 1, "beta1 lies in [0, 1), got %s.", beta1);
    Require.that(beta2 >= 0 && beta2 < 1, "beta2 lies in [0, 1), got %s.", beta2);
    Require.that(epsilon > 0, "epsilon must be positive, got %s.", epsilon);
  }

  /** {@return Adam with the paper's settings beside the learning rate} */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, Schedule.constant());
  }

  @Override
  public Adam withLearningRate(double rate) {
    return new Adam(rate, beta1, beta2, epsilon, schedule);
  }

  /** {@return this method with other memories} */
  public Adam withBetas(double first, double second) {
    return new Adam(learningRate, first, second, epsilon, schedule);
  }

  @Override
  public Adam withSchedule(Schedule schedule) {
    return new Adam(learningRate, beta1, beta2, epsilon, schedule);
  }

  @Override
  public String name() {
    return "adam";
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
    return new Rule(beta1, beta2, epsilon, 0);
  }

  /** Adam's step; what decays is taken off the parameters first, apart from the gradient. */
  record Rule(double beta1, double beta2, double epsilon, double decay) implements StepRule {
    @Override
    public List<String> memory() {
      return List.of("mean", "square");
    }

    @Override
    public void step(double[] p, double[] g, double[][] memory, int step, double rate) {
      double[] m = memory[0];
      double[] v = memory[1];
      // The means of few gradients are too small by these.
      double length = rate / (1 - Steps.power(beta1, step));
      double root = Math.sqrt(1 - Steps.power(beta2, step));
      double kept = 1 - rate * decay;
      for (int i = 0; i < p.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        p[i] = kept * p[i] - length * (m[i] / (Math.sqrt(v[i]) / root + epsilon));
      }
    }
  }
}
