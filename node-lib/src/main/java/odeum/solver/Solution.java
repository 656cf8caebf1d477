package odeum.solver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import odeum.tensor.Tensor;

/** What a solve found: the saved states, and how it went. Immutable. */
public final class Solution {
  private final SavedStates saved;
  private final KeptSteps dense;
  private final Outcome outcome;
  private final Columns columns;

  /** How the solve went from where to where. */
  record Outcome(
      String solver,
      double start,
      double end,
      Result result,
      Statistics statistics,
      List<EventRecord> events,
      Supplier<String> message,
      List<String> notes) {
    boolean covers(double t) {
      return Math.min(start, end) <= t && t <= Math.max(start, end);
    }
  }

  Solution(Problem problem, SavedStates saved, KeptSteps dense, Outcome outcome) {
    this.saved = saved;
    this.dense = dense;
    this.outcome = outcome;
    this.columns = new Columns(problem);
  }

  /** Keeps the steps only if they take no more than so many values. */
  void limitSteps(long values) {
    switch (dense) {
      case DenseSteps steps -> steps.limit(values);
      case SwitchedSteps both -> {
        both.first().limit(values);
        both.second().limit(values);
      }
      case CommonsSteps _ -> {}
    }
  }

  /** Whether the solve went over a time. */
  boolean covers(double t) {
    return outcome.covers(t);
  }

  void requireName(String name) {
    columns.index(name);
  }

  /** {@return how many times were saved} */
  public int size() {
    return saved.count();
  }

  /** {@return the saved times, shape {@code (size)}; a solve that ended early ends with its end} */
  public double[] times() {
    return IntStream.range(0, size()).mapToDouble(saved::time).toArray();
  }

  /** {@return what can be read: the values of the state, then the observed values} */
  public List<String> names() {
    return columns.names();
  }

  /** {@return the names of the state's values} */
  public List<String> stateNames() {
    return columns.stateNames();
  }

  /** {@return a value at the saved times, shape {@code (size)}} */
  public double[] values(String name) {
    return columns.values(name, saved);
  }

  /** {@return a value at the last saved time} */
  public double last(String name) {
    return columns.value(name, lastTime(), lastState());
  }

  /**
   * {@return a value at any time of the solve, by the solver's dense output} Where an event changed
   * the state, it is the one after it.
   */
  public double at(double t, String name) {
    columns.index(name);
    return columns.value(name, t, stateAt(t));
  }

  /**
   * {@return the state at any time of the solve, by the solver's dense output} Where an event
   * changed it, it is the one after it.
   */
  public Tensor at(double t) {
    return Tensor.vector(stateAt(t));
  }

  /**
   * {@return how fast a value of the state changes at any time of the solve: the derivative of the
   * solver's dense output} Its order is one less than that of the dense output.
   */
  public double derivative(double t, String state) {
    int index = columns.stateNames().indexOf(state);
    if (index < 0) {
      columns.index(state);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' is computed from the state; only states have a derivative.",
              state));
    }
    return derivative(t).at(index);
  }

  /** {@return the derivative of the solver's dense output at any time of the solve} */
  public Tensor derivative(double t) {
    requireCovered(t);
    if (dense.isEmpty()) {
      throw new IllegalStateException(
          "The steps were not kept, so there is no derivative. Solve with SaveAt.dense().");
    }
    double[] rate = new double[columns.states()];
    dense.differentiate(t, rate);
    return Tensor.vector(rate);
  }

  /** {@return the saved state at position i of the times} */
  public Tensor state(int i) {
    Objects.checkIndex(i, size());
    double[] state = new double[columns.states()];
    saved.copy(i, state);
    return Tensor.vector(state);
  }

  /** Copies the saved state at position i of the times to {@code target}. */
  public void copyState(int i, double[] target, int offset) {
    Objects.checkIndex(i, size());
    saved.copy(i, target, offset);
  }

  private double[] stateAt(double t) {
    requireCovered(t);
    double[] state = new double[columns.states()];
    boolean atEnd = t == outcome.end() && saved.endsAt(t); // after events that happen there
    if (!dense.isEmpty() && !atEnd) {
      dense.at(t, state);
    } else {
      saved.copy(atEnd ? size() - 1 : savedAt(t), state);
    }
    return state;
  }

  private void requireCovered(double t) {
    if (!outcome.covers(t)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The solution goes from %s to %s; t = %s is outside.",
              outcome.start(),
              outcome.end(),
              t));
    }
  }

  private int savedAt(double t) {
    for (int i = 0; i < size(); i++) {
      if (saved.time(i) == t) {
        return i;
      }
    }
    throw new IllegalStateException(
        String.format(
            Locale.ROOT,
            "The steps were not kept, so only the saved times can be read; %s is none of them. %s",
            t,
            "Solve with SaveAt.dense()."));
  }

  private double lastTime() {
    if (size() == 0) {
      throw new IllegalStateException("No time was saved.");
    }
    return saved.time(size() - 1);
  }

  private double[] lastState() {
    double[] state = new double[columns.states()];
    saved.copy(size() - 1, state);
    return state;
  }

  /** {@return the events that happened, in order} */
  public List<EventRecord> events() {
    return outcome.events();
  }

  /** {@return the work it took} */
  public Statistics statistics() {
    return outcome.statistics();
  }

  /** {@return how the solve ended} */
  public Result result() {
    return outcome.result();
  }

  /** {@return how the solve ended: where, why, what to try; it is found out when asked for} */
  public String message() {
    return outcome.message().get();
  }

  /** {@return the message without what is said of the solution itself: why it ended so} */
  public String reason() {
    return message().replace(Diagnosis.KEPT, "");
  }

  /** {@return what else was noticed, such as that the system looks stiff} */
  public List<String> notes() {
    return outcome.notes();
  }

  /** {@return the name of the solver} */
  public String solver() {
    return outcome.solver();
  }

  /** Writes a table with the columns t and {@link #names}, every digit of every number. */
  public void toCsv(Path file) throws IOException {
    SolutionText.writeCsv(this, file);
  }

  /** Writes a table with the columns t and {@link #names}, every digit of every number. */
  public void toCsv(String file) throws IOException {
    toCsv(Path.of(file));
  }

  /** {@return one line: solver, steps, evaluations, how it ended} */
  public String summary() {
    return SolutionText.summary(this);
  }

  @Override
  public String toString() {
    return SolutionText.lines(this);
  }
}
