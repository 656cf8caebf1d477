package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DrawnTest {
  private static final RandomKey KEY = RandomKey.of(7);
  private static final int SIZE = 6;

  private static Dataset data(Drawn how) {
    return Dataset.samples("x", Tensor.vector(1, 2, 3, 4, 5, 6)).and("noise", Shape.of(500), how);
  }

  private static double[] noise(Batch batch) {
    return batch.field("noise").toArray();
  }

  @Test
  void eachBatchOfEachEpochHasItsOwnDraw() {
    Dataset data = data(Drawn.normal());
    List<Batch> batches = data.epoch(2, KEY);
    assertEquals(3, batches.size());
    double[] first = noise(batches.getFirst());
    assertArrayEquals(first, noise(data.epoch(2, KEY).getFirst()));
    assertFalse(Arrays.equals(first, noise(batches.get(1))));
    assertFalse(Arrays.equals(first, noise(data.epoch(2, KEY.fold(1)).getFirst())));
    Iterator<Batch> drawn = data.batches(2, 5, KEY).iterator();
    assertFalse(Arrays.equals(noise(drawn.next()), noise(drawn.next())));
    assertArrayEquals(noise(data.all()), noise(data.all()));
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    double[] noise = noise(data(Drawn.normal()).epoch(SIZE, KEY).getFirst());
    assertEquals(0, Arrays.stream(noise).average().orElseThrow(), 0.06);
    assertEquals(1, Arrays.stream(noise).map(v -> v * v).average().orElseThrow(), 0.1);
  }

  @Test
  void rademacherNumbersAreSigns() {
    double[] noise = noise(data(Drawn.rademacher()).epoch(SIZE, KEY).getFirst());
    assertTrue(Arrays.stream(noise).allMatch(v -> v == 1 || v == -1));
    assertEquals(0, Arrays.stream(noise).average().orElseThrow(), 0.06);
  }

  @Test
  void uniformNumbersLieBetweenTheirEnds() {
    double[] noise = noise(data(Drawn.uniform(-3, 5)).epoch(SIZE, KEY).getFirst());
    assertTrue(Arrays.stream(noise).allMatch(v -> v > -3 && v < 5));
    assertEquals(1, Arrays.stream(noise).average().orElseThrow(), 0.2);
    assertThrows(IllegalArgumentException.class, () -> Drawn.uniform(1, 1));
  }

  @Test
  void samplesDifferUnlessTheyShareADraw() {
    Batch own = data(Drawn.normal()).epoch(SIZE, KEY).getFirst();
    assertNotEquals(own.field("noise").at(0), own.field("noise").at(500));
    Batch shared = data(Drawn.normal().shared()).epoch(SIZE, KEY).getFirst();
    double[] all = noise(shared);
    assertArrayEquals(Arrays.copyOf(all, 500), Arrays.copyOfRange(all, 500, 1000));
    assertEquals(List.of(false, true), shared.fields().shared());
    assertEquals(List.of(false, false), own.fields().shared());
  }

  @Test
  void aRampGrowsWithTheEpochAndEndsOutsideOfAny() {
    Dataset data = data(Drawn.ramp(1, 3, 10));
    assertEquals(1, noise(data.epoch(2, KEY, 0).getFirst())[0]);
    assertEquals(2, noise(data.epoch(2, KEY, 5).getFirst())[0]);
    assertEquals(3, noise(data.epoch(2, KEY, 10).getFirst())[0]);
    assertEquals(3, noise(data.epoch(2, KEY, 99).getFirst())[0]);
    assertEquals(3, noise(data.all())[0]);
  }

  @Test
  void storedFieldsStayAsTheyAre() {
    Dataset data = data(Drawn.normal());
    assertArrayEquals(new double[] {3, 1}, data.batch(2, 0).field("x").toArray());
    Tensor sample = data.all().sample(4);
    assertEquals(501, sample.size());
    assertEquals(5, sample.at(0));
    assertEquals(noise(data.all())[4 * 500 + 7], sample.at(8));
    assertEquals(sample.at(8), data.batch(0, 1, 2, 3, 5).sample(4).at(8), "by place in the batch");
    Dataset part = data.select(1, 3).join(data.select(0));
    assertEquals(data.structure(), part.structure());
    assertArrayEquals(new double[] {2, 4, 1}, part.all().field("x").toArray());
    assertEquals("Dataset of 6 samples: x(), noise(500); noise is drawn: normal", data.toString());
  }

  @Test
  void drawnFieldsComeLastAndHaveANameOfTheirOwn() {
    Dataset data = data(Drawn.normal());
    assertThrows(IllegalArgumentException.class, () -> data.and("y", Tensor.vector(new double[6])));
    assertThrows(IllegalArgumentException.class, () -> data.and("x", Shape.of(), Drawn.normal()));
    assertThrows(IllegalArgumentException.class, () -> data.join(data(Drawn.rademacher())));
  }

  /** The mean of (a - noise)² is least at the mean of the noise; its value then is the variance. */
  @Test
  void aTrainingDrawsAnewInEachEpochAndGoesOnToTheSameBits() {
    Objective objective = (p, s) -> p.get("a").minus(s.get("noise")).square().mean();
    Dataset data =
        Dataset.samples("x", Tensor.vector(new double[8]))
            .and("noise", Shape.of(4), Drawn.uniform(1, 3));
    Trainable<Parameters> model = Fit.of(objective, Parameters.of("a", 0));
    Trainer<Parameters> trainer = Trainer.of(model).optimizer(Sgd.of(0.05)).batch(8).seed(3);
    TrainingResult<Parameters> whole = trainer.epochs(200).run(data);
    assertNotEquals(whole.losses()[198], whole.losses()[199]);
    assertEquals(200, whole.bestEpoch());
    assertEquals(whole.losses()[199], whole.loss());
    assertEquals(2, whole.best().get("a"), 0.3);
    TrainingResult<Parameters> half = trainer.epochs(100).run(data);
    TrainingResult<Parameters> rest = trainer.epochs(200).resume(half.state()).run(data);
    assertArrayEquals(whole.losses(), rest.losses());
    assertEquals(whole.best(), rest.best());
  }

  @Test
  void aMethodOfTheWholeDataHasOneDraw() {
    Objective objective = (p, s) -> p.get("a").minus(s.get("noise")).square().mean();
    Dataset data =
        Dataset.samples("x", Tensor.vector(new double[8]))
            .and("noise", Shape.of(4), Drawn.uniform(1, 3));
    TrainingResult<Parameters> result =
        Trainer.of(Fit.of(objective, Parameters.of("a", 0)))
            .optimizer(Adam.of(0.1))
            .epochs(5)
            .then(Lbfgs.of(), 20)
            .run(data);
    double mean = Arrays.stream(data.all().field("noise").toArray()).average().orElseThrow();
    assertEquals(mean, result.best().get("a"), 1e-9);
    assertTrue(result.bestEpoch() > 5);
  }
}
