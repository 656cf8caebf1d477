package odeum.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Optimizer;

/**
 * torchdiffeq's latent equation of spirals. An iteration is a training step; there is one task.
 */
final class Latent implements Case {
  private final Parameters start;
  private final List<Batch> batches = new ArrayList<>();
  private final Compiled compiled;

  Latent(String task, Inputs inputs) {
    start = LatentSpirals.parameters(inputs);
    Tensor noise = inputs.tensor("noise");
    int steps = noise.shape().extent(0);
    int each = noise.size() / steps;
    for (int i = 0; i < steps; i++) {
      double[] own = new double[each];
      for (int j = 0; j < each; j++) {
        own[j] = noise.at(i * each + j);
      }
      Shape shape = noise.shape().without(0);
      batches.add(LatentSpirals.rows(inputs).and("noise", Tensor.of(shape, own)).all());
    }
    Dataset data = LatentSpirals.rows(inputs).and("noise", Tensor.zeros(noise.shape().without(0)));
    compiled = LatentSpirals.MODEL.objective().compile(start, data);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, Latent::new);
  }

  @Override
  public Map<String, Double> run(int count) {
    Optimizer.State state = Adam.of(1e-2).start(start);
    double loss = Double.NaN;
    double slope = Double.NaN;
    for (int i = 0; i < count; i++) {
      Evaluation e = compiled.at(state.parameters(), batches.get(i % batches.size()));
      state = state.step(e.gradient());
      loss = e.value();
      slope = e.gradient().norm();
    }
    return Map.of("loss", loss, "slope", slope);
  }
}
