package odeum.solver;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * What many solves found, in their order. A solve that failed keeps its partial solution ({@link
 * #get}); its values are NaN in {@link #last} and {@link #at}, and statistics leave it out. A solve
 * that an event stopped counts up to there. Immutable.
 */
public final class Ensemble {
  private final List<Solution> solutions;
  private final List<Problem> problems;
  private final List<SaveAt> saveAts;

  Ensemble(List<Solution> solutions, List<Problem> problems, List<SaveAt> saveAts) {
    this.solutions = solutions;
    this.problems = problems;
    this.saveAts = saveAts;
  }

  /** {@return how many solves there are} */
  public int size() {
    return solutions.size();
  }

  /** {@return a solution} */
  public Solution get(int i) {
    return solutions.get(Objects.checkIndex(i, size()));
  }

  /** {@return the solutions} */
  public List<Solution> solutions() {
    return solutions;
  }

  /** {@return what can be read: the values of the state, then the observed values} */
  public List<String> names() {
    return solutions.getFirst().names();
  }

  /**
   * {@return the times that all solves were asked to save, shape {@code (times)}}
   *
   * @throws IllegalStateException if each has its own
   */
  public double[] times() {
    double[] times = asked(0);
    for (int i = 1; i < size(); i++) {
      if (!Arrays.equals(times, asked(i))) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Solves 0 and %d were saved at different times. Read them with at(t, name), or save"
                    + " all at the same times.",
                i));
      }
    }
    return times;
  }

  private double[] asked(int i) {
    Problem problem = problems.get(i);
    boolean endless = Double.isInfinite(problem.end());
    return switch (endless ? SaveAt.steps() : saveAts.get(i)) {
      case SaveAt.Even _, SaveAt.Times _ ->
          Recorder.wanted(saveAts.get(i), problem.start(), problem.end());
      case SaveAt.End _ -> new double[] {problem.start(), problem.end()};
      case SaveAt.Steps _, SaveAt.Dense _ ->
          throw new IllegalStateException(
              "The solves were saved at their own steps. Read them with at(t, name), or save at"
                  + " common times: SaveAt.even(n) or SaveAt.times(...).");
    };
  }

  /** {@return a value at the end of each solve, shape {@code (size)}; NaN where one failed} */
  public double[] last(String name) {
    index(name);
    return solutions.stream()
        .mapToDouble(solution -> solution.result().isSuccess() ? solution.last(name) : Double.NaN)
        .toArray();
  }

  /**
   * {@return a value of each solve at any time, by dense output, shape {@code (size)}} NaN where a
   * solve failed, was stopped before by an event, or has another span.
   */
  public double[] at(double t, String name) {
    index(name);
    boolean inside = false;
    for (Problem problem : problems) {
      inside |=
          Math.min(problem.start(), problem.end()) <= t
              && t <= Math.max(problem.start(), problem.end());
    }
    if (!inside) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "t = %s is outside of the span of every solve; the first goes from %s to %s.",
              t,
              problems.getFirst().start(),
              problems.getFirst().end()));
    }
    return solutions.stream().mapToDouble(solution -> value(solution, t, name)).toArray();
  }

  private static double value(Solution solution, double t, String name) {
    return solution.result().isSuccess() && solution.covers(t) ? solution.at(t, name) : Double.NaN;
  }

  /** {@return the mean of a value at the common times, shape {@code (times)}} */
  public double[] mean(String name) {
    return statistic(name, new Mean()::evaluate);
  }

  /**
   * {@return a quantile of a value at the common times, shape {@code (times)}} Between two values
   * of the sample it is linear, as in numpy.
   *
   * @param q from 0, the least value, to 1, the greatest; 0.5 is the median
   */
  public double[] quantile(double q, String name) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "A quantile lies between 0 and 1, got %s.", q));
    }
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    return statistic(
        name,
        values ->
            q == 0
                ? Arrays.stream(values).min().orElse(Double.NaN)
                : percentile.evaluate(values, 100 * q));
  }

  @FunctionalInterface
  private interface Summary {
    double of(double[] values);
  }

  private double[] statistic(String name, Summary summary) {
    index(name);
    double[] times = times();
    double[][] columns =
        solutions.stream()
            .filter(solution -> solution.result().isSuccess())
            .map(solution -> solution.values(name))
            .toArray(double[][]::new);
    double[] result = new double[times.length];
    for (int i = 0; i < result.length; i++) {
      int at = i;
      double[] values =
          Arrays.stream(columns)
              .filter(column -> at < column.length)
              .mapToDouble(column -> column[at])
              .toArray();
      result[i] = values.length == 0 ? Double.NaN : summary.of(values);
    }
    return result;
  }

  private void index(String name) {
    solutions.getFirst().requireName(name);
  }

  /** {@return how many solves failed} */
  public int failed() {
    return (int) solutions.stream().filter(s -> !s.result().isSuccess()).count();
  }

  /** {@return how many solves ended in which way} */
  public Map<Result, Integer> results() {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    solutions.forEach(solution -> counts.merge(solution.result(), 1, Integer::sum));
    return counts;
  }

  /** {@return the work of all solves} */
  public Statistics statistics() {
    long accepted = 0;
    long rejected = 0;
    long evaluations = 0;
    for (Solution solution : solutions) {
      accepted += solution.statistics().accepted();
      rejected += solution.statistics().rejected();
      evaluations += solution.statistics().evaluations();
    }
    return new Statistics(clamped(accepted), clamped(rejected), evaluations);
  }

  private static int clamped(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  /** {@return how the solves ended, in a sentence; of failures the first one's message} */
  public String message() {
    for (int i = 0; i < size(); i++) {
      if (!get(i).result().isSuccess()) {
        return String.format(
            Locale.ROOT,
            "%d of %d solves failed and count in no statistic. Number %d: %s",
            failed(),
            size(),
            i,
            get(i).message());
      }
    }
    return "All solves reached their end.";
  }

  @Override
  public String toString() {
    Statistics work = statistics();
    StringJoiner ends = new StringJoiner(", ");
    results().forEach((result, count) -> ends.add(count + " " + result.text()));
    return String.format(
        Locale.ROOT,
        "%d solves · %s · %d steps (%d rejected) · %d evaluations · %s",
        size(),
        solutions.getFirst().solver(),
        work.accepted(),
        work.rejected(),
        work.evaluations(),
        results().size() == 1 ? "all " + solutions.getFirst().result().text() : ends);
  }
}
