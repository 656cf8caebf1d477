package odeum.train;

import odeum.nn.Parameters;

/**
 * Gradient descent with momentum: {@code v = momentum v + gradient; p = p - learningRate v}.
 *
 * @param learningRate length of a step relative to the gradient
 * @param momentum share of the last step that is kept, in [0, 1)
 */
public record Sgd(double learningRate, double momentum) implements StepOptimizer {
  public Sgd {
    Require.that(learningRate > 0, "The learning rate must be positive, got %s.", learningRate);
    Require.that(momentum >= 0 && momentum < 1, "Momentum lies in [0, 1), got %s.", momentum);
  }

  /** {@return gradient descent without momentum} */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0);
  }

  /** {@return this method with momentum} */
  public Sgd withMomentum(double share) {
    return new Sgd(learningRate, share);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public State start(Parameters parameters) {
    return new Position(this, parameters, parameters.withFlat(new double[parameters.size()]));
  }

  private record Position(Sgd method, Parameters parameters, Parameters velocity) implements State {
    @Override
    public State step(Parameters gradient) {
      double[] p = parameters.flat().toArray();
      double[] v = velocity.flat().toArray();
      for (int i = 0; i < p.length; i++) {
        v[i] = method.momentum * v[i] + gradient.flat().at(i);
        p[i] -= method.learningRate * v[i];
      }
      return new Position(method, parameters.withFlat(p), parameters.withFlat(v));
    }
  }
}
