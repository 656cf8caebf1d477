package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Objective;

/**
 * A network of some size as a vector field, a batch of states from 0 to 1. The task is {@code
 * forward}, the loss alone, or {@code gradient}, both.
 */
final class NetworkOde implements Case {
  private static final Mlp NET = Mlp.of(64, 256, 256, 64);

  private final boolean gradient;
  private final Parameters parameters;
  private final Batch batch;
  private final Compiled compiled;

  NetworkOde(String task, Inputs inputs) {
    gradient = task.equals("gradient");
    Integrator integrator = Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-5, 1e-5));
    Solve solve = Solve.of((_, y, p) -> NET.apply(p, y), integrator, Adjoint.direct());
    Objective loss = (p, s) -> solve.apply(p, s.get("y0"), s.get("times")).get(1).square().mean();
    parameters =
        inputs.parameters("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");
    Tensor y0 = inputs.tensor("y0");
    Dataset data = Dataset.samples("y0", y0).and("times", spans(y0.shape().extent(0)));
    batch = data.all();
    compiled = loss.compile(parameters, data);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, NetworkOde::new);
  }

  private static Tensor spans(int count) {
    double[] spans = new double[2 * count];
    for (int i = 0; i < count; i++) {
      spans[2 * i + 1] = 1;
    }
    return Tensor.of(Shape.of(count, 2), spans);
  }

  @Override
  public Map<String, Double> run(int count) {
    double loss = Double.NaN;
    double norm = Double.NaN;
    for (int i = 0; i < count; i++) {
      if (gradient) {
        Evaluation e = compiled.at(parameters, batch);
        loss = e.value();
        norm = e.gradient().norm();
      } else {
        loss = compiled.value(parameters, batch);
      }
    }
    return gradient ? Map.of("loss", loss, "norm", norm) : Map.of("loss", loss);
  }
}
