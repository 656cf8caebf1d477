package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.simd.LaneStages;
import odeum.simd.Stages;
import odeum.tensor.Shape;
import org.junit.jupiter.api.Test;

class LaneCodeTest {
  private static final int LANES = 16;
  private static final int STRIDE = 2 * LANES + 8;

  /** Heun's method, which closes with the slope at the end. */
  private static final Stages.Scheme HEUN =
      new Stages.Scheme(
          new double[] {0, 1, 1},
          new double[][] {{}, {1}, {0.5, 0.5}},
          new double[] {0.5, 0.5, 0},
          new double[][] {{0.5, -0.5, 0}},
          new double[][] {{1}, {0}, {0}},
          true);

  private static Optional<LaneStages> code(boolean own, Function<List<Tracer>, Tracer> field) {
    List<Shape> inputs = List.of(Shape.of(), Shape.of(2), Shape.of(1));
    Graph graph = Graph.trace(inputs, in -> List.of(field.apply(in)));
    return LaneCode.of(graph, HEUN, own, LANES, STRIDE);
  }

  private static Tracer turning(List<Tracer> in) {
    Tracer x = in.get(1).get(0);
    Tracer v = in.get(1).get(1);
    return Tracer.stack(v, in.get(0).minus(x.times(in.get(2).get(0))));
  }

  @Test
  void stepsEveryLaneFromItsOwnStateWithItsOwnStep() {
    for (boolean own : new boolean[] {false, true}) {
      double[] p = new double[own ? LANES : 1];
      double[] t = new double[LANES];
      double[] end = new double[LANES];
      double[] h = new double[LANES];
      double[] y = new double[2 * LANES];
      double[] k = new double[3 * STRIDE];
      for (int i = 0; i < LANES; i++) {
        p[own ? i : 0] = own ? 2 + i : 3;
        t[i] = 0.5 * i;
        h[i] = 0.25 + i;
        end[i] = t[i] + h[i];
        y[i] = 1 + i;
        y[LANES + i] = 2 - i;
        k[i] = y[LANES + i];
        k[LANES + i] = t[i] - y[i] * p[own ? i : 0];
      }
      double[] stage = new double[2 * LANES];
      double[] y1 = new double[2 * LANES];
      code(own, LaneCodeTest::turning).orElseThrow().compute(p, t, end, h, y, k, stage, y1);
      for (int i = 0; i < LANES; i++) {
        double rate = p[own ? i : 0];
        double x = y[i] + h[i] * k[i];
        double v = y[LANES + i] + h[i] * k[LANES + i];
        assertEquals(x, stage[i]);
        assertEquals(v, stage[LANES + i]);
        double x1 = y[i] + h[i] * (k[i] + v) / 2;
        assertEquals(x1, y1[i], 1e-12 * Math.abs(x1) + 1e-12);
        assertEquals(end[i] - y1[i] * rate, k[2 * STRIDE + LANES + i], 1e-9);
      }
    }
  }

  @Test
  void fieldsThatWouldBeNoVectorsKeepTheirKernels() {
    assertTrue(code(false, in -> in.get(1).sin()).isEmpty());
    assertTrue(code(false, in -> in.get(1).exp()).isEmpty());
  }
}
