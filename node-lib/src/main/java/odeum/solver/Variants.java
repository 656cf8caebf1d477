package odeum.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * Variants of one problem, to be solved as an ensemble: with their own initial states, parameters
 * and spans. Immutable.
 *
 * <p>A <em>spread</em> is relative: a number v becomes {@code v + spread |v| z} with z standard
 * normal, so a spread of 0.1 is a standard deviation of a tenth, zero stays zero, and a sign may
 * change where the spread is large. Variant i takes its z from {@code key.fold(i)}: it is the same
 * however many variants there are.
 */
public final class Variants {
  private final Problem problem;
  private final int size;
  private final Optional<Tensor> initials;
  private final Optional<Tensor> parameters;
  private final Optional<Spread> initialSpread;
  private final List<Span> spans;

  private record Spread(double relative, RandomKey key) {}

  private record Span(double start, double end) {}

  private Variants(
      Problem problem,
      int size,
      Optional<Tensor> initials,
      Optional<Tensor> parameters,
      Optional<Spread> initialSpread,
      List<Span> spans) {
    this.problem = problem;
    this.size = size;
    this.initials = initials;
    this.parameters = parameters;
    this.initialSpread = initialSpread;
    this.spans = spans;
  }

  /** {@return so many variants of a problem, all alike as yet} */
  public static Variants of(Problem problem, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "An ensemble has at least one variant, got %d.", size));
    }
    return new Variants(
        problem, size, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** {@return these variants from initial states, shape {@code (size, states)}} */
  public Variants withInitials(Tensor states) {
    requireShape("Initial states", states, problem.term().size());
    return new Variants(problem, size, Optional.of(states), parameters, Optional.empty(), spans);
  }

  /**
   * {@return these variants at parameters, flat, shape {@code (size, parameters)}} An initial state
   * that is computed from parameters follows them.
   */
  public Variants withParameters(Tensor values) {
    requireShape("Parameters", values, field().parameters().size());
    return new Variants(problem, size, initials, Optional.of(values), initialSpread, spans);
  }

  /** {@return these variants over spans of their own, shapes {@code (size)}} */
  public Variants withSpans(double[] starts, double[] ends) {
    if (starts.length != size || ends.length != size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d variants need as many starts and ends of spans, got %d and %d.",
              size,
              starts.length,
              ends.length));
    }
    List<Span> own = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      own.add(new Span(starts[i], ends[i]));
    }
    return new Variants(problem, size, initials, parameters, initialSpread, List.copyOf(own));
  }

  /** {@return these variants with their initial states drawn around those they have} */
  public Variants spreadInitials(double spread, RandomKey key) {
    Optional<Spread> drawn = Optional.of(new Spread(required(spread), key));
    return new Variants(problem, size, initials, parameters, drawn, spans);
  }

  /** {@return these variants with their parameters drawn around those they have} */
  public Variants spreadParameters(double spread, RandomKey key) {
    boolean[] all = new boolean[field().parameters().size()];
    Arrays.fill(all, true);
    return spread(required(spread), key, all);
  }

  /** {@return these variants with some of their parameters, by name, drawn around their values} */
  public Variants spreadParameters(double spread, RandomKey key, List<String> names) {
    Structure structure = field().parameters();
    boolean[] chosen = new boolean[structure.size()];
    for (String name : names) {
      int offset = structure.offset(name);
      int count = structure.part(name).shape().size();
      Arrays.fill(chosen, offset, offset + count, true);
    }
    return spread(required(spread), key, chosen);
  }

  private Variants spread(double relative, RandomKey key, boolean[] chosen) {
    int count = chosen.length;
    double[] values = new double[size * count];
    for (int i = 0; i < size; i++) {
      double[] own = parameters(i);
      for (int j = 0; j < count; j++) {
        double v = own[j];
        values[i * count + j] = chosen[j] ? drawn(v, relative, key.fold(i), j) : v;
      }
    }
    return withParameters(Tensor.of(Shape.of(size, count), values));
  }

  private static double required(double spread) {
    if (!(spread >= 0 && spread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A spread is a part of the values, such as 0.1 for a tenth; got %s.",
              spread));
    }
    return spread;
  }

  private static double drawn(double value, double spread, RandomKey key, int j) {
    return value + spread * Math.abs(value) * key.normal(j);
  }

  private void requireShape(String what, Tensor values, int width) {
    if (!values.shape().equals(Shape.of(size, width))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %d variants have shape (%d, %d), got %s.",
              what,
              size,
              size,
              width,
              values.shape()));
    }
  }

  private TracedField field() {
    return problem
        .term()
        .field()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A hand-written derivative has no parameters to vary. Write a VectorField, or"
                        + " solve a list of problems."));
  }

  private double[] parameters(int i) {
    return parameters
        .map(all -> row(all, i))
        .orElseGet(() -> problem.term().parameters().toArray());
  }

  private static double[] row(Tensor matrix, int i) {
    int width = matrix.shape().extent(1);
    double[] row = new double[width];
    for (int j = 0; j < width; j++) {
      row[j] = matrix.at(i * width + j);
    }
    return row;
  }

  /** {@return how many variants there are} */
  public int size() {
    return size;
  }

  /** {@return a variant} */
  public Problem problem(int i) {
    Problem base =
        parameters.map(all -> problem.withParameters(Tensor.vector(row(all, i)))).orElse(problem);
    double[] state = initials.map(all -> row(all, i)).orElseGet(() -> base.initial().toArray());
    initialSpread.ifPresent(
        spread -> {
          for (int j = 0; j < state.length; j++) {
            state[j] = drawn(state[j], spread.relative(), spread.key().fold(i), j);
          }
        });
    double start = spans.isEmpty() ? base.start() : spans.get(i).start();
    double end = spans.isEmpty() ? base.end() : spans.get(i).end();
    return new Problem.Of(
        base.term(),
        Tensor.vector(state),
        start,
        end,
        base.names(),
        base.events(),
        base.observed());
  }

  /** {@return the variants} */
  public List<Problem> problems() {
    List<Problem> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(problem(i));
    }
    return List.copyOf(all);
  }
}
