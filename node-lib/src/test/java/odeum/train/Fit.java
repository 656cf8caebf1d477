package odeum.train;

import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/** A model that is nothing but its parameters. */
record Fit(Objective objective, Parameters from, Limits limits) implements Trainable<Parameters> {
  /** The data of objectives that need none. */
  static final Dataset NOTHING = Dataset.sample("unused", Tensor.scalar(0));

  static Fit of(Objective objective, Parameters from) {
    return new Fit(objective, from, Limits.NONE);
  }

  /** Rosenbrock's valley, as a sum of squares divided by two; the minimum 0 is at (1, 1). */
  static Fit rosenbrock() {
    Objective valley =
        Objective.leastSquares(
            (p, sample) -> {
              Tracer bend = p.get("b").minus(p.get("a").square()).times(10);
              return Tracer.stack(bend, p.get("a").minus(1));
            });
    return of(valley, Parameters.of("a", -1.2).and("b", 1));
  }

  @Override
  public Parameters start(RandomKey key) {
    return from;
  }

  @Override
  public Parameters with(Parameters parameters) {
    return parameters;
  }

  @Override
  public Dataset data() {
    return NOTHING;
  }
}
