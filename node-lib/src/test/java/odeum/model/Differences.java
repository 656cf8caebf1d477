package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import odeum.nn.Parameters;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Evaluation;

/** Gradients held against differences of values. */
final class Differences {
  private Differences() {}

  /** Checks every so many-th component of a gradient by central differences. */
  static void check(Compiled loss, Parameters at, Batch batch, int every, double tolerance) {
    Evaluation e = loss.at(at, batch);
    assertEquals(loss.value(at, batch), e.value(), 1e-12 * Math.abs(e.value()));
    double h = 1e-5;
    for (int i = 0; i < at.size(); i += every) {
      double[] flat = at.flat().toArray();
      flat[i] += h;
      double up = loss.value(at.withFlat(flat), batch);
      flat[i] -= 2 * h;
      double down = loss.value(at.withFlat(flat), batch);
      double expected = (up - down) / (2 * h);
      assertEquals(
          expected,
          e.gradient().flat().at(i),
          tolerance * Math.max(1, Math.abs(expected)),
          "component " + i + " of " + at.structure());
    }
  }
}
