package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.CommonsSolver;
import odeum.solver.EmbeddedRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adjoint keeps: the gradient by the start, the parameters and all times. */
class AdjointContractTest {
  static final Structure NAMES = Structure.ofNumbers(List.of("a", "b", "force"));
  static final Tensor PARAMETERS = Tensor.vector(1.3, 0.7, 0.4);
  static final Tensor INITIAL = Tensor.vector(1.1, 0.8);
  static final List<Tensor> TIMES =
      List.of(Tensor.vector(-0.3, 0.35, 0.5, 0.71, 2.3, 3.1), Tensor.vector(2.6, 0.9, 0.4, -0.2));

  /** Predator and prey under a force that depends on time, so that every path is used. */
  static final VectorField FORCED =
      (t, y, p) -> {
        Tracer meeting = y.get(0).times(y.get(1));
        return Tracer.stack(
            y.get(0).times(p.get("a")).minus(meeting).plus(p.get("force").times(t.sin())),
            meeting.times(p.get("b")).minus(y.get(1)).plus(t.square().times(0.1)));
      };

  private static Integrator tight(Solver solver) {
    return switch (solver) {
      case EmbeddedRungeKutta adaptive -> Integrator.adaptive(adaptive, Pid.of(1e-11, 1e-12));
      case CommonsSolver.Adaptive adaptive -> Integrator.adaptive(adaptive, Pid.of(1e-11, 1e-12));
      default -> Integrator.fixed(solver, 1e-3);
    };
  }

