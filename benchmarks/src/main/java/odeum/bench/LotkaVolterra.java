package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** Predator and prey from (1, 1) to t = 100 with 1,001 saved values. An iteration is a solve. */
final class LotkaVolterra implements Case {
  private final Integrator integrator;
  private final Problem problem;

  LotkaVolterra(Inputs inputs) {
    integrator =
        Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-8, 1e-8))
            .withSaveAt(SaveAt.even(1001))
            .withoutSteps();
    Parameters rates = inputs.parameters("alpha", "beta", "gamma", "delta");
    Tensor y0 = inputs.tensor("y0");
    TracedField field =
        TracedField.of(
            (_, y, p) -> {
              Tracer x = y.get(0);
              Tracer z = y.get(1);
              Tracer births = p.get("alpha").times(x).minus(p.get("beta").times(x).times(z));
              Tracer deaths = p.get("delta").times(x).times(z).minus(p.get("gamma").times(z));
              return Tracer.stack(births, deaths);
            },
            y0.shape(),
            rates.structure());
    problem = Problem.of(OdeTerm.of(field, rates.flat()), y0, 0, inputs.number("end"));
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, (_, inputs) -> new LotkaVolterra(inputs));
  }

  @Override
  public Map<String, Double> run(int count) {
    Solution solution = null;
    for (int i = 0; i < count; i++) {
      solution = integrator.solve(problem);
    }
    return Map.of("x", solution.last("y0"), "y", solution.last("y1"));
  }
}
