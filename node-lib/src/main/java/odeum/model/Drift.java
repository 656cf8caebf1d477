package odeum.model;

import java.util.List;
import java.util.function.BinaryOperator;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * The equation of a hidden state between observations. An interval of length d is solved as {@code
 * dh/ds = d f(h)} for s from 0 to 1, with d as one more state: so intervals of different lengths
 * are solved together, and one of length 0 changes nothing.
 *
 * @param field dh/dt of a state
 * @param integrator what solves an interval
 * @param adjoint how it is differentiated
 */
record Drift(Layer field, Integrator integrator, Adjoint adjoint) {
  /** What a hidden state is solved with: no data say what it should be exactly. */
  static final Integrator COARSE = Integrator.adaptive(Solvers.bosh3(), Pid.of(1e-3, 1e-4));

  /** {@return from a state and a length of time to the state then; the field is traced once} */
  BinaryOperator<Tracer> rule(Traced p, int states) {
    TracedField scaled =
        TracedField.of(
            (s, y, q) -> {
              Tracer slope = field.apply(q, y.slice(0, 0, states));
              return slope.times(y.get(states)).pad(0, 0, 1);
            },
            Shape.of(states + 1),
            p.structure());
    Solve solve = Solve.of(scaled, integrator, adjoint);
    return (h, length) -> {
      Tracer start = Tracer.concatenate(0, List.of(h, length.reshape(Shape.of(1))));
      Tracer span = h.constant(Tensor.vector(0, 1));
      return solve.apply(p, start, span).get(1).slice(0, 0, states);
    };
  }
}
