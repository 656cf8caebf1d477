package odeum.train;

import java.util.List;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Where a step-by-step method is.
 *
 * <p>The arrays of the memory never change once they are here, nor leave it.
 */
final class Steps implements Optimizer.State {
  private static final String COUNT = "steps";

  private final StepOptimizer method;
  private final StepRule rule;
  private final Parameters parameters;
  private final double[][] memory;
  private final int done;
  private final int all;

  private Steps(
      StepOptimizer method,
      StepRule rule,
      Parameters parameters,
      double[][] memory,
      int done,
      int all) {
    this.method = method;
    this.rule = rule;
    this.parameters = parameters;
    this.memory = memory;
    this.done = done;
    this.all = all;
  }

  /** {@return the state before the first of so many steps; 0 means it is not known how many} */
  static Steps start(StepOptimizer method, StepRule rule, Parameters parameters, int all) {
    check(method, all);
    double[][] zeros = new double[rule.memory().size()][parameters.size()];
    return new Steps(method, rule, parameters, zeros, 0, all);
  }

  static Steps restore(
      StepOptimizer method, StepRule rule, Parameters parameters, OptimizerMemory saved, int all) {
    check(method, all);
    List<String> names = rule.memory();
    double[][] memory = new double[names.size()][];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = saved.tensor(names.get(i), Shape.of(parameters.size())).toArray();
    }
    return new Steps(method, rule, parameters, memory, (int) saved.number(COUNT), all);
  }

  private static void check(StepOptimizer method, int all) {
    if (all <= 0 && method.schedule().needsLength()) {
      throw new IllegalArgumentException(
          "The schedule %s must know how many steps there will be: start(parameters, steps)."
              .formatted(method.schedule()));
    }
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Steps step(Parameters gradient) {
    double[] p = parameters.flat().toArray();
    double[][] next = new double[memory.length][];
    for (int i = 0; i < next.length; i++) {
      next[i] = memory[i].clone();
    }
    double rate = method.learningRate() * method.schedule().factor(done, all);
    rule.step(p, gradient.flat().toArray(), next, done + 1, rate);
    return new Steps(method, rule, parameters.withFlat(p), next, done + 1, all);
  }

  @Override
  public OptimizerMemory memory() {
    OptimizerMemory snapshot = OptimizerMemory.EMPTY.and(COUNT, done);
    for (int i = 0; i < memory.length; i++) {
      snapshot = snapshot.and(rule.memory().get(i), Tensor.vector(memory[i]));
    }
    return snapshot;
  }

  /** {@return a power with a whole exponent, by squaring} */
  static double power(double base, int exponent) {
    double result = 1;
    double square = base;
    for (int rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
