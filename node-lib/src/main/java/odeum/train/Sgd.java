package odeum.train;

import java.util.List;
import odeum.nn.Parameters;

/**
 * Gradient descent with momentum: {@code v = momentum v + gradient; p = p - learningRate v}. With
 * Nesterov's momentum (Sutskever et al. 2013, as PyTorch has it) {@code p = p - learningRate
 * (gradient + momentum v)}.
 *
 * @param learningRate length of a step relative to the gradient
 * @param momentum share of the last step that is kept, in [0, 1)
 * @param nesterov whether the momentum looks ahead
 * @param weightDecay this times the parameters is added to the gradient
 * @param schedule how the learning rate changes
 */
public record Sgd(
    double learningRate, double momentum, boolean nesterov, double weightDecay, Schedule schedule)
    implements StepOptimizer {
  public Sgd {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(momentum >= 0 && momentum < 1, "Momentum lies in [0, 1), got %s.", momentum);
    Require.that(weightDecay >= 0, "Weight decay cannot be negative, got %s.", weightDecay);
  }

  /** {@return gradient descent without momentum} */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, false, 0, Schedule.constant());
  }

  @Override
  public Sgd withLearningRate(double rate) {
    return new Sgd(rate, momentum, nesterov, weightDecay, schedule);
  }

  /** {@return this method with momentum} */
  public Sgd withMomentum(double share) {
    return new Sgd(learningRate, share, false, weightDecay, schedule);
  }

  /** {@return this method with Nesterov's momentum} */
  public Sgd withNesterov(double share) {
    return new Sgd(learningRate, share, true, weightDecay, schedule);
  }

  /** {@return this method, which draws parameters to zero} */
  public Sgd withWeightDecay(double decay) {
    return new Sgd(learningRate, momentum, nesterov, decay, schedule);
  }

  @Override
  public Sgd withSchedule(Schedule schedule) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay, schedule);
  }

  @Override
  public String name() {
    return "sgd";
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
    return new Rule(momentum, nesterov, weightDecay);
  }

  private record Rule(double momentum, boolean nesterov, double decay) implements StepRule {
    @Override
    public List<String> memory() {
      return List.of("momentum");
    }

    @Override
    public void step(double[] p, double[] g, double[][] memory, int step, double rate) {
      double[] v = memory[0];
      for (int i = 0; i < p.length; i++) {
        double slope = decay == 0 ? g[i] : g[i] + decay * p[i];
        v[i] = momentum * v[i] + slope;
        p[i] -= rate * (nesterov ? slope + momentum * v[i] : v[i]);
      }
    }
  }
}
