package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Losses of a whole batch. */
class OverBatchTest {
  /** The variance of the samples times a should be 4: no mean over samples of anything. */
  private static final Objective VARIANCE =
      Objective.overBatch(
          (p, batch) -> {
            Tracer x = batch.get("x").times(p.get("a"));
            return x.minus(x.mean()).square().mean().minus(4).square();
          });

  private static Dataset data(int size) {
    return Dataset.samples("x", RandomKey.of(1).normal(Shape.of(size)))
        .and("times", Tensor.full(Shape.of(size, 2), 3));
  }

  private static double variance(Dataset data) {
    double[] x = data.all().field("x").toArray();
    double mean = 0;
    double square = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    for (double value : x) {
      square += (value - mean) * (value - mean) / x.length;
    }
    return square;
  }

  @Test
  void valueAndGradientAreThoseOfTheBatch() {
    Parameters a = Parameters.of("a", 1.5);
    for (int size : new int[] {3, 2000}) {
      Dataset data = data(size);
      Compiled compiled = VARIANCE.compile(a, data);
      double v = variance(data);
      double error = 1.5 * 1.5 * v - 4;
      Evaluation e = compiled.at(a, data.all());
      assertEquals(error * error, e.value(), 1e-10);
      assertEquals(e.value(), compiled.value(a, data.all()), 1e-12);
      assertEquals(2 * error * 2 * 1.5 * v, e.gradient().get("a"), 1e-9);
    }
  }

  @Test
  void itTrainsWholeAndInBatches() {
    Dataset data = data(200);
    Fit fit = Fit.of(VARIANCE, Parameters.of("a", 1));
    TrainingResult<Parameters> whole = Trainer.of(fit).optimizer(Lbfgs.of()).run(data);
    assertEquals(Math.sqrt(4 / variance(data)), whole.parameter("a"), 1e-5);
    TrainingResult<Parameters> batches =
        Trainer.of(fit).optimizer(Adam.of(0.02)).batch(64).validation(0.2).epochs(60).run(data);
    assertEquals(2, batches.parameter("a"), 0.3);
  }

  @Test
  void sumsAndFactorsStayOfTheBatch() {
    Parameters a = Parameters.of("a", 1.5);
    Dataset data = data(7);
    double one = VARIANCE.compile(a, data).value(a, data.all());
    Objective sum = VARIANCE.plus(VARIANCE.times(2));
    assertTrue(sum.overBatch());
    assertEquals(3 * one, sum.compile(a, data).value(a, data.all()), 1e-12);
    Objective ofSample = (p, s) -> p.get("a");
    assertThrows(IllegalArgumentException.class, () -> VARIANCE.plus(ofSample));
    assertThrows(IllegalArgumentException.class, () -> ofSample.plus(VARIANCE));
  }

  @Test
  void aLossOfEachSampleIsRefused() {
    Objective each = Objective.overBatch((p, batch) -> batch.get("x").times(p.get("a")));
    Parameters a = Parameters.of("a", 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> each.compile(a, data(5))).getMessage();
    assertTrue(message.startsWith("A loss is one number, but the objective gives shape "), message);
  }

  @Test
  void aNaNIsTraced() {
    Objective log =
        Objective.overBatch((p, batch) -> batch.get("x").mean().times(p.get("a")).log());
    Fit fit = Fit.of(log, Parameters.of("a", 0));
    Dataset data = Dataset.samples("x", Tensor.vector(1, 2, 3));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(fit).run(data)).getMessage();
    assertTrue(message.contains("first infinite value: log of 0"), message);
  }
}
