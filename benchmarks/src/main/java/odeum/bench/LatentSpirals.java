package odeum.bench;

import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.model.LatentOde;
import odeum.nn.Activation;
import odeum.nn.Cell;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;

/** The latent equation of torchdiffeq's example, with as many parameters: 1,654. */
final class LatentSpirals {
  static final LatentOde MODEL =
      LatentOde.of(
              2,
              4,
              new Joined(Linear.of(2 + 25, 25)),
              Mlp.of(Activation.ELU, 4, 20, 20, 4),
              Mlp.of(Activation.RELU, 4, 20, 2))
          .withNoise(0.3)
          .withIntegrator(Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-7, 1e-9)));

  private LatentSpirals() {}

  /** The example's cell: one linear map of observation and state together. */
  private record Joined(Linear layer) implements Cell {
    @Override
    public int inputs() {
      return layer.inputs() - layer.outputs();
    }

    @Override
    public int states() {
      return layer.outputs();
    }

    @Override
    public Parameters initial(RandomKey key) {
      return layer.initial(key);
    }

    @Override
    public Tracer apply(Traced p, Tracer x, Tracer h) {
      return layer.apply(p, Tracer.concatenate(0, List.of(x, h))).tanh();
    }
  }

  /** {@return the weights that all sides begin with} */
  static Parameters parameters(Inputs inputs) {
    return parameters(inputs, "");
  }

  /** {@return the weights whose names begin with these words} */
  static Parameters parameters(Inputs inputs, String prefix) {
    Parameters p = MODEL.parameters();
    for (String name : p.structure().names()) {
      p = p.with(name, inputs.tensor(prefix + name));
    }
    return p;
  }

  /** {@return the series that are seen, all at the same times} */
  static Dataset rows(Inputs inputs) {
    Tensor y = inputs.tensor("y");
    double[] times = inputs.tensor("times").toArray();
    int count = y.shape().extent(0);
    double[] all = new double[count * times.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = times[i % times.length];
    }
    return Dataset.samples("times", Tensor.of(Shape.of(count, times.length), all)).and("y", y);
  }
}
