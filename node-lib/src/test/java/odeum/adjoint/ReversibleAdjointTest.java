package odeum.adjoint;

import static odeum.adjoint.AdjointContractTest.FORCED;
import static odeum.adjoint.AdjointContractTest.INITIAL;
import static odeum.adjoint.AdjointContractTest.PARAMETERS;
import static odeum.adjoint.AdjointContractTest.batch;
import static odeum.adjoint.AdjointContractTest.differences;
import static odeum.adjoint.AdjointContractTest.flat;
import static odeum.adjoint.AdjointContractTest.forwardAgreesWithReverse;
import static odeum.adjoint.AdjointContractTest.gradient;
import static odeum.adjoint.AdjointContractTest.loss;
import static odeum.adjoint.AdjointContractTest.near;
import static odeum.adjoint.AdjointContractTest.spread;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.ReversibleMethod;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivatives of reversible methods: all ways agree, and with differences. */
class ReversibleAdjointTest {
  private static final List<Tensor> TIMES =
      List.of(
          Tensor.vector(-0.3, 0.35, 0.5, 0.71, 2.3, 3.1),
          Tensor.vector(2.6, 0.9, 0.4, -0.2),
          Tensor.vector(0, 0.3, 0.45, 0.9, 1.2)); // also the very ends of steps

  static Stream<ReversibleMethod> methods() {
    return Stream.of(Solvers.alf(), Solvers.reversibleHeun());
  }

  static Stream<Arguments> adjoints() {
    return methods()
        .flatMap(
            method ->
                Stream.of(
                        Adjoint.direct(),
                        Adjoint.checkpointed(),
                        Adjoint.checkpointed(3),
                        Adjoint.reversible())
                    .map(adjoint -> Arguments.of(adjoint, method)));
  }

  static Stream<Integrator> integrators() {
    return methods()
        .flatMap(
            method ->
                Stream.of(
                    Integrator.fixed(method, 0.013),
                    Integrator.fixed(method, 0.03),
                    Integrator.adaptive(method, Pid.of(1e-4, 1e-6))));
  }

