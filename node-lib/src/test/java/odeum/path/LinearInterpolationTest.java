package odeum.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearInterpolationTest {
  private static final double[] TIMES = {-1, 0.5, 2, 2.25, 7};
  private static final double[] VALUES = {3, -2, 4, 4.5, 0};

  private static Graph graph(LinearInterpolation lines) {
    return Graph.trace(List.of(Shape.of()), in -> List.of(lines.at(in.getFirst())));
  }

  private static double at(LinearInterpolation lines, double t) {
    return Program.of(graph(lines)).run(List.of(Tensor.scalar(t))).getFirst().at(0);
  }

  /** The same by walking along the points. */
  private static double walk(double[] times, double[] values, double t) {
    int i = 0;
    while (i + 2 < times.length && times[i + 1] <= t) {
      i++;
    }
    double inside = Math.clamp(t, times[0], times[times.length - 1]);
    double slope = (values[i + 1] - values[i]) / (times[i + 1] - times[i]);
    return values[i] + slope * (inside - times[i]);
  }

  @Test
  void runsThroughItsPointsAndStraightBetweenThem() {
    LinearInterpolation lines = LinearInterpolation.of(TIMES, VALUES);
    for (int i = 0; i < TIMES.length; i++) {
      assertEquals(VALUES[i], at(lines, TIMES[i]));
    }
    assertEquals(0.5, at(lines, -0.25), 1e-15);
    assertEquals(4.25, at(lines, 2.125), 1e-15);
  }

  @Test
  void holdsItsEndValuesBeyondTheEnds() {
    LinearInterpolation lines = LinearInterpolation.of(TIMES, VALUES);
    for (double beyond : new double[] {1e-9, 1, 1e300}) {
      assertEquals(3, at(lines, -1 - beyond));
      assertEquals(0, at(lines, 7 + beyond));
    }
    assertTrue(Double.isNaN(at(lines, Double.NaN)));
  }

  @Property(tries = 50)
  void isThatOfAWalkAlongThePoints(@ForAll @IntRange(min = 2, max = 60) int count, @ForAll long s) {
    Random random = new Random(s);
    double[] times = new double[count];
    double[] values = new double[count];
    double time = random.nextDouble();
    for (int i = 0; i < count; i++) {
      times[i] = time;
      values[i] = random.nextDouble() - 0.5;
      time += 0.01 + random.nextDouble();
    }
    LinearInterpolation lines = LinearInterpolation.of(times, values);
    Program program = Program.of(graph(lines));
    for (int i = 0; i < 30; i++) {
      double t = times[0] - 1 + random.nextDouble() * (time - times[0] + 2);
      double got = program.run(List.of(Tensor.scalar(t))).getFirst().at(0);
      assertEquals(walk(times, values, t), got, 1e-12);
    }
  }

  @Test
  void gradientsReachTimeAndData() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(), Shape.of(5), Shape.of(5)),
            in -> List.of(LinearInterpolation.at(in.get(1), in.get(2), in.get(0))));
    List<Tensor> point =
        List.of(Tensor.scalar(1.25), Tensor.vector(TIMES), Tensor.vector(VALUES), Tensor.scalar(1));
    List<Tensor> all = Program.of(Vjp.of(graph)).run(point);
    List<Tensor> derivatives = all.subList(all.size() - 3, all.size());
    // u = y1 + (y2 - y1) (t - t1)/(t2 - t1), here at the middle of 0.5 .. 2.
    assertEquals(4, derivatives.get(0).at(0), 1e-14);
    assertArrayEquals(new double[] {0, -2, -2, 0, 0}, derivatives.get(1).toArray(), 1e-14);
    assertArrayEquals(new double[] {0, 0.5, 0.5, 0, 0}, derivatives.get(2).toArray(), 1e-15);
  }

  @Test
  void manyChannelsAreInterpolatedAtOnce() {
    Tensor values = Tensor.matrix(new double[] {0, 1}, new double[] {2, 5}, new double[] {4, -5});
    Graph graph =
        Graph.trace(
            List.of(Shape.of(3), values.shape(), Shape.of()),
            in -> List.of(LinearInterpolation.at(in.get(0), in.get(1), in.get(2))));
    assertEquals(Shape.of(2), graph.output(0));
    Tensor found =
        Program.of(graph).run(List.of(Tensor.vector(0, 1, 3), values, Tensor.scalar(2))).getFirst();
    assertArrayEquals(new double[] {3, 0}, found.toArray(), 1e-15);
  }

  /** Samples may have times of their own, data of their own, or both. */
  @Test
  void aBatchHasTheBitsOfItsSamples() {
    Graph one =
        Graph.trace(
            List.of(Shape.of(4), Shape.of(4), Shape.of()),
            in -> List.of(LinearInterpolation.at(in.get(0), in.get(1), in.get(2))));
    int size = 3;
    for (int which = 1; which < 8; which++) {
      List<Boolean> mapped = List.of((which & 1) > 0, (which & 2) > 0, (which & 4) > 0);
      List<List<Tensor>> samples = new ArrayList<>();
      for (int sample = 0; sample < size; sample++) {
        double times = mapped.get(0) ? 0.1 * sample : 0;
        double values = mapped.get(1) ? sample : 0;
        samples.add(
            List.of(
                Tensor.vector(times, 1 + times, 2.5, 4),
                Tensor.vector(1, values, -values, 1.0 / 3),
                Tensor.scalar(mapped.get(2) ? 1.3 * sample : 1.7)));
      }
      List<Tensor> together = new ArrayList<>();
      for (int input = 0; input < 3; input++) {
        together.add(mapped.get(input) ? along(samples, input) : samples.getFirst().get(input));
      }
      Tensor all = Program.of(Vmap.of(one, mapped, size)).run(together).getFirst();
      for (int sample = 0; sample < size; sample++) {
        assertEquals(Program.of(one).run(samples.get(sample)).getFirst().at(0), all.at(sample));
      }
    }
  }

  private static Tensor along(List<List<Tensor>> samples, int input) {
    Shape shape = samples.getFirst().get(input).shape();
    double[] all = new double[shape.size() * samples.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = samples.get(i % samples.size()).get(input).at(i / samples.size());
    }
    return Tensor.of(shape.append(samples.size()), all);
  }

  @Test
  void missingValuesAreLeftOut() {
    LinearInterpolation lines =
        LinearInterpolation.of(
            new double[] {0, 1, 2, 3, 4}, new double[] {Double.NaN, 1, Double.NaN, 5, Double.NaN});
    assertArrayEquals(new double[] {1, 3}, lines.times());
    assertArrayEquals(new double[] {1, 5}, lines.values());
    assertEquals(3, at(lines, 2), 1e-15);
  }

  @Test
  void kinksAreWhereLinesMeetAtAnAngle() {
    LinearInterpolation pulse =
        LinearInterpolation.of(new double[] {0, 1, 2, 3, 4, 5}, new double[] {0, 0, 0, 1, 1, 1});
    assertEquals(List.of(new Kink(2, 1), new Kink(3, 1)), pulse.kinks());
    assertEquals(
        List.of(), LinearInterpolation.of(new double[] {0, 1, 2}, new double[] {7, 7, 7}).kinks());
  }

  @Test
  void mistakesAreNamed() {
    refused("Times must increase strictly", new double[] {0, 0}, new double[] {1, 2});
    refused("two points or more, got 1.", new double[] {0}, new double[] {1});
    refused(
        "two points or more, got 1 besides missing values.",
        new double[] {0, 1},
        new double[] {1, Double.NaN});
    refused("has 1 values for 2 times", new double[] {0, 1}, new double[] {1});
  }

  private static void refused(String message, double[] times, double[] values) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> LinearInterpolation.of(times, values));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
