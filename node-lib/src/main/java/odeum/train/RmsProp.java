package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.nn.Parameters;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6.5; centred: Graves 2013, arXiv:1308.0850), as
 * PyTorch computes it:
 *
 * <pre>
 *   v = alpha v + (1 - alpha) g^2        s = sqrt(v) + epsilon
 *   centred: m = alpha m + (1 - alpha) g        s = sqrt(v - m^2) + epsilon
 *   b = momentum b + g / s               p = p - learningRate b
 * </pre>
 *
 * @param learningRate about the length of a step, in the parameter's own units
 * @param alpha how long the mean squared gradient remembers, in [0, 1)
 * @param epsilon keeps the quotient finite
 * @param momentum share of the last step that is kept, in [0, 1)
 * @param centered whether the square of the mean gradient is taken off the mean square
 * @param weightDecay this times the parameters is added to the gradient
 * @param schedule how the learning rate changes
 */
public record RmsProp(
    double learningRate,
    double alpha,
    double epsilon,
    double momentum,
    boolean centered,
    double weightDecay,
    Schedule schedule)
    implements StepOptimizer {
  public RmsProp {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(alpha >= 0 && alpha < 1, "alpha lies in [0, 1), got %s.", alpha);
    Require.that(epsilon > 0, "epsilon must be positive, got %s.", epsilon);
    Require.that(momentum >= 0 && momentum < 1, "Momentum lies in [0, 1), got %s.", momentum);
    Require.that(weightDecay >= 0, "Weight decay cannot be negative, got %s.", weightDecay);
  }

  /** {@return RMSprop with PyTorch's settings: alpha 0.99, epsilon 1e-8, no momentum} */
  public static RmsProp of(double learningRate) {
    return new RmsProp(learningRate, 0.99, 1e-8, 0, false, 0, Schedule.constant());
  }

  @Override
  public RmsProp withLearningRate(double rate) {
    return new RmsProp(rate, alpha, epsilon, momentum, centered, weightDecay, schedule);
  }

  /** {@return this method with another memory} */
  public RmsProp withAlpha(double share) {
    return new RmsProp(learningRate, share, epsilon, momentum, centered, weightDecay, schedule);
  }

  /** {@return this method with momentum} */
  public RmsProp withMomentum(double share) {
    return new RmsProp(learningRate, alpha, epsilon, share, centered, weightDecay, schedule);
  }

  /** {@return this method with gradients measured by their variance, not their mean square} */
  public RmsProp withCentering() {
    return new RmsProp(learningRate, alpha, epsilon, momentum, true, weightDecay, schedule);
  }

  /** {@return this method, which draws parameters to zero} */
  public RmsProp withWeightDecay(double decay) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centered, decay, schedule);
  }

  @Override
  public RmsProp withSchedule(Schedule schedule) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centered, weightDecay, schedule);
  }

  @Override
  public String name() {
    return "rmsprop";
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
    return new Rule(alpha, epsilon, momentum, centered, weightDecay);
  }

  private record Rule(double alpha, double epsilon, double momentum, boolean centered, double decay)
      implements StepRule {
    @Override
    public List<String> memory() {
      List<String> names = new ArrayList<>(List.of("square"));
      if (centered) {
        names.add("mean");
      }
      if (momentum > 0) {
        names.add("momentum");
      }
      return names;
    }

    @Override
    public void step(double[] p, double[] g, double[][] memory, int step, double rate) {
      double[] v = memory[0];
      double[] m = memory[centered ? 1 : 0];
      double[] b = memory[memory.length - 1];
      for (int i = 0; i < p.length; i++) {
        double slope = decay == 0 ? g[i] : g[i] + decay * p[i];
        v[i] = alpha * v[i] + (1 - alpha) * slope * slope;
        double square = v[i];
        if (centered) {
          m[i] = alpha * m[i] + (1 - alpha) * slope;
          // Rounding may leave the variance a little below zero.
          square = Math.max(0, v[i] - m[i] * m[i]);
        }
        double change = slope / (Math.sqrt(square) + epsilon);
        if (momentum > 0) {
          b[i] = momentum * b[i] + change;
          change = b[i];
        }
        p[i] -= rate * change;
      }
    }
  }
}
