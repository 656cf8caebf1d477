package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Objective;

/**
 * torchdiffeq's demo: a network learns a spiral from windows of one trajectory. An iteration is a
 * training step. The task names the adjoint.
 */
final class Spiral implements Case {
  private static final int WINDOW = 10;
  private static final double RATE = 1e-3;
  private static final double MEMORY = 0.99;
  private static final double EPSILON = 1e-8;

  private final Parameters start;
  private final Dataset data;
  private final Compiled compiled;
  private final int[][] batches;

  Spiral(String task, Inputs inputs) {
    Integrator integrator = Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-7, 1e-9));
    Solve solve = Solve.of((_, y, p) -> net(p, y.pow(3)), integrator, adjoint(task));
    Objective loss =
        (p, s) -> solve.apply(p, s.get("y0"), s.get("times")).minus(s.get("y")).abs().mean();
    start = inputs.parameters("0.weight", "0.bias", "2.weight", "2.bias");
    data = windows(inputs.tensor("times"), inputs.tensor("trajectory"));
    batches = inputs.rows("batches");
    compiled = loss.compile(start, data);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, Spiral::new);
  }

  private static Adjoint adjoint(String task) {
    return switch (task) {
      case "direct" -> Adjoint.direct();
      default -> throw new IllegalArgumentException("There is no adjoint '" + task + "' yet.");
    };
  }

  static Tracer net(Traced p, Tracer x) {
    Tracer hidden = p.get("0.weight").matmul(x).plus(p.get("0.bias")).tanh();
    return p.get("2.weight").matmul(hidden).plus(p.get("2.bias"));
  }

  /** Each sample is a window: its first state, the times from zero, the states there. */
  private static Dataset windows(Tensor times, Tensor trajectory) {
    int count = trajectory.shape().extent(0) - WINDOW;
    double[] firsts = new double[count * 2];
    double[] ticks = new double[count * WINDOW];
    double[] states = new double[count * WINDOW * 2];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < WINDOW; j++) {
        ticks[i * WINDOW + j] = times.at(j);
        for (int k = 0; k < 2; k++) {
          states[(i * WINDOW + j) * 2 + k] = trajectory.get(i + j, k);
        }
      }
      firsts[2 * i] = trajectory.get(i, 0);
      firsts[2 * i + 1] = trajectory.get(i, 1);
    }
    return Dataset.samples("y0", Tensor.of(Shape.of(count, 2), firsts))
        .and("times", Tensor.of(Shape.of(count, WINDOW), ticks))
        .and("y", Tensor.of(Shape.of(count, WINDOW, 2), states));
  }

  @Override
  public Map<String, Double> run(int count) {
    Parameters parameters = start;
    double[] squares = new double[start.size()];
    double loss = Double.NaN;
    for (int i = 0; i < count; i++) {
      Evaluation e = compiled.at(parameters, data.batch(batches[i % batches.length]));
      parameters = step(parameters, e.gradient(), squares);
      loss = e.value();
    }
    return Map.of("loss", loss, "norm", parameters.norm());
  }

  /** RMSprop as PyTorch has it: epsilon beside the root. */
  private static Parameters step(Parameters parameters, Parameters gradient, double[] squares) {
    double[] values = parameters.flat().toArray();
    for (int i = 0; i < values.length; i++) {
      double g = gradient.flat().at(i);
      squares[i] = MEMORY * squares[i] + (1 - MEMORY) * g * g;
      values[i] -= RATE * g / (Math.sqrt(squares[i]) + EPSILON);
    }
    return parameters.withFlat(values);
  }
}
