package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import odeum.adjoint.Solve;
import odeum.autodiff.Divergence;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.TimedLayer;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.VectorField;

/**
 * A flow on tracers, for one sample. By the instantaneous change of variables, along a solution
 * {@code d log p(x(t)) / dt = -div f(t, x(t))} (arXiv:1806.07366).
 *
 * <p>Noise and context are values of the state that stay as they are: in the parameters, each
 * sample of a batch would have weights of its own. They do not choose the steps.
 */
record FlowSolve(TimedLayer layer, FlowSettings settings) {
  private Tracer times(Tracer like, boolean backward) {
    double first = backward ? settings.end() : settings.start();
    double last = backward ? settings.start() : settings.end();
    return like.constant(Tensor.vector(first, last));
  }

  private Solve solve(VectorField field, int controlled, int kept) {
    Integrator integrator = settings.integrator();
    return Solve.of(
        field, kept == 0 ? integrator : integrator.withControlled(controlled), settings.adjoint());
  }

  /**
   * {@return the log density of x}
   *
   * @param context shape {@code (context)}
   * @param noise of an estimate of the divergence, or empty for the exact one
   */
  Tracer logDensity(Traced p, Tracer x, Tracer context, Optional<Tracer> noise) {
    int d = layer.dimension();
    List<Tracer> kept = new ArrayList<>(noise.map(List::of).orElse(List.of()));
    kept.add(context);
    Tracer fixed = Tracer.concatenate(0, kept);
    int size = fixed.shape().size();
    VectorField field =
        (t, y, q) -> {
          Tracer state = y.slice(0, 0, d);
          Tracer rest = y.slice(0, d + 1 + size - context.shape().size(), d + 1 + size);
          Tracer slope = layer.apply(q, t, state, rest);
          Tracer divergence =
              noise.isEmpty()
                  ? layer.divergence(q, t, state, rest)
                  : Divergence.estimate(
                      z -> layer.apply(q, t, z, rest), state, y.slice(0, d + 1, 2 * d + 1));
          return joined(slope, divergence.reshape(Shape.of(1)), zeros(y, size));
        };
    Tracer y1 = joined(x, zeros(x, 1), fixed);
    Tracer y0 = solve(field, d + 1, size).apply(p, y1, times(x, true)).get(1);
    return settings.base().logDensity(y0.slice(0, 0, d)).plus(y0.get(d));
  }

  /** {@return where a state comes from or goes to} */
  Tracer moved(Traced p, Tracer x, Tracer context, boolean backward) {
    return states(p, x, context, times(x, backward)).get(1);
  }

  /** {@return the states on the way, shape {@code (times, dimension)}} */
  Tracer states(Traced p, Tracer x, Tracer context, Tracer times) {
    int d = layer.dimension();
    int size = context.shape().size();
    VectorField field =
        (t, y, q) ->
            joined(layer.apply(q, t, y.slice(0, 0, d), y.slice(0, d, d + size)), zeros(y, size));
    return solve(field, d, size).apply(p, joined(x, context), times).slice(1, 0, d);
  }

  private static Tracer zeros(Tracer like, int count) {
    return like.constant(Tensor.zeros(Shape.of(count)));
  }

  private static Tracer joined(Tracer... parts) {
    return Tracer.concatenate(
        0, Arrays.stream(parts).filter(part -> part.shape().size() > 0).toList());
  }
}
