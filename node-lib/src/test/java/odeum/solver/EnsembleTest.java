package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnsembleTest {
  private static final Structure RATES = Structure.ofNumbers(List.of("a", "b", "c", "d"));

  /** Driven, so that each lane needs its own time. */
  private static final VectorField PREDATORS =
      (t, y, p) -> {
        Tracer x = y.get(0);
        Tracer z = y.get(1);
        Tracer births = p.get("a").times(x).minus(p.get("b").times(x).times(z));
        Tracer deaths = p.get("d").times(x).times(z).minus(p.get("c").times(z));
        return Tracer.stack(births.plus(t.sin().times(0.1)), deaths);
      };

  private static Problem.Of predators(VectorField field) {
    TracedField traced = TracedField.of(field, Shape.of(2), RATES);
    return Problem.of(OdeTerm.of(traced, Tensor.vector(1.5, 1, 3, 1)), Tensor.vector(1, 1), 0, 6)
        .withNames("x", "z");
  }

  private static Variants variants(int size) {
    return Variants.of(predators(PREDATORS), size).spreadInitials(0.3, RandomKey.of(1));
  }

  private static void assertSameAsAlone(Integrator integrator, List<? extends Problem> problems) {
    assertSameAsAlone(
        integrator, problems, problems.stream().map(_ -> integrator.saveAt()).toList());
  }

  private static void assertSameAsAlone(
      Integrator integrator, List<? extends Problem> problems, List<SaveAt> saveAts) {
    Ensemble ensemble = integrator.ensemble(problems, saveAts);
    assertEquals(problems.size(), ensemble.size());
    for (int i = 0; i < ensemble.size(); i++) {
      Solution alone = integrator.withSaveAt(saveAts.get(i)).solve(problems.get(i));
      Solution together = ensemble.get(i);
      assertBits(alone.times(), together.times());
      for (String name : alone.names()) {
        assertBits(alone.values(name), together.values(name));
      }
      assertEquals(alone.statistics(), together.statistics(), "solve " + i);
      assertEquals(alone.result(), together.result());
      assertEquals(alone.message(), together.message());
      assertEquals(alone.notes(), together.notes());
    }
  }

  private static void assertBits(double[] expected, double[] actual) {
    long[] bits = Arrays.stream(expected).mapToLong(Double::doubleToRawLongBits).toArray();
    assertArrayEquals(bits, Arrays.stream(actual).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  static Stream<Integrator> integrators() {
    Pid pid = Pid.of(1e-6, 1e-8);
    List<Integrator> all = new ArrayList<>();
    for (Solver solver : Solvers.all()) {
      if (solver instanceof EmbeddedRungeKutta embedded) {
        all.add(Integrator.adaptive(embedded, pid));
      }
      if (solver instanceof ExplicitRungeKutta method) {
        all.add(Integrator.fixed(method, 0.07));
      }
    }
    all.add(Integrator.adaptive(Solvers.tsit5(), pid.withCoefficients(0.4, 0.3, 0.05)));
    all.add(Integrator.adaptive(Solvers.tsit5(), pid.withSteps(0, 0.05)));
    all.add(Integrator.adaptive(Solvers.tsit5(), pid).withControlled(1).withFirstStep(0.2));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void everyMethodGivesTheBitsOfSingleSolves(Integrator integrator) {
    assertSameAsAlone(integrator.withSaveAt(SaveAt.even(37)), variants(21).problems());
  }

  /** Plain arithmetic, so that after some steps its stages are generated loops. */
  private static final VectorField ARITHMETIC =
      (t, y, p) -> {
        Tracer x = y.get(0);
        Tracer z = y.get(1);
        Tracer births = p.get("a").times(x).minus(p.get("b").times(x).times(z));
        Tracer deaths = p.get("d").times(x).times(z).minus(p.get("c").times(z));
        return Tracer.stack(births.plus(t.times(0.001)), deaths.plus(z.abs().sqrt().times(0.01)));
      };

  @ParameterizedTest
  @MethodSource("integrators")
  void generatedLoopsGiveTheBitsOfSingleSolves(Integrator integrator) {
    Problem.Of problem = predators(ARITHMETIC);
    Variants variants =
        Variants.of(
                new Problem.Of(
                    problem.term(),
                    problem.initial(),
                    0,
                    30,
                    problem.names(),
                    problem.events(),
                    problem.observed()),
                21)
            .spreadInitials(0.3, RandomKey.of(1));
    assertSameAsAlone(integrator.withSaveAt(SaveAt.even(37)), variants.problems());
    Variants own = variants.spreadParameters(0.05, RandomKey.of(2));
    assertSameAsAlone(integrator.withSaveAt(SaveAt.even(37)), own.problems());
  }

  @Test
  void bitsDoNotDependOnHowManyThereAre() {
    Integrator integrator = Integrator.of(Solvers.tsit5()).withoutSteps();
    Ensemble large = integrator.ensemble(variants(700));
    for (int size : new int[] {1, 3, 4, 9, 64}) {
      Ensemble small = integrator.ensemble(variants(size));
      for (int i = 0; i < size; i++) {
        assertBits(large.get(i).values("x"), small.get(i).values("x"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void everyWayToSaveGivesTheBitsOfSingleSolves(SaveAt saveAt) {
    List<Problem> problems = variants(21).problems();
    assertSameAsAlone(Integrator.of(Solvers.tsit5()).withSaveAt(saveAt), problems);
    assertSameAsAlone(Integrator.of(Solvers.dopri8()).withSaveAt(saveAt).withoutSteps(), problems);
    Integrator integrator = Integrator.of(Solvers.bosh3()).withSaveAt(saveAt);
    Ensemble ensemble = integrator.ensemble(problems);
    if (!(saveAt instanceof SaveAt.End)) {
      double[] middle = ensemble.at(1.2345, "z");
      for (int i = 0; i < middle.length; i++) {
        assertEquals(integrator.solve(problems.get(i)).at(1.2345, "z"), middle[i], 0.0);
      }
    }
  }

  static Stream<SaveAt> everyWayToSaveGivesTheBitsOfSingleSolves() {
    return Stream.of(
        SaveAt.even(501),
        SaveAt.times(0, 0, 1, 1, 5.5),
        SaveAt.steps(),
        SaveAt.dense(),
        SaveAt.end());
  }

  @Test
  void eachHasItsOwnParametersSpanAndTimes() {
    int size = 45;
    double[] starts = new double[size];
    double[] ends = new double[size];
    List<SaveAt> saveAts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      starts[i] = 0.1 * i;
      ends[i] = i % 3 == 0 ? starts[i] - 1 : starts[i] + 0.2 * (i % 7); // some are empty
      saveAts.add(
          switch (i % 4) {
            case 0 -> SaveAt.even(2 + i);
            case 1 -> SaveAt.times(starts[i], ends[i]);
            case 2 -> SaveAt.steps();
            default -> SaveAt.end();
          });
    }
    Variants own = variants(size).spreadParameters(0.2, RandomKey.of(2)).withSpans(starts, ends);
    assertSameAsAlone(Integrator.of(Solvers.tsit5()).withoutSteps(), own.problems(), saveAts);
    assertSameAsAlone(Integrator.of(Solvers.dopri8()), own.problems(), saveAts);
  }

  @Test
  void fieldsThatSumInAnotherOrderAreSolvedAlone() {
    VectorField field =
        (_, y, p) -> {
          Tracer terms = Tracer.stack(y.get(0), y.get(1), p.get("a"), p.get("b"), y.get(0).cos());
          return y.times(terms.sum(0)).times(-0.1);
        };
    TracedField traced = TracedField.of(field, Shape.of(2), RATES);
    assertFalse(traced.keepsBitsInBatches(false));
    assertTrue(TracedField.of(PREDATORS, Shape.of(2), RATES).keepsBitsInBatches(true));
    Variants own =
        Variants.of(predators(field), 30)
            .spreadInitials(0.3, RandomKey.of(1))
            .spreadParameters(0.1, RandomKey.of(4));
    assertSameAsAlone(Integrator.of(Solvers.tsit5()), own.problems());
  }

  @Test
  void matricesKeepTheirBits() {
    Structure weights = Structure.EMPTY.and("w", Shape.of(5, 5)).and("b", Shape.of(5));
    VectorField net = (_, y, p) -> p.get("w").matmul(y.tanh()).plus(p.get("b")).tanh().minus(y);
    TracedField field = TracedField.of(net, Shape.of(5), weights);
    Tensor values = RandomKey.of(3).normal(Shape.of(30));
    Problem problem = Problem.of(OdeTerm.of(field, values), Tensor.vector(1, 2, 3, 4, 5), 0, 3);
    Variants variants = Variants.of(problem, 40).spreadInitials(0.5, RandomKey.of(5));
    assertTrue(field.keepsBitsInBatches(true));
    assertSameAsAlone(Integrator.of(Solvers.tsit5()), variants.problems());
    assertSameAsAlone(
        Integrator.of(Solvers.tsit5()), variants.spreadParameters(0.1, RandomKey.of(6)).problems());
  }

  @Test
  void whatHasEventsOrNoGraphIsSolvedAlone() {
    Problem.Of with =
        predators(PREDATORS)
            .withEvents(Event.stop("two", (_, y) -> y[0] - 2, Event.Direction.EITHER));
    List<Problem> problems = Variants.of(with, 12).spreadInitials(0.3, RandomKey.of(1)).problems();
    Ensemble ensemble = Integrator.of(Solvers.tsit5()).ensemble(problems);
    assertEquals(12, ensemble.results().getOrDefault(Result.EVENT, 0));
    assertSameAsAlone(Integrator.of(Solvers.tsit5()), problems);
    OdeTerm decay = OdeTerm.of(1, (_, y, dy) -> dy[0] = -y[0]);
    List<Problem> written = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      written.add(Problem.of(decay, Tensor.vector(i), 0, 1));
    }
    assertSameAsAlone(Integrator.of(Solvers.tsit5()), written);
  }

  /** Some run to infinity before the end, and each kind of failure is told as alone. */
  @Test
  void failuresAreToldAndCountInNoStatistic() {
    VectorField square = (_, y, _) -> y.square();
    TracedField field = TracedField.of(square, Shape.of(1), Structure.EMPTY);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      double start = i == 5 ? Double.NaN : -1.05 + 0.1 * i;
      problems.add(
          Problem.of(OdeTerm.of(field, Tensor.vector()), Tensor.vector(start), 0, 2)
              .withNames("x"));
    }
    for (Integrator each :
        List.of(
            Integrator.of(Solvers.tsit5()),
            Integrator.of(Solvers.tsit5()).withMaxSteps(12),
            Integrator.of(Solvers.dopri8()),
            Integrator.fixed(Solvers.rk4(), 0.25),
            Integrator.fixed(Solvers.rk4(), 1e-3).withMaxSteps(7))) {
      assertSameAsAlone(each, problems);
    }
    Ensemble ensemble =
        Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(5)).ensemble(problems);
    assertEquals(9, ensemble.failed());
    double[] last = ensemble.last("x");
    double sum = 0;
    for (int i = 0; i < 24; i++) {
      assertEquals(ensemble.get(i).result() != Result.SUCCESS, Double.isNaN(last[i]));
      sum += Double.isNaN(last[i]) ? 0 : last[i];
    }
    assertEquals(sum / 15, ensemble.mean("x")[4], 1e-14);
    assertTrue(ensemble.message().startsWith("9 of 24 solves failed"), ensemble.message());
    assertTrue(Double.isNaN(ensemble.at(0.5, "x")[5]));
  }

  @Test
  void stiffnessIsNoticedLaneByLane() {
    VectorField fast = (t, y, p) -> y.minus(t.cos()).times(p.get("k").times(-1));
    TracedField field = TracedField.of(fast, Shape.of(1), Structure.ofNumbers(List.of("k")));
    Problem problem = Problem.of(OdeTerm.of(field, Tensor.vector(1)), Tensor.vector(0), 0, 4);
    double[] rates = new double[12];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = i < 6 ? 1 + i : 400.0 * i;
    }
    Variants variants = Variants.of(problem, 12).withParameters(Tensor.of(Shape.of(12, 1), rates));
    Integrator integrator = Integrator.of(Solvers.dopri5());
    assertSameAsAlone(integrator, variants.problems());
    Ensemble ensemble = integrator.ensemble(variants);
    assertEquals(List.of(), ensemble.get(0).notes());
    assertEquals(1, ensemble.get(11).notes().size());
  }

  /** Those that go over to a stiff method on the way are as alone, too. */
  @Test
  void aSwitchingMethodGoesOverForEachByItself() {
    VectorField oscillator =
        (_, y, p) -> {
          Tracer x = y.get(0);
          Tracer v = y.get(1);
          Tracer push = p.get("mu").times(v).times(x.square().times(-1).plus(1));
          return Tracer.stack(v, push.minus(x));
        };
    TracedField field = TracedField.of(oscillator, Shape.of(2), Structure.ofNumbers(List.of("mu")));
    Problem problem = Problem.of(OdeTerm.of(field, Tensor.vector(1)), Tensor.vector(2, 0), 0, 20);
    double[] rates = {1, 2, 300, 3, 500, 4, 5, 6, 700, 1.5};
    Variants variants = Variants.of(problem, 10).withParameters(Tensor.of(Shape.of(10, 1), rates));
    Integrator integrator = Integrator.of(Solvers.auto());
    assertSameAsAlone(integrator, variants.problems());
    Ensemble ensemble = integrator.ensemble(variants);
    assertEquals("tsit5", ensemble.get(0).solver());
    assertTrue(ensemble.get(2).solver().startsWith("tsit5, then "), ensemble.get(2).solver());
  }

  @Test
  void anInterruptEndsAllWhereTheyAre() {
    AtomicInteger asked = new AtomicInteger();
    Integrator integrator =
        Integrator.of(Solvers.tsit5()).withInterrupt(() -> asked.incrementAndGet() > 20);
    Ensemble ensemble = integrator.ensemble(variants(2000));
    assertEquals(2000, ensemble.failed());
    assertEquals(2000, ensemble.results().get(Result.INTERRUPTED));
    assertTrue(ensemble.get(0).statistics().accepted() > 0);
    assertEquals(0, ensemble.get(1999).statistics().accepted());
    Thread.currentThread().interrupt();
    Ensemble none = Integrator.of(Solvers.tsit5()).ensemble(variants(50));
    assertTrue(Thread.interrupted());
    assertEquals(50, none.results().get(Result.INTERRUPTED));
  }

  @Test
  void meansAndQuantilesAreThoseOfTheClosedForm() {
    VectorField decay = (_, y, _) -> y.times(-1);
    TracedField field = TracedField.of(decay, Shape.of(1), Structure.EMPTY);
    Problem problem =
        Problem.of(OdeTerm.of(field, Tensor.vector()), Tensor.vector(1), 0, 1).withNames("x");
    double[] starts = new double[101];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (i * 37) % 101; // 0 to 100 in some order
    }
    Ensemble ensemble =
        Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-12))
            .withSaveAt(SaveAt.even(3))
            .ensemble(Variants.of(problem, 101).withInitials(Tensor.of(Shape.of(101, 1), starts)));
    assertArrayEquals(new double[] {0, 0.5, 1}, ensemble.times());
    double e = StrictMath.exp(-1);
    assertEquals(50 * e, ensemble.mean("x")[2], 1e-9);
    assertEquals(0, ensemble.quantile(0, "x")[2], 1e-9);
    assertEquals(5 * e, ensemble.quantile(0.05, "x")[2], 1e-9);
    assertEquals(97.5 * e, ensemble.quantile(0.975, "x")[2], 1e-9);
    assertEquals(100 * e, ensemble.quantile(1, "x")[2], 1e-9);
    assertEquals(starts[7] * e, ensemble.last("x")[7], 1e-9);
    assertTrue(ensemble.toString().endsWith("· all success"), ensemble.toString());
    assertTrue(ensemble.toString().startsWith("101 solves · dopri8 · "), ensemble.toString());
    assertThrows(IllegalArgumentException.class, () -> ensemble.quantile(5, "x"));
    assertThrows(IllegalArgumentException.class, () -> ensemble.mean("y"));
    assertThrows(IllegalArgumentException.class, () -> ensemble.at(2, "x"));
  }

  @Test
  void aSpreadIsARelativeStandardDeviation() {
    Variants variants =
        Variants.of(predators(PREDATORS), 4000)
            .withInitials(Tensor.full(Shape.of(4000, 2), -2))
            .spreadInitials(0.1, RandomKey.of(0))
            .spreadParameters(0.05, RandomKey.of(1), List.of("c"));
    double sum = 0;
    double squares = 0;
    double rates = 0;
    for (Problem problem : variants.problems()) {
      double x = problem.initial().at(0);
      sum += x / 4000;
      squares += (x + 2) * (x + 2) / 4000;
      double c = problem.term().parameters().at(2);
      rates += (c - 3) * (c - 3) / 4000;
      assertEquals(1.5, problem.term().parameters().at(0), 0.0);
    }
    assertEquals(-2, sum, 0.02);
    assertEquals(0.2, Math.sqrt(squares), 0.01);
    assertEquals(0.15, Math.sqrt(rates), 0.01);
  }

  @Test
  void misuseSaysWhatToDo() {
    Integrator integrator = Integrator.of(Solvers.tsit5());
    Variants variants = variants(3);
    assertThrows(IllegalArgumentException.class, () -> integrator.ensemble(List.of()));
    assertThrows(IllegalArgumentException.class, () -> variants.withInitials(Tensor.vector(1)));
    assertThrows(
        IllegalArgumentException.class, () -> variants.spreadInitials(-1, RandomKey.of(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> integrator.withSaveAt(SaveAt.times(99)).ensemble(variants));
    Ensemble own = integrator.withSaveAt(SaveAt.steps()).ensemble(variants);
    assertThrows(IllegalStateException.class, () -> own.mean("x"));
  }
}