  static Stream<Arguments> exactAdjoints() {
    List<Solver> solvers =
        List.of(
            Solvers.euler(),
            Solvers.bosh3(),
            Solvers.rk4(),
            Solvers.dopri5(),
            Solvers.tsit5(),
            Solvers.dopri8());
    return solvers.stream()
        .flatMap(
            solver ->
                Stream.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.checkpointed(3))
                    .map(adjoint -> Arguments.of(adjoint, solver)));
  }

  /** Fixed steps, so that the differences are those of the very operations. */
  @ParameterizedTest
  @MethodSource("exactAdjoints")
  void theGradientOfTheComputedNumbers(Adjoint adjoint, Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.03);
    for (Tensor times : TIMES) {
      Graph loss = loss(integrator, adjoint, times.size());
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      near(differences(loss, at), flat(gradient(loss), at), 1e-8);
    }
  }

  static Stream<Arguments> backsolves() {
    List<Solver> solvers =
        List.of(
            Solvers.bosh3(),
            Solvers.rk4(),
            Solvers.dopri5(),
            Solvers.tsit5(),
            Solvers.dopri8(),
            Solvers.commonsRk4(),
            Solvers.commonsDopri853(),
            Solvers.commonsGbs(),
            Solvers.commonsAdams());
    Adjoint.Backsolve other = Adjoint.backsolve(tight(Solvers.dopri8()));
    return solvers.stream()
        .flatMap(
            solver ->
                Stream.of(Adjoint.backsolve(), Adjoint.backsolve().withSeminorm(), other)
                    .map(adjoint -> Arguments.of(adjoint, solver)));
  }

  @ParameterizedTest
  @MethodSource("backsolves")
  void theGradientWithinTheTolerance(Adjoint adjoint, Solver solver) {
    double allowed = solver.order() == 3 ? 2e-6 : 1e-7;
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(tight(Solvers.dopri8()), Adjoint.direct(), times.size());
      double[] expected = flat(gradient(direct), at);
      Graph loss = loss(tight(solver), adjoint, times.size());
      double[] gradient = flat(gradient(loss), at);
      near(expected, gradient, allowed);
      near(differences(loss, at), gradient, 10 * allowed);
      forwardAgreesWithReverse(loss, at, gradient, allowed);
    }
  }

  static Stream<Integrator> integrators() {
    return Stream.concat(
        Stream.of(
                Solvers.bosh3(),
                Solvers.dopri5(),
                Solvers.tsit5(),
                Solvers.dopri8(),
                Solvers.heun())
            .map(s -> Integrator.adaptive(s, Pid.of(1e-5, 1e-7))),
        Stream.of(Solvers.rk4(), Solvers.euler(), Solvers.tsit5())
            .map(s -> Integrator.fixed(s, 0.011)));
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void checkpointsChangeNoBit(Integrator integrator) {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(integrator, Adjoint.direct(), times.size());
      List<Tensor> tangents = with(at, INITIAL, PARAMETERS, times);
      for (Adjoint adjoint :
          List.of(
              Adjoint.checkpointed(),
              Adjoint.checkpointed(1),
              Adjoint.checkpointed(2),
              Adjoint.checkpointed(7),
              Adjoint.checkpointed(1000))) {
        Graph loss = loss(integrator, adjoint, times.size());
        Program gradient = Program.of(gradient(loss));
        for (int repeat = 0; repeat < 2; repeat++) {
          assertArrayEquals(flat(gradient(direct), at), flat(gradient.run(at)), adjoint.toString());
        }
        assertEquals(
            Program.of(Jvp.of(direct)).run(tangents), Program.of(Jvp.of(loss)).run(tangents));
      }
    }
  }

  /** y' = A y over t has the solution exp(A t) y0; here A = ((a, b), (-b, a)). */
  @Test
  void theClosedFormOfALinearSystem() {
    Structure names = Structure.ofNumbers(List.of("a", "b"));
    VectorField spiral =
        (t, y, p) -> {
          Tracer a = p.get("a");
          Tracer b = p.get("b");
          return Tracer.stack(
              y.get(0).times(a).plus(y.get(1).times(b)),
              y.get(1).times(a).minus(y.get(0).times(b)));
        };
    double a = -0.3;
    double b = 1.7;
    double t = 2.5;
    double grown = StrictMath.exp(a * t);
    double cos = StrictMath.cos(b * t);
    double sin = StrictMath.sin(b * t);
    double end = grown * cos; // x(t) from (1, 0), whose y is -grown sin
    double[] expected = {
      end,
      grown * sin,
      t * end,
      -t * grown * sin,
      -(a * end - b * grown * sin),
      a * end - b * grown * sin
    };
    for (Adjoint adjoint :
        List.of(Adjoint.direct(), Adjoint.checkpointed(4), Adjoint.backsolve())) {
      Solve solve = Solve.of(spiral, tight(Solvers.tsit5()), adjoint);
      Graph last =
          Graph.trace(
              List.of(Shape.of(2), Shape.of(2), Shape.of(2)),
              in ->
                  List.of(
                      solve
                          .apply(new Traced(names, in.get(1)), in.get(0), in.get(2))
                          .get(1)
                          .get(0)));
      List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(a, b), Tensor.vector(0.5, 3));
      near(expected, flat(gradient(last), at), 1e-9);
    }
  }

  @Test
  void onlyWhatIsWantedIsIntegrated() {
    AtomicInteger steps = new AtomicInteger();
    Integrator counting =
        tight(Solvers.tsit5())
            .withInterrupt(
                () -> {
                  steps.incrementAndGet();
                  return false;
                });
    Graph loss = loss(counting, Adjoint.backsolve(counting), TIMES.getFirst().size());
    List<Tensor> at = List.of(INITIAL, PARAMETERS, TIMES.getFirst());
    double[] all = flat(gradient(loss), at);
    Graph byStart =
        Graph.trace(
            loss.inputs(),
            in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1)), List.of(0)));
    near(new double[] {all[0], all[1]}, flat(byStart, at), 1e-8);
    Graph byParameters =
        Graph.trace(
            loss.inputs(),
            in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1)), List.of(1)));
    near(new double[] {all[2], all[3], all[4]}, flat(byParameters, at), 1e-8);
    Graph byTimes =
        Graph.trace(
            loss.inputs(),
            in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1)), List.of(2)));
    assertEquals(6, flat(byTimes, at).length);
    assertTrue(steps.get() > 0);
  }

  @Test
  void theSeminormTakesNoMoreSteps() {
    int full = stepsOf(Adjoint.backsolve());
    int semi = stepsOf(Adjoint.backsolve().withSeminorm());
    assertTrue(semi < full, semi + " of " + full);
  }

  /** Twenty fast integrals that only the parameters' cotangents see. */
  private static int stepsOf(Adjoint.Backsolve adjoint) {
    AtomicInteger tried = new AtomicInteger();
    Integrator counting =
        Integrator.of(Solvers.tsit5())
            .withInterrupt(
                () -> {
                  tried.incrementAndGet();
                  return false;
                });
    Adjoint way = new Adjoint.Backsolve(java.util.Optional.of(counting), adjoint.seminorm());
    Structure names = Structure.ofNumbers(List.of("a", "b"));
    VectorField field =
        (t, y, p) ->
            y.times(p.get("a").times(-1))
                .plus(p.get("b").times(t.times(30).sin()).times(100))
                .minus(t.times(30).sin().times(100));
    Solve solve = Solve.of(field, Integrator.of(Solvers.tsit5()), way);
    Graph loss =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(2), Shape.of(2)),
            in ->
                List.of(
                    solve.apply(new Traced(names, in.get(1)), in.get(0), in.get(2)).get(1).sum()));
    flat(gradient(loss), List.of(Tensor.vector(1), Tensor.vector(1, 1), Tensor.vector(0, 5)));
    return tried.get();
  }

  @Test
  void aFailedSolveIsNotANumber() {
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.backsolve())) {
      Solve solve = Solve.of((t, y, p) -> y.square(), Integrator.of(Solvers.tsit5()), adjoint);
      Graph graph =
          Graph.trace(
              List.of(Shape.of(1), Shape.of(3)),
              in ->
                  List.of(
                      solve
                          .apply(
                              new Traced(Structure.EMPTY, in.getFirst().constant(Tensor.vector())),
                              in.get(0),
                              in.get(1))
                          .sum()));
      List<Tensor> at = List.of(Tensor.vector(1), Tensor.vector(0, 0.5, 2));
      for (double value : flat(gradient(graph), at)) {
        assertTrue(Double.isNaN(value), adjoint.toString());
      }
    }
    Integrator hasty = Integrator.of(Solvers.tsit5()).withMaxSteps(1);
    Graph loss = loss(tight(Solvers.tsit5()), Adjoint.backsolve(hasty), 4);
    for (double value : flat(gradient(loss), List.of(INITIAL, PARAMETERS, TIMES.getLast()))) {
      assertTrue(Double.isNaN(value), "the way back fails");
    }
  }

  /** The second solve begins where the first one ended. */
  @Test
  void aSolveAfterASolve() {
    List<Tensor> at = List.of(INITIAL, PARAMETERS, Tensor.vector(0, 1, 2));
    for (Adjoint adjoint :
        List.of(Adjoint.direct(), Adjoint.checkpointed(5), Adjoint.backsolve())) {
      Solve solve = Solve.of(FORCED, tight(Solvers.tsit5()), adjoint);
      Graph chained =
          Graph.trace(
              List.of(Shape.of(2), Shape.of(3), Shape.of(3)),
              in -> {
                Traced p = new Traced(NAMES, in.get(1));
                Tracer middle = solve.apply(p, in.get(0), in.get(2).slice(0, 0, 2)).get(1);
                return List.of(solve.apply(p, middle, in.get(2).slice(0, 1, 3)).get(1).sum());
              });
      near(differences(chained, at), flat(gradient(chained), at), 1e-7);
    }
  }

  /** Samples as one state, samples with parameters of their own, and samples with own times. */
  @Test
  void aBatch() {
    for (List<Boolean> mapped :
        List.of(
            List.of(true, false, false), List.of(true, true, false), List.of(true, true, true))) {
      List<Tensor> at = new ArrayList<>();
      List<Tensor> single = List.of(INITIAL, PARAMETERS, TIMES.getLast());
      for (int i = 0; i < 3; i++) {
        at.add(mapped.get(i) ? spread(single.get(i)) : single.get(i));
      }
      Graph direct = batch(tight(Solvers.dopri8()), Adjoint.direct(), mapped);
      double[] expected = flat(gradient(direct), at);
      Integrator loose = Integrator.of(Solvers.tsit5());
      assertArrayEquals(
          flat(gradient(batch(loose, Adjoint.direct(), mapped)), at),
          flat(gradient(batch(loose, Adjoint.checkpointed(2), mapped)), at));
      for (Solver solver : List.of(Solvers.tsit5(), Solvers.commonsDopri853())) {
        Graph back = batch(tight(solver), Adjoint.backsolve(), mapped);
        near(expected, flat(gradient(back), at), 1e-7);
      }
    }
  }

  static Graph batch(Integrator integrator, Adjoint adjoint, List<Boolean> mapped) {
    Graph batch = Vmap.of(loss(integrator, adjoint, 4), mapped, 3);
    return Graph.trace(batch.inputs(), in -> List.of(batch.inline(in).getFirst().sum()));
  }

  /** Three samples that differ a little, along the last axis. */
  static Tensor spread(Tensor sample) {
    double[] values = new double[3 * sample.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample.at(i / 3) * (1 + 0.05 * (i % 3));
    }
    return Tensor.of(sample.shape().append(3), values);
  }

  @Test
  void theSameBitsTwice() {
    List<Tensor> at = List.of(INITIAL, PARAMETERS, TIMES.getFirst());
    for (Adjoint adjoint : List.of(Adjoint.checkpointed(), Adjoint.backsolve())) {
      Graph loss = loss(Integrator.of(Solvers.tsit5()), adjoint, 6);
      Program gradient = Program.of(gradient(loss));
      double[] first = flat(gradient.run(at));
      gradient.run(List.of(Tensor.vector(0.4, 2), PARAMETERS, TIMES.getFirst()));
      assertArrayEquals(first, flat(gradient.run(at)));
      assertArrayEquals(first, flat(Program.of(gradient(loss)).run(at)));
    }
  }

  @Test
  void blackBoxesNeedBacksolve() {
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> loss(Integrator.of(Solvers.commonsGbs()), adjoint, 3))
              .getMessage();
      assertTrue(message.startsWith("commons:gbs is a black box"), message);
      assertTrue(message.contains("Adjoint.backsolve()"), message);
    }
  }

  @Test
  void secondDerivativesAreRefused() {
    for (Adjoint adjoint : List.of(Adjoint.checkpointed(), Adjoint.backsolve())) {
      Graph loss = loss(Integrator.fixed(Solvers.rk4(), 0.1), adjoint, 3);
      assertThrows(UnsupportedOperationException.class, () -> Jvp.of(gradient(loss)));
    }
  }

  @Test
  void namesAreTheUsers() {
    for (String name : Adjoint.names()) {
      assertEquals(name, Adjoint.named(name).name());
    }
    assertEquals(Adjoint.backsolve(), Adjoint.named("backsolve"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Adjoint.named("backslove")).getMessage();
    assertTrue(message.contains("Did you mean 'backsolve'?"), message);
    assertThrows(IllegalArgumentException.class, () -> Adjoint.checkpointed(0));
  }

  static void forwardAgreesWithReverse(
      Graph loss, List<Tensor> at, double[] gradient, double allowed) {
    List<Tensor> inputs = new ArrayList<>(at);
    double expected = 0;
    int from = 0;
    for (int input = 0; input < at.size(); input++) {
      Tensor direction = RandomKey.of(input).normal(at.get(input).shape());
      inputs.add(direction);
      for (int i = 0; i < direction.size(); i++) {
        expected += direction.at(i) * gradient[from++];
      }
    }
    double actual = Program.of(Jvp.of(loss)).run(inputs).get(1).scalar();
    assertEquals(expected, actual, 10 * allowed * (1 + Math.abs(expected)));
  }

  /** A loss that weighs every saved value differently. */
  static Graph loss(Integrator integrator, Adjoint adjoint, int times) {
    return loss(FORCED, integrator, adjoint, times);
  }

  static Graph loss(VectorField field, Integrator integrator, Adjoint adjoint, int times) {
    Solve solve = Solve.of(field, integrator, adjoint);
    Tensor weights = RandomKey.of(5).normal(Shape.of(times, 2));
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(3), Shape.of(times)),
        in -> {
          Tracer states = solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2));
          return List.of(states.square().times(states.constant(weights)).sum());
        });
  }

  static Graph gradient(Graph loss) {
    return Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
  }

  static double[] flat(Graph graph, List<Tensor> at) {
    return flat(Program.of(graph).run(at));
  }

  static double[] flat(List<Tensor> tensors) {
    return tensors.stream().flatMapToDouble(t -> java.util.Arrays.stream(t.toArray())).toArray();
  }

  static void near(double[] expected, double[] actual, double allowed) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], allowed * (1 + Math.abs(expected[i])), "value " + i);
    }
  }

  /** Five-point central differences by every value of every input. */
  static double[] differences(Graph loss, List<Tensor> at) {
    Program value = Program.of(loss);
    double h = 1e-3;
    double[] result = new double[at.stream().mapToInt(Tensor::size).sum()];
    int to = 0;
    for (int input = 0; input < at.size(); input++) {
      for (int i = 0; i < at.get(input).size(); i++) {
        double near = value(value, at, input, i, h) - value(value, at, input, i, -h);
        double far = value(value, at, input, i, 2 * h) - value(value, at, input, i, -2 * h);
        result[to++] = (8 * near - far) / (12 * h);
      }
    }
    return result;
  }

  private static double value(Program f, List<Tensor> at, int input, int i, double by) {
    double[] values = at.get(input).toArray();
    values[i] += by;
    List<Tensor> moved = new ArrayList<>(at);
    moved.set(input, Tensor.vector(values));
    return f.run(moved).getFirst().scalar();
  }

  private static List<Tensor> with(List<Tensor> at, Tensor... more) {
    List<Tensor> all = new ArrayList<>(at);
    all.addAll(List.of(more));
    return all;
  }
}
