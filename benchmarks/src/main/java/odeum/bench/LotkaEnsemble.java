package odeum.bench;

import java.io.IOException;
import java.util.Map;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Ensemble;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solvers;
import odeum.solver.Variants;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** Predator and prey from many initial values, each solve with its own steps. */
final class LotkaEnsemble implements Case {
  private final Integrator integrator;
  private final Variants variants;

  LotkaEnsemble(Inputs inputs) {
    integrator =
        Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-8, 1e-8))
            .withSaveAt(SaveAt.even(1001))
            .withoutSteps();
    Parameters rates = inputs.parameters("alpha", "beta", "gamma", "delta");
    TracedField field =
        TracedField.of(
            (_, y, p) -> {
              Tracer x = y.get(0);
              Tracer z = y.get(1);
              Tracer births = p.get("alpha").times(x).minus(p.get("beta").times(x).times(z));
              Tracer deaths = p.get("delta").times(x).times(z).minus(p.get("gamma").times(z));
              return Tracer.stack(births, deaths);
            },
            Shape.of(2),
            rates.structure());
    Tensor initials = inputs.tensor("y0");
    Problem one =
        Problem.of(OdeTerm.of(field, rates.flat()), Tensor.vector(1, 1), 0, inputs.number("end"));
    variants = Variants.of(one, initials.shape().extent(0)).withInitials(initials);
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, (_, inputs) -> new LotkaEnsemble(inputs));
  }

  @Override
  public Map<String, Double> run(int count) {
    Ensemble ensemble = null;
    for (int i = 0; i < count; i++) {
      ensemble = integrator.ensemble(variants);
    }
    return Map.of(
        "mean x", ensemble.mean("y0")[1000],
        "mean y", ensemble.mean("y1")[1000],
        "x of 0", ensemble.last("y0")[0],
        "y of 999", ensemble.last("y1")[ensemble.size() - 1]);
  }
}
