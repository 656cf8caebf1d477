package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.RmsProp;

/**
 * torchdiffeq's demo: a network learns a spiral from windows of one trajectory. An iteration is a
 * training step. The task names the adjoint.
 */
final class Spiral implements Case {
  private static final int WINDOW = 10;
  private static final Mlp NET = Mlp.of(2, 50, 2);

  private final Parameters start;
  private final Dataset data;
  private final Compiled compiled;
  private final int[][] batches;

  Spiral(String task, Inputs inputs) {
    Integrator integrator = Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-7, 1e-9));
    Solve solve = Solve.of((_, y, p) -> NET.apply(p, y.pow(3)), integrator, adjoint(task));
    Objective loss =
        (p, s) -> solve.apply(p, s.get("y0"), s.get("times")).minus(s.get("y")).abs().mean();
    start = inputs.parameters("0.weight", "0.bias", "2.weight", "2.bias");
    TimeSeries trajectory =
        TimeSeries.of(inputs.tensor("times").toArray())
            .and("x", inputs.column("trajectory", 0))
            .and("y", inputs.column("trajectory", 1));
    data = Dataset.windowsFromZero(trajectory, WINDOW);
    batches = inputs.rows("batches");
    compiled = loss.compile(start, data);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, Spiral::new);
  }

  private static Adjoint adjoint(String task) {
    return switch (task) {
      case "direct" -> Adjoint.direct();
      case "backsolve" -> Adjoint.backsolve();
      default -> throw new IllegalArgumentException("There is no adjoint '" + task + "' yet.");
    };
  }

  @Override
  public Map<String, Double> run(int count) {
    Optimizer.State state = RmsProp.of(1e-3).start(start);
    double loss = Double.NaN;
    for (int i = 0; i < count; i++) {
      Evaluation e = compiled.at(state.parameters(), data.batch(batches[i % batches.length]));
      state = state.step(e.gradient());
      loss = e.value();
    }
    return Map.of("loss", loss, "norm", state.parameters().norm());
  }
}
