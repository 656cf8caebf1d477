package odeum.train;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 7.5) with a
 * line search for the strong Wolfe conditions: the method for smooth losses over the whole data.
 *
 * @param history how many steps it remembers
 * @param tolerance it has converged when an iteration lowers the loss by less than this share
 */
public record Lbfgs(int history, double tolerance) implements WholeBatchOptimizer {
  private static final String COUNT = "iterations";
  private static final String CONVERGED = "converged";
  private static final String PAIRS = "pairs";

  public Lbfgs {
    Require.that(history > 0, "L-BFGS must remember at least one step, got %s.", history);
    Require.that(tolerance >= 0, "The tolerance cannot be negative, got %s.", tolerance);
  }

  /** {@return L-BFGS that remembers 10 steps, to a tolerance of 1e-12} */
  public static Lbfgs of() {
    return new Lbfgs(10, 1e-12);
  }

  /** {@return this method with another memory} */
  public Lbfgs withHistory(int steps) {
    return new Lbfgs(steps, tolerance);
  }

  /** {@return this method with another tolerance} */
  public Lbfgs withTolerance(double share) {
    return new Lbfgs(history, share);
  }

  @Override
  public String name() {
    return "lbfgs";
  }

  /** A step and the change of the gradient along it. */
  private static final class Pair {
    final double[] step;
    final double[] change;
    final double inverse;

    Pair(double[] step, double[] change) {
      this.step = step;
      this.change = change;
      this.inverse = 1 / dot(step, change);
    }
  }

  TrainingEnd minimize(Target target, double[] start, int iterations, OptimizerMemory memory) {
    if (number(memory, CONVERGED) == 1) {
      return TrainingEnd.CONVERGED;
    }
    double[] x = start;
    double[] gradient = new double[x.length];
    double value = target.value(x, gradient);
    if (!Double.isFinite(value)) {
      throw target.notFinite(x);
    }
    Deque<Pair> pairs = recalled(memory, x.length);
    int done = number(memory, COUNT);
    while (done < iterations) {
      if (largest(gradient) == 0) {
        return TrainingEnd.CONVERGED;
      }
      double[] direction = direction(gradient, pairs);
      double longest = pairs.isEmpty() ? 1 / largest(gradient) : 1;
      LineSearch.Point next =
          LineSearch.search(target, x, value, gradient, direction, Math.min(1, longest));
      if (next == null && pairs.isEmpty()) {
        return TrainingEnd.CONVERGED;
      }
      if (next == null) {
        // What is remembered may mislead: forget it, and try straight downhill once.
        pairs.clear();
        continue;
      }
      remember(pairs, minus(next.x, x), minus(next.gradient, gradient));
      boolean converged = value - next.value <= tolerance * Math.abs(value);
      x = next.x;
      gradient = next.gradient;
      value = next.value;
      done++;
      target.accept(x, value, memory(done, List.copyOf(pairs), converged));
      if (converged) {
        return TrainingEnd.CONVERGED;
      }
    }
    return TrainingEnd.FINISHED;
  }

  /** The pairs are written down when someone asks for them: one call in many. */
  private static Supplier<OptimizerMemory> memory(
      int iterations, List<Pair> pairs, boolean converged) {
    return () -> {
      int n = pairs.isEmpty() ? 0 : pairs.getFirst().step.length;
      double[] steps = new double[pairs.size() * n];
      double[] changes = new double[steps.length];
      for (int i = 0; i < pairs.size(); i++) {
        System.arraycopy(pairs.get(i).step, 0, steps, i * n, n);
        System.arraycopy(pairs.get(i).change, 0, changes, i * n, n);
      }
      return OptimizerMemory.EMPTY
          .and(COUNT, iterations)
          .and(CONVERGED, converged ? 1 : 0)
          .and(PAIRS, pairs.size())
          .and("steps", Tensor.vector(steps))
          .and("changes", Tensor.vector(changes));
    };
  }

  private static int number(OptimizerMemory memory, String name) {
    return memory.names().isEmpty() ? 0 : (int) memory.number(name);
  }

  private static Deque<Pair> recalled(OptimizerMemory memory, int n) {
    Deque<Pair> pairs = new ArrayDeque<>();
    int count = number(memory, PAIRS);
    if (count > 0) {
      double[] steps = memory.tensor("steps", Shape.of(count * n)).toArray();
      double[] changes = memory.tensor("changes", Shape.of(count * n)).toArray();
      for (int from = 0; from < count * n; from += n) {
        pairs.addLast(
            new Pair(
                Arrays.copyOfRange(steps, from, from + n),
                Arrays.copyOfRange(changes, from, from + n)));
      }
    }
    return pairs;
  }

  private void remember(Deque<Pair> pairs, double[] step, double[] change) {
    if (dot(step, change) > 1e-16 * dot(change, change)) {
      pairs.addLast(new Pair(step, change));
    }
    if (pairs.size() > history) {
      pairs.removeFirst();
    }
  }

  /** The two-loop recursion: the inverse Hessian's approximation times minus the gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      alphas[--i] = pair.inverse * dot(pair.step, q);
      add(q, -alphas[i], pair.change);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = 1 / (last.inverse * dot(last.change, last.change));
      for (int j = 0; j < q.length; j++) {
        q[j] *= scale;
      }
    }
    for (Pair pair : pairs) {
      add(q, alphas[i++] - pair.inverse * dot(pair.change, q), pair.step);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] = -q[j];
    }
    return q;
  }

  private static void add(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(factor, vector[i], sum[i]);
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
