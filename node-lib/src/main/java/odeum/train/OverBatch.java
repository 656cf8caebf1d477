package odeum.train;

import odeum.graph.Traced;
import odeum.graph.Tracer;

/** An objective of a whole batch. */
record OverBatch(Objective of) implements Objective {
  @Override
  public Tracer loss(Traced p, Traced batch) {
    return of.loss(p, batch);
  }

  @Override
  public boolean overBatch() {
    return true;
  }
}