  @ParameterizedTest
  @MethodSource("adjoints")
  void theGradientOfTheComputedNumbers(Adjoint adjoint, ReversibleMethod method) {
    Integrator integrator = Integrator.fixed(method, 0.03);
    for (Tensor times : TIMES.subList(0, 2)) {
      Graph loss = loss(integrator, adjoint, times.size());
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      near(differences(loss, at), flat(gradient(loss), at), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theReversibleAdjointIsTheDirectOne(Integrator integrator) {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(integrator, Adjoint.direct(), times.size());
      Program gradient = Program.of(gradient(loss(integrator, Adjoint.reversible(), times.size())));
      double[] expected = flat(gradient(direct), at);
      double[] first = flat(gradient.run(at));
      near(expected, first, 1e-10);
      gradient.run(List.of(Tensor.vector(0.4, 2), PARAMETERS, times));
      assertArrayEquals(first, flat(gradient.run(at)), "the same bits again");
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void checkpointsChangeNoBit(Integrator integrator) {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(integrator, Adjoint.direct(), times.size());
      List<Tensor> tangents = new ArrayList<>(at);
      tangents.addAll(List.of(INITIAL, PARAMETERS, times));
      double[] expected = flat(gradient(direct), at);
      List<Tensor> pushed = Program.of(Jvp.of(direct)).run(tangents);
      for (Adjoint adjoint :
          List.of(
              Adjoint.checkpointed(),
              Adjoint.checkpointed(1),
              Adjoint.checkpointed(7),
              Adjoint.checkpointed(1000))) {
        Graph loss = loss(integrator, adjoint, times.size());
        Program gradient = Program.of(gradient(loss));
        for (int repeat = 0; repeat < 2; repeat++) {
          assertArrayEquals(expected, flat(gradient.run(at)), adjoint.toString());
        }
        assertEquals(pushed, Program.of(Jvp.of(loss)).run(tangents));
      }
      Graph reversible = loss(integrator, Adjoint.reversible(), times.size());
      assertEquals(pushed, Program.of(Jvp.of(reversible)).run(tangents));
    }
  }

  @ParameterizedTest
  @MethodSource("adjoints")
  void tangentsAgreeWithCotangents(Adjoint adjoint, ReversibleMethod method) {
    for (Tensor times : TIMES) {
      Graph loss = loss(Integrator.fixed(method, 0.03), adjoint, times.size());
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      forwardAgreesWithReverse(loss, at, flat(gradient(loss), at), 1e-11);
    }
  }

  /** A thousand steps of sizes that a tolerance chose, back from the last one. */
  @ParameterizedTest
  @MethodSource("methods")
  void aThousandAdaptiveSteps(ReversibleMethod method) {
    Integrator integrator = Integrator.adaptive(method, Pid.of(2e-6, 1e-8));
    Tensor times = Tensor.vector(0, 2.2, 7);
    List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
    double[] direct = flat(gradient(loss(integrator, Adjoint.direct(), 3)), at);
    near(direct, flat(gradient(loss(integrator, Adjoint.reversible(), 3)), at), 1e-10);
  }

  /** A hundred times the steps allocate no more: the bound is a tenth. */
  @ParameterizedTest
  @MethodSource("methods")
  void constantMemory(ReversibleMethod method) {
    allocated(method, Adjoint.reversible(), 100);
    long few = allocated(method, Adjoint.reversible(), 100);
    long many = allocated(method, Adjoint.reversible(), 10_000);
    assertTrue(many <= 1.1 * few, many + " bytes, with few steps " + few);
    allocated(method, Adjoint.direct(), 100);
    long all = allocated(method, Adjoint.direct(), 10_000);
    assertTrue(all > 10 * many, all + " bytes if all steps are kept");
  }

  /** The bytes that the first gradient of a program allocates. */
  private static long allocated(ReversibleMethod method, Adjoint adjoint, int steps) {
    Integrator integrator = Integrator.fixed(method, 1.0 / steps).withMaxSteps(2 * steps);
    Program gradient = Program.of(gradient(loss(integrator, adjoint, 2)));
    List<Tensor> at = List.of(INITIAL, PARAMETERS, Tensor.vector(0, 1));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    gradient.run(at);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Where the slope at the start goes: it depends on y0, the parameters and the start. */
  @ParameterizedTest
  @MethodSource("adjoints")
  void oneStepByHand(Adjoint adjoint, ReversibleMethod method) {
    Structure names = Structure.ofNumbers(List.of("a"));
    Solve solve = Solve.of((t, y, p) -> y.times(p.get("a")), Integrator.fixed(method, 9), adjoint);
    Graph end =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(1), Shape.of(2)),
            in ->
                List.of(
                    solve.apply(new Traced(names, in.get(1)), in.get(0), in.get(2)).get(1).get(0)));
    double y = 2;
    double a = -0.3;
    double h = 0.5;
    // y1 = y (1 + h a + h² a² / 2) for both.
    double growth = 1 + h * a + h * h * a * a / 2;
    double rate = y * (a + h * a * a);
    double[] expected = {growth, y * (h + h * h * a), -rate, rate};
    List<Tensor> at = List.of(Tensor.vector(y), Tensor.vector(a), Tensor.vector(1, 1.5));
    near(expected, flat(gradient(end), at), 1e-13);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aBatch(ReversibleMethod method) {
    for (List<Boolean> mapped :
        List.of(
            List.of(true, false, false), List.of(true, true, false), List.of(true, true, true))) {
      List<Tensor> at = new ArrayList<>();
      List<Tensor> single = List.of(INITIAL, PARAMETERS, TIMES.get(1));
      for (int i = 0; i < 3; i++) {
        at.add(mapped.get(i) ? spread(single.get(i)) : single.get(i));
      }
      Integrator integrator = Integrator.fixed(method, 0.02);
      double[] direct = flat(gradient(batch(integrator, Adjoint.direct(), mapped)), at);
      double[] some = flat(gradient(batch(integrator, Adjoint.checkpointed(2), mapped)), at);
      assertArrayEquals(direct, some);
      near(direct, flat(gradient(batch(integrator, Adjoint.reversible(), mapped)), at), 1e-10);
      if (mapped.get(1)) {
        Graph loss = loss(integrator, Adjoint.direct(), 4);
        double sum = 0;
        for (int sample = 0; sample < 3; sample++) {
          List<Tensor> alone = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            alone.add(mapped.get(i) ? sample(at.get(i), sample) : at.get(i));
          }
          assertEquals(flat(gradient(loss), alone)[0], direct[sample], 1e-10);
          sum += direct[sample];
        }
        assertTrue(sum != 0);
      }
    }
  }

  private static Tensor sample(Tensor batch, int which) {
    double[] values = new double[batch.size() / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.at(3 * i + which);
    }
    return Tensor.vector(values);
  }

  /** A fall to the ground: by the height the time has the derivative 1 / speed. */
  @ParameterizedTest
  @MethodSource("adjoints")
  void theTimeOfAnEvent(Adjoint adjoint, ReversibleMethod method) {
    Solve solve =
        Solve.of(
            (t, y, p) -> Tracer.stack(y.get(1), y.get(1).constant(-8)),
            Integrator.fixed(method, 0.013),
            adjoint);
    Event ground =
        Event.stop(
            "ground",
            Observable.of(List.of("height"), (t, y, p) -> y.get(0), Shape.of(2), Structure.EMPTY),
            Event.Direction.FALLING);
    Graph time =
        Graph.trace(
            List.of(Shape.of(2), Shape.of(2)),
            in -> {
              Traced none = new Traced(Structure.EMPTY, in.getFirst().constant(Tensor.vector()));
              return List.of(solve.untilEvent(ground, none, in.get(0), in.get(1)).get(0));
            });
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(0, 9));
    assertEquals(0.5, Program.of(time).run(at).getFirst().scalar(), 1e-9);
    double[] gradient = flat(gradient(time), at);
    near(new double[] {0.25, 0.125}, Arrays.copyOf(gradient, 2), 1e-9);
    List<Tensor> moved = new ArrayList<>(at);
    moved.addAll(List.of(Tensor.vector(1, 0), Tensor.vector(0, 0)));
    assertEquals(0.25, Program.of(Jvp.of(time)).run(moved).get(1).scalar(), 1e-9);
  }

  /** Steps begin afresh after a jump of the field, and derivatives go on through it. */
  @ParameterizedTest
  @MethodSource("adjoints")
  void throughAJump(Adjoint adjoint, ReversibleMethod method) {
    VectorField kicked =
        (t, y, p) ->
            FORCED
                .apply(t, y, p)
                .times(Tracer.where(t.less(number(t, 1)), number(t, 1), number(t, -0.7)));
    for (Integrator integrator :
        List.of(
            Integrator.fixed(method, 0.03).withJumpTimes(1),
            Integrator.adaptive(method, Pid.of(1e-5, 1e-7)).withJumpTimes(1))) {
      Tensor times = Tensor.vector(0, 0.5, 1.7, 2);
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(kicked, integrator, Adjoint.direct(), 4);
      double[] expected = flat(gradient(direct), at);
      Graph loss = loss(kicked, integrator, adjoint, 4);
      double[] gradient = flat(gradient(loss), at);
      near(expected, gradient, 1e-10);
      if (!integrator.controller().equals(Pid.of(1e-5, 1e-7))) {
        double[] differences = differences(loss, at);
        near(Arrays.copyOf(differences, 5), Arrays.copyOf(gradient, 5), 1e-8);
      }
    }
  }

  private static Tracer number(Tracer t, double value) {
    return t.constant(value);
  }

  @Test
  void otherSolversCannotBeUndone() {
    for (var integrator :
        List.of(Integrator.of(Solvers.tsit5()), Integrator.of(Solvers.commonsGbs()))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> loss(integrator, Adjoint.reversible(), 3))
              .getMessage();
      assertTrue(message.contains(integrator.solver().name() + " cannot be undone"), message);
      assertTrue(message.contains("alf or reversible-heun"), message);
    }
    assertEquals(Adjoint.reversible(), Adjoint.named("reversible"));
    assertTrue(Adjoint.names().contains("reversible"));
  }

  @Test
  void backsolveTakesThemToo() {
    Integrator exact = Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-11, 1e-12));
    Tensor times = TIMES.getFirst();
    List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
    double[] expected = flat(gradient(loss(exact, Adjoint.direct(), times.size())), at);
    methods()
        .forEach(
            method -> {
              Graph loss = loss(Integrator.fixed(method, 1e-4), Adjoint.backsolve(), times.size());
              near(expected, flat(gradient(loss), at), 1e-5);
            });
  }

  @Test
  void aFailedSolveIsNotANumber() {
    for (Adjoint adjoint :
        List.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.reversible())) {
      Solve solve = Solve.of((t, y, p) -> y.square(), Integrator.of(Solvers.alf()), adjoint);
      Graph graph =
          Graph.trace(
              List.of(Shape.of(1), Shape.of(3)),
              in -> {
                Traced none = new Traced(Structure.EMPTY, in.getFirst().constant(Tensor.vector()));
                return List.of(solve.apply(none, in.get(0), in.get(1)).sum());
              });
      for (double value :
          flat(gradient(graph), List.of(Tensor.vector(1), Tensor.vector(0, 0.5, 2)))) {
        assertTrue(Double.isNaN(value), adjoint.toString());
      }
    }
  }
}
