package odeum.solver;

import java.util.IdentityHashMap;
import java.util.Map;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/** Changes states as events say; traced changes are opened once. For one thread. */
final class Jumps {
  private final OdeTerm term;
  private final double[] before;

  /** Only looked up by key: its order has no part in anything. */
  private final Map<Event.Jump, Derivative> opened = new IdentityHashMap<>();

  Jumps(OdeTerm term) {
    this.term = term;
    this.before = new double[term.size()];
  }

  void apply(Event.Jump jump, double t, double[] state) {
    switch (jump) {
      case Event.Jump.Plain(Event.Map map) -> map.apply(t, state);
      case Event.Jump.Traced(var observable) -> {
        Derivative map =
            opened.computeIfAbsent(jump, _ -> observable.open(term.parameters().toArray()));
        System.arraycopy(state, 0, before, 0, before.length);
        map.evaluate(t, before, state);
      }
    }
  }
}
