package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellTest {
  private static final Tensor X = Tensor.vector(0.3, -0.7);
  private static final Tensor NEXT = Tensor.vector(-1, 2);
  private static final Tensor H = Tensor.vector(0.5, -0.2, 0.1);

  /**
   * Parameter k of a state_dict has the values ((7 i + 3 k) mod 11 - 5) / 10, here and in torch.
   */
  private static Parameters filled(Cell cell) {
    Parameters p = cell.initial(RandomKey.of(0));
    double[] values = new double[p.size()];
    List<Structure.Part> parts = p.structure().parts();
    for (int k = 0; k < parts.size(); k++) {
      for (int i = 0; i < parts.get(k).shape().size(); i++) {
        values[parts.get(k).offset() + i] = ((i * 7 + 3 * k) % 11 - 5) / 10.0;
      }
    }
    return p.withFlat(values);
  }

  private static Tensor next(Cell cell, Parameters p, Tensor x, Tensor h) {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(p.size()), x.shape(), h.shape()),
            in -> List.of(cell.apply(new Traced(p.structure(), in.get(0)), in.get(1), in.get(2))));
    return Program.of(graph).run(List.of(p.flat(), x, h)).getFirst();
  }

  private static void assertAsTorch(Cell cell, double[] first, double[] second) {
    Parameters p = filled(cell);
    Tensor one = next(cell, p, X, H);
    assertArrayEquals(first, one.toArray(), 1e-15);
    assertArrayEquals(second, next(cell, p, NEXT, one).toArray(), 1e-15);
  }

  @Test
  void cellsGiveWhatTorchGives() { // torch 2.15, float64
    assertAsTorch(
        GruCell.of(2, 3),
        new double[] {0.38460467624723094, -0.33003738140203986, 0.1210955142146251},
        new double[] {-0.10947727401361057, -0.4461918480501206, 0.6920156716945046});
    assertAsTorch(
        RnnCell.of(2, 3),
        new double[] {0.01999733375993098, -0.7352222529158692, -0.02999100323882017},
        new double[] {0.7720529431058831, 0.5369868731099529, -0.7285201548375796});
    assertAsTorch(
        RnnCell.of(2, 3).withActivation(Activation.RELU),
        new double[] {0.020000000000000046, 0, 0},
        new double[] {1.396, 0.8939999999999999, 0});
  }

  @Test
  void parametersAreNamedAsTorchNamesThem(@TempDir Path folder) {
    GruCell cell = GruCell.of(2, 3);
    Parameters p = cell.initial(RandomKey.of(4));
    assertEquals(List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh"), p.structure().names());
    assertEquals(Shape.of(9, 2), p.structure().part("weight_ih").shape());
    assertEquals(Shape.of(9), p.structure().part("bias_hh").shape());
    double bound = 1 / Math.sqrt(3);
    double[] values = p.flat().toArray();
    for (double value : values) {
      assertTrue(Math.abs(value) <= bound, value + "");
    }
    p.save(folder.resolve("cell.safetensors"));
    assertEquals(p, Parameters.load(folder.resolve("cell.safetensors"), p.structure()));
  }

  /** De Brouwer et al. 2019: the unit is an Euler step of length 1, here to the bit. */
  @Test
  void aGatedUnitIsAnEulerStepOfItsEquation() {
    GruCell cell = GruCell.of(2, 3);
    for (int seed = 0; seed < 20; seed++) {
      RandomKey key = RandomKey.of(seed);
      Parameters p = cell.initial(key);
      Tensor x = key.fold(7).normal(Shape.of(2));
      Tensor h = key.fold(8).normal(Shape.of(3));
      Tensor stepped = step(cell, p, x, h, 1);
      assertEquals(next(cell, p, x, h), stepped);
      assertTrue(!stepped.equals(step(cell, p, x, h, 0.5)), "two half steps are another state");
    }
  }

  private static Tensor step(GruCell cell, Parameters p, Tensor x, Tensor h, double length) {
    TracedField field =
        TracedField.of((t, y, q) -> cell.derivative(q, y.constant(x), y), h.shape(), p.structure());
    Problem problem = Problem.of(OdeTerm.of(field, p.flat()), h, 0, 1);
    var solution = Integrator.fixed(Solvers.euler(), length).solve(problem);
    return Tensor.vector(solution.names().stream().mapToDouble(solution::last).toArray());
  }

  @Test
  void aSequenceIsReadRowByRow() {
    RnnCell cell = RnnCell.of(2, 3);
    Parameters p = cell.initial(RandomKey.of(1));
    Tensor rows = RandomKey.of(2).normal(Shape.of(3, 2));
    Tensor h = Tensor.zeros(Shape.of(3));
    for (int i : new int[] {0, 2}) { // the second row is not seen
      h = next(cell, p, Tensor.vector(rows.get(i, 0), rows.get(i, 1)), h);
    }
    assertEquals(h, last(Recurrence.of(cell), p, rows));
    Tensor back = Tensor.zeros(Shape.of(3));
    for (int i : new int[] {2, 0}) {
      back = next(cell, p, Tensor.vector(rows.get(i, 0), rows.get(i, 1)), back);
    }
    assertEquals(back, last(Recurrence.of(cell).backwards(), p, rows));
    // A rule that adds the time: 0.5 and 2 forwards, as much less backwards, to an idle state.
    Recurrence moved = Recurrence.of(new Idle()).withMove((state, gap) -> state.plus(gap));
    assertEquals(Tensor.vector(2.5), last(moved, Parameters.of("none", 0), rows));
    assertEquals(Tensor.vector(-2.5), last(moved.backwards(), Parameters.of("none", 0), rows));
  }

  /** A cell that leaves the state as it is. */
  private record Idle() implements Cell {
    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public int states() {
      return 1;
    }

    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.EMPTY;
    }

    @Override
    public Tracer apply(Traced p, Tracer x, Tracer h) {
      return h;
    }
  }

  private static Tensor last(Recurrence recurrence, Parameters p, Tensor rows) {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(p.size()), rows.shape()),
            in -> {
              Tracer seen = in.get(0).constant(Tensor.vector(1, 0, 1));
              Tracer gaps = in.get(0).constant(Tensor.vector(9, 0.5, 2));
              return List.of(
                  recurrence
                      .apply(
                          new Traced(p.structure(), in.get(0)), in.get(1), gaps, Optional.of(seen))
                      .last());
            });
    return Program.of(graph).run(List.of(p.flat(), rows)).getFirst();
  }

  @Test
  void aLayerForEachRowIsTheLayerOfEachRow() {
    Mlp layer = Mlp.of(2, 5, 3);
    Parameters p = layer.initial(RandomKey.of(5));
    Tensor rows = RandomKey.of(6).normal(Shape.of(4, 2));
    Tensor all = LayerTest.output(new EachRow(layer), p, rows);
    assertEquals(Shape.of(4, 3), all.shape());
    for (int i = 0; i < 4; i++) {
      Tensor one = LayerTest.output(layer, p, Tensor.vector(rows.get(i, 0), rows.get(i, 1)));
      for (int j = 0; j < 3; j++) {
        assertEquals(one.at(j), all.get(i, j), 1e-15);
      }
    }
    assertEquals(layer.parameterCount(), new EachRow(layer).parameterCount());
  }

  @Test
  void wrongShapesAreTold() {
    assertThrows(IllegalArgumentException.class, () -> GruCell.of(0, 3));
    Parameters p = filled(GruCell.of(2, 3));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> next(GruCell.of(2, 3), p, Tensor.vector(1, 2, 3), H))
            .getMessage();
    assertEquals("The observation of this cell has shape (2), got one of (3).", message);
  }
}
