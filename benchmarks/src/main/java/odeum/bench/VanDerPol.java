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

/** Van der Pol's stiff oscillator. An iteration is a solve. */
final class VanDerPol implements Case {
  private final Integrator integrator;
  private final Problem problem;

  VanDerPol(Inputs inputs) {
    integrator =
        Integrator.adaptive(Solvers.rodas5p(), Pid.of(1e-6, 1e-6)).withSaveAt(SaveAt.end());
    Parameters stiffness = inputs.parameters("mu");
    Tensor y0 = inputs.tensor("y0");
    TracedField field =
        TracedField.of(
            (_, y, p) -> {
              Tracer x = y.get(0);
              Tracer v = y.get(1);
              Tracer damping = x.square().unaryMinus().plus(1).times(p.get("mu"));
              return Tracer.stack(v, damping.times(v).minus(x));
            },
            y0.shape(),
            stiffness.structure());
    problem = Problem.of(OdeTerm.of(field, stiffness.flat()), y0, 0, inputs.number("end"));
  }

  public static void main(String[] args) throws IOException {
    Side.serve(args, (_, inputs) -> new VanDerPol(inputs));
  }

  @Override
  public Map<String, Double> run(int count) {
    Solution solution = null;
    for (int i = 0; i < count; i++) {
      solution = integrator.solve(problem);
    }
    return Map.of("x", solution.last("y0"), "v", solution.last("y1"));
  }
}
