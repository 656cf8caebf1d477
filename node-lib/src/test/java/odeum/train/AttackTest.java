package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Attacks on a linear classifier, whose worst inputs are known. */
class AttackTest {
  private static final RandomKey KEY = RandomKey.of(3);
  private static final Tensor WEIGHTS =
      Tensor.matrix(new double[] {1, -2, 0}, new double[] {-1, 3, 0});
  private static final Parameters LINEAR = Parameters.of("w", WEIGHTS);
  private static final Tensor X =
      Tensor.matrix(
          new double[] {0.2, 0.5, 0.9},
          new double[] {0.05, 0.98, 0.1},
          new double[] {0.5, 0.5, 0.5});
  private static final Dataset DATA =
      Dataset.samples("other", Tensor.vector(4, 5, 6))
          .and("x", X)
          .and("class", Tensor.vector(0, 1, 1));

  private static final Objective LOSS =
      (p, s) -> Losses.crossEntropy(p.get("w").matmul(s.get("x")), s.get("class"));

  private static double[] x(Dataset data) {
    return data.all().field("x").toArray();
  }

  private static double[] attacked(Attack attack) {
    return x(attack.on(DATA, "x", LOSS, LINEAR, KEY));
  }

  /** The loss of two classes grows towards w(other) - w(own), whatever the point: (-2, 5, 0). */
  @Test
  void oneStepGoesAlongTheSignsOfTheWeights() {
    double[] moved = attacked(Attack.fastGradient(0.1));
    double[] signs = {-1, 1, 0, 1, -1, 0, 1, -1, 0};
    for (int i = 0; i < 9; i++) {
      assertEquals(X.at(i) + 0.1 * signs[i], moved[i], 1e-15, "value " + i);
    }
    assertArrayEquals(
        new double[] {0.1, 0.6, 0.9, 0.15, 0.88, 0.1},
        Arrays.copyOf(attacked(Attack.fastGradient(0.1).within(0, 1)), 6),
        1e-15);
    assertEquals(1, attacked(Attack.fastGradient(0.7).within(0, 1))[1]);
    assertEquals(0, attacked(Attack.fastGradient(0.7).within(0, 1))[0]);
  }

  @Test
  void theLossIsTheLargestThereIs() {
    Compiled compiled = LOSS.compile(LINEAR, DATA);
    Dataset worst = Attack.fastGradient(0.1).on(DATA, "x", LOSS, LINEAR, KEY);
    // Scores differ by w(own) - w(other) times x, less 0.1 of the weights' absolute values.
    double expected = 0;
    double[][] points = {{0.2, 0.5}, {0.05, 0.98}, {0.5, 0.5}};
    int[] sign = {1, -1, -1};
    for (int i = 0; i < 3; i++) {
      double margin = sign[i] * (2 * points[i][0] - 5 * points[i][1]) - 0.1 * 7;
      expected += Math.log1p(Math.exp(-margin)) / 3;
    }
    assertEquals(expected, compiled.value(LINEAR, worst.all()), 1e-12);
  }

  @Test
  void manyStepsEndAtTheSameCornerAndStayNear() {
    double[] one = attacked(Attack.fastGradient(0.1).within(0, 1));
    double[] many = attacked(Attack.projectedGradient(0.1, 0.05, 10).within(0, 1));
    for (int i = 0; i < 9; i++) {
      if (i % 3 != 2) {
        assertEquals(one[i], many[i], 1e-15, "value " + i);
      } else {
        assertTrue(Math.abs(many[i] - X.at(i)) <= 0.1 && many[i] != X.at(i), "random start");
      }
    }
    double[] short1 = attacked(Attack.projectedGradient(0.1, 0.01, 2));
    IntStream.range(0, 9).forEach(i -> assertEquals(X.at(i), short1[i], 0.1 + 1e-15));
    assertTrue(Math.abs(short1[0] - one[0]) > 1e-3, "few steps do not get there");
  }

  @Test
  void noiseHasItsDeviationAndKnowsNoModel() {
    Dataset many = Dataset.samples("x", Tensor.full(Shape.of(5000, 2), 0.5));
    double[] noisy = x(Attack.gaussian(0.2).on(many, "x", KEY));
    double mean = Arrays.stream(noisy).average().orElseThrow();
    assertEquals(0.5, mean, 0.01);
    assertEquals(
        0.2,
        Math.sqrt(Arrays.stream(noisy).map(v -> (v - 0.5) * (v - 0.5)).average().orElseThrow()),
        0.01);
    double[] bounded = x(Attack.gaussian(0.2).within(0, 1).on(many, "x", KEY));
    for (int i = 0; i < noisy.length; i++) {
      assertEquals(Math.clamp(noisy[i], 0, 1), bounded[i]);
    }
    assertArrayEquals(noisy, x(Attack.gaussian(0.2).on(many, "x", KEY)));
  }

  @Test
  void theOtherFieldsStay() {
    Dataset moved = Attack.fastGradient(0.1).on(DATA, "x", LOSS, LINEAR, KEY);
    assertEquals(DATA.all().field("class"), moved.all().field("class"));
    assertEquals(DATA.all().field("other"), moved.all().field("other"));
    assertEquals(DATA.structure(), moved.structure());
    // A data set of one sample, of which every field is the same for all.
    Dataset alone = DATA.select(1);
    double[] one = x(Attack.fastGradient(0.1).on(alone, "x", LOSS, LINEAR, KEY));
    assertArrayEquals(Arrays.copyOfRange(x(moved), 3, 6), one);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Attack.fastGradient(-1));
    assertThrows(IllegalArgumentException.class, () -> Attack.gaussian(1).within(1, 0));
    assertThrows(IllegalStateException.class, () -> Attack.fastGradient(0.1).on(DATA, "x", KEY));
    Objective whole = Objective.overBatch((p, s) -> s.get("x").mean());
    assertThrows(
        IllegalArgumentException.class,
        () -> Attack.fastGradient(0.1).on(DATA, "x", whole, LINEAR, KEY));
    IllegalArgumentException shape =
        assertThrows(IllegalArgumentException.class, () -> DATA.with("x", Tensor.vector(1, 2, 3)));
    assertTrue(shape.getMessage().contains("'x' has shape (3)"), shape.getMessage());
  }
}
