package odeum.term;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Tracer;

/** Pendulums in a row, each tied to its neighbours by springs: angles, then their velocities. */
final class PendulumChain {
  private PendulumChain() {}

  static Tracer rates(Tracer y, int n) {
    List<Tracer> rates = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rates.add(y.get(n + i));
    }
    for (int i = 0; i < n; i++) {
      Tracer force = y.get(i).sin().unaryMinus();
      force = i > 0 ? force.plus(y.get(i - 1).minus(y.get(i))) : force;
      force = i < n - 1 ? force.plus(y.get(i + 1).minus(y.get(i))) : force;
      rates.add(force);
    }
    return Tracer.stack(rates);
  }
}
