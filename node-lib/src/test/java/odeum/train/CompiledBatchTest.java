package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Tracer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** A loss over a batch is the mean over its samples, however they are computed together. */
class CompiledBatchTest {
  private static final Mlp NET = Mlp.of(2, 7, 2);
  private static final Parameters START = Parameters.of("net", NET.initial(RandomKey.of(3)));

  private static Dataset samples(int count) {
    return Dataset.samples("x", RandomKey.of(1).normal(Shape.of(count, 2)))
        .and("y", RandomKey.of(2).normal(Shape.of(count, 2)))
        .and("scale", Tensor.full(Shape.of(count), 0.5));
  }

  private static final Objective LOSS =
      (p, s) ->
          NET.apply(p.at("net"), s.get("x"))
              .minus(s.get("y"))
              .times(s.get("scale"))
              .square()
              .mean();

  private static void checkMean(Objective objective, Dataset data, double tolerance) {
    Compiled compiled = objective.compile(START, data);
    Evaluation all = compiled.at(START, data.all());
    double loss = 0;
    double[] gradient = new double[START.size()];
    for (int i = 0; i < data.size(); i++) {
      Evaluation one = compiled.at(START, data.batch(i));
      assertEquals(one.value(), compiled.value(START, data.batch(i)), 1e-15);
      loss += one.value() / data.size();
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] += one.gradient().flat().at(j) / data.size();
      }
    }
    assertEquals(loss, all.value(), tolerance);
    assertEquals(all.value(), compiled.value(START, data.all()), 1e-15);
    assertArrayEquals(gradient, all.gradient().flat().toArray(), tolerance);
  }

  @Test
  void itIsTheMeanOverSamples() {
    checkMean(LOSS, samples(1), 1e-14);
    checkMean(LOSS, samples(20), 1e-14);
    checkMean((p, s) -> p.flat().square().mean(), samples(5), 1e-14);
    checkMean((p, s) -> s.get("scale").times(p.flat().get(0)), samples(5), 1e-14);
  }

  @Test
  void largeBatchesGoInBlocks() {
    checkMean(LOSS, samples(2_500), 1e-12);
  }

  @Test
  void fieldsEqualForAllSamplesAreShared() {
    assertEquals(List.of(false, false, true), samples(4).fields().shared());
    assertEquals(List.of(true, true, true), samples(1).fields().shared());
  }

  private static Objective solved(Solve solve) {
    return (p, s) -> {
      Tracer states = solve.apply(p.at("net"), s.get("x"), s.get("times"));
      return states.get(1).minus(s.get("y")).square().mean();
    };
  }

  @Test
  void aSolveOverABatchSharesItsSteps() {
    Solve adaptive =
        Solve.of(
            (t, y, p) -> NET.apply(p, y),
            Integrator.adaptive(Solvers.dopri5(), Pid.of(1e-10, 1e-12)),
            Adjoint.direct());
    double[] same = IntStream.range(0, 2 * 6).mapToDouble(i -> i % 2 * 0.7).toArray();
    Dataset data = samples(6).and("times", Tensor.of(Shape.of(6, 2), same));
    checkMean(solved(adaptive), data, 1e-8);
    Solve fixed =
        Solve.of(
            (t, y, p) -> NET.apply(p, y), Integrator.fixed(Solvers.rk4(), 0.1), Adjoint.direct());
    checkMean(solved(fixed), data, 1e-13);
  }

  @Test
  void samplesWithTimesOfTheirOwnAreSolvedAlone() {
    Solve adaptive =
        Solve.of(
            (t, y, p) -> NET.apply(p, y),
            Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-6, 1e-8)),
            Adjoint.direct());
    double[] own = IntStream.range(0, 2 * 6).mapToDouble(i -> i % 2 * (1 + i)).toArray();
    checkMean(solved(adaptive), samples(6).and("times", Tensor.of(Shape.of(6, 2), own)), 1e-13);
  }
}
