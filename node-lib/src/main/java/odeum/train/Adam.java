package odeum.train;

import odeum.nn.Parameters;

/**
 * Adam (Kingma and Ba 2014, arXiv:1412.6980, algorithm 1): each parameter's step is the mean
 * gradient over the root of the mean squared gradient, both of the recent past.
 *
 * @param learningRate about the length of a step, in the parameter's own units
 * @param beta1 how long the mean gradient remembers, in [0, 1)
 * @param beta2 how long the mean squared gradient remembers, in [0, 1)
 * @param epsilon keeps the quotient finite
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements StepOptimizer {
  public Adam {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(beta1 >= 0 && beta1 < 1, "beta1 lies in [0, 1), got %s.", beta1);
    Require.that(beta2 >= 0 && beta2 < 1, "beta2 lies in [0, 1), got %s.", beta2);
    Require.that(epsilon > 0, "epsilon must be positive, got %s.", epsilon);
  }

  /** {@return Adam with the paper's settings beside the learning rate} */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8);
  }

  /** {@return this method with other memories} */
  public Adam withBetas(double first, double second) {
    return new Adam(learningRate, first, second, epsilon);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public State start(Parameters parameters) {
    Parameters zeros = parameters.withFlat(new double[parameters.size()]);
    return new Position(this, parameters, zeros, zeros, 1, 1);
  }

  /** The powers are those of the betas, by which the means of few gradients are too small. */
  private record Position(
      Adam method,
      Parameters parameters,
      Parameters mean,
      Parameters square,
      double power1,
      double power2)
      implements State {
    @Override
    public State step(Parameters gradient) {
      double[] p = parameters.flat().toArray();
      double[] m = mean.flat().toArray();
      double[] v = square.flat().toArray();
      double next1 = power1 * method.beta1;
      double next2 = power2 * method.beta2;
      for (int i = 0; i < p.length; i++) {
        double g = gradient.flat().at(i);
        m[i] = method.beta1 * m[i] + (1 - method.beta1) * g;
        v[i] = method.beta2 * v[i] + (1 - method.beta2) * g * g;
        double step = m[i] / (1 - next1) / (Math.sqrt(v[i] / (1 - next2)) + method.epsilon);
        p[i] -= method.learningRate * step;
      }
      return new Position(
          method,
          parameters.withFlat(p),
          parameters.withFlat(m),
          parameters.withFlat(v),
          next1,
          next2);
    }
  }
}
