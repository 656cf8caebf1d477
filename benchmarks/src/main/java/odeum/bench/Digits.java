package odeum.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import odeum.adjoint.Adjoint;
import odeum.model.OdeNet;
import odeum.nn.Parameters;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Optimizer;
import odeum.train.Sgd;

/**
 * Training steps of torchdiffeq's ODE-Net on handwritten digits, each from the same weights. The
 * task names the adjoint.
 */
final class Digits implements Case {
  private final Parameters start;
  private final Dataset data;
  private final Compiled compiled;
  private final int[][] batches;

  Digits(String task, Inputs inputs) {
    OdeNet net = DigitsNet.odeNet().withAdjoint(adjoint(task));
    List<String> names = net.parameters().structure().names();
    start = inputs.parameters(names.toArray(String[]::new));
    data = Dataset.samples("x", inputs.tensor("pixels")).and("class", inputs.tensor("digits"));
    batches = inputs.rows("batches");
    compiled = net.objective().compile(start, data);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, Digits::new);
  }

  private static Adjoint adjoint(String task) {
    return switch (task) {
      case "direct" -> Adjoint.direct();
      case "backsolve" -> Adjoint.backsolve();
      default -> throw new IllegalArgumentException("There is no task '" + task + "'.");
    };
  }

  @Override
  public Map<String, Double> run(int count) {
    Optimizer.State state = Sgd.of(0.1).withMomentum(0.9).start(start);
    double loss = Double.NaN;
    double norm = Double.NaN;
    for (int i = 0; i < count; i++) {
      Evaluation e = compiled.at(start, data.batch(batches[i % batches.length]));
      state = state.step(e.gradient());
      loss = e.value();
      norm = e.gradient().norm();
    }
    return Map.of("loss", loss, "norm", norm);
  }
}
