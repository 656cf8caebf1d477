package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Solution;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;
import odeum.train.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingYourOwnTest {
  private static final double[] TIMES = {0, 0.1, 0.2, 0.3, 0.4};

  /** Swings of a pendulum with friction, which the network has to find. */
  private static Dataset swings(int count) {
    TracedField damped =
        TracedField.of(
            (t, y, p) ->
                Tracer.stack(y.get(1), y.get(0).sin().times(-9.81).minus(y.get(1).times(0.5))),
            Shape.of(2),
            Structure.EMPTY);
    double[] starts = new double[count * 2];
    double[] states = new double[count * TIMES.length * 2];
    double[] times = new double[count * TIMES.length];
    RandomKey key = RandomKey.of(7);
    for (int i = 0; i < count; i++) {
      Tensor y0 = Tensor.vector(2 * key.uniform(2 * i) - 1, 2 * key.uniform(2 * i + 1) - 1);
      y0.copyTo(starts, 2 * i);
      Solution swing =
          Model.of(damped, Parameters.EMPTY).solve(y0, TIMES[0], TIMES[TIMES.length - 1]);
      for (int j = 0; j < TIMES.length; j++) {
        swing.at(TIMES[j]).copyTo(states, 2 * (i * TIMES.length + j));
        times[i * TIMES.length + j] = TIMES[j];
      }
    }
    return Dataset.samples("y0", Tensor.of(Shape.of(count, 2), starts))
        .and("times", Tensor.of(Shape.of(count, TIMES.length), times))
        .and("y", Tensor.of(Shape.of(count, TIMES.length, 2), states));
  }

  @Test
  void trainsSavesLoadsAndSolvesToTheSameBits(@TempDir Path folder) {
    Path file = folder.resolve("pendulum.safetensors");
    WritingYourOwn.Trained trained = WritingYourOwn.run(swings(8), 4, 30, file);
    assertTrue(trained.after() < 0.7 * trained.before(), trained.toString());
    assertTrue(trained.byTrainer() < 0.7 * trained.before(), trained.toString());

    Model loaded = Model.load(file);
    Parameters parameters = trained.model().parameters();
    assertEquals(parameters, loaded.parameters());
    assertEquals(parameters.at("net"), Parameters.load(file).at("net"));
    Solution here = trained.model().solve(Tensor.vector(1, 0), 0, 2);
    Solution there = loaded.solve(Tensor.vector(1, 0), 0, 2);
    assertTrue(there.result().isSuccess(), there.message());
    assertArrayEquals(here.times(), there.times());
    for (String name : List.of("angle", "speed")) {
      assertArrayEquals(here.values(name), there.values(name));
    }
  }
}
