package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.model.ContinuousNormalizingFlow;
import odeum.nn.HyperNetwork;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Optimizer;

/**
 * torchdiffeq's continuous normalizing flow: an iteration is a training step by the likelihood of
 * fresh points. The task names the figure they lie on.
 */
final class Flow implements Case {
  private static final double NOISE = 0.06;

  private final Parameters start;
  private final Dataset[] batches;
  private final Compiled compiled;

  Flow(String task, Inputs inputs) {
    ContinuousNormalizingFlow flow = flow();
    start = inputs.parameters("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");
    batches = batches(inputs.tensor(task), inputs.tensor("noise"));
    compiled = flow.objective().compile(start, batches[0]);
  }

  /** Samples set out at 0 and arrive at 10, as there. */
  static ContinuousNormalizingFlow flow() {
    return ContinuousNormalizingFlow.of(HyperNetwork.of(2, 64, 32))
        .withSpan(0, 10)
        .withBase(Math.sqrt(0.1))
        .withIntegrator(Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-5, 1e-5)));
  }

  /** The points of the figure moved by the noise of each batch, shape (batches, points, 2). */
  private static Dataset[] batches(Tensor figure, Tensor noise) {
    Dataset[] batches = new Dataset[noise.shape().extent(0)];
    for (int i = 0; i < batches.length; i++) {
      double[] points = figure.toArray();
      for (int j = 0; j < points.length; j++) {
        points[j] += NOISE * noise.at(i * points.length + j);
      }
      batches[i] = Dataset.samples("x", Tensor.of(figure.shape(), points));
    }
    return batches;
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, Flow::new);
  }

  @Override
  public Map<String, Double> run(int count) {
    Optimizer.State state = Adam.of(1e-3).start(start);
    double loss = Double.NaN;
    double norm = Double.NaN;
    for (int i = 0; i < count; i++) {
      Evaluation e = compiled.at(state.parameters(), batches[i % batches.length].all());
      state = state.step(e.gradient());
      loss = e.value();
      norm = e.gradient().norm();
    }
    return Map.of("loss", loss, "gradient", norm);
  }
}
