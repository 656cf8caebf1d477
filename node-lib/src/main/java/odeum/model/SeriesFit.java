package odeum.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.LevenbergMarquardt;
import odeum.train.Limits;
import odeum.train.Loss;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A system together with the series it is fitted to: what every model of this package becomes when
 * it meets data. One series, many of them, or windows of them.
 *
 * @param <M> the model, as it is handed back
 */
final class SeriesFit<M extends Problem> implements Trainable<M> {
  private final Dynamics dynamics;
  private final List<TimeSeries> series;
  private final FitSettings settings;
  private final Function<Dynamics, M> model;

  private SeriesFit(
      Dynamics dynamics,
      List<TimeSeries> series,
      FitSettings settings,
      Function<Dynamics, M> model) {
    this.dynamics = dynamics;
    this.series = series;
    this.settings = settings;
    this.model = model;
  }

  /**
   * {@return a fit of the columns that are named like a state or a let; others do not count}
   *
   * @param model makes the model of a system
   */
  static <M extends Problem> SeriesFit<M> of(
      Dynamics system, List<TimeSeries> data, FitSettings settings, Function<Dynamics, M> model) {
    if (data.isEmpty()) {
      throw new IllegalArgumentException("A fit needs a series or more, got none.");
    }
    Dynamics named = system.namedLike(data.getFirst().names());
    List<String> columns = columns(named, data.getFirst());
    List<TimeSeries> used = data.stream().map(one -> one.select(columns)).toList();
    for (TimeSeries one : used) {
      if (one.size() < 2) {
        throw new IllegalArgumentException(
            "A fit needs data at two times or more, got %s.".formatted(one.size()));
      }
      if (one.missing() == one.size() * columns.size()) {
        throw new IllegalArgumentException("Every value of the data is missing.");
      }
    }
    return new SeriesFit<>(named, used, settings, model);
  }

  private static List<String> columns(Dynamics system, TimeSeries data) {
    List<String> known = new ArrayList<>(system.names());
    system.observed().ifPresent(lets -> known.addAll(lets.names()));
    List<String> columns = data.names().stream().filter(known::contains).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "No column of the data (%s) is named like a value of the system (%s). Say which is which, as in: --columns %s=%s"
              .formatted(
                  String.join(" ", data.names()),
                  String.join(" ", known),
                  known.getFirst(),
                  data.names().isEmpty() ? "…" : data.names().getFirst()));
    }
    return columns;
  }

  /** {@return this fit, done another way} */
  SeriesFit<M> with(FitSettings others) {
    return new SeriesFit<>(dynamics, series, others, model);
  }

  FitSettings settings() {
    return settings;
  }

  /** {@return the series, with only the columns that count} */
  List<TimeSeries> series() {
    return series;
  }

  /** {@return whether the system has a span of its own that does not start with the data} */
  boolean startsElsewhere() {
    return dynamics.hasSpan() && dynamics.start() != series.getFirst().times()[0];
  }

  @Override
  public Parameters start(RandomKey key) {
    return dynamics.start(key);
  }

  /** Where the system has no start or span of its own, the model has that of the first series. */
  @Override
  public M with(Parameters parameters) {
    return model.apply(located(dynamics.with(parameters)));
  }

  private Dynamics located(Dynamics fitted) {
    TimeSeries first = series.getFirst();
    double[] times = first.times();
    Dynamics spanned =
        startsElsewhere() || !fitted.hasSpan()
            ? fitted.withSpan(times[0], times[times.length - 1])
            : fitted;
    if (spanned.startsItself()) {
      return spanned;
    }
    double[] start =
        spanned.names().stream()
            .mapToDouble(
                state -> first.names().contains(state) ? first.column(state)[0] : Double.NaN)
            .toArray();
    boolean known = IntStream.range(0, start.length).noneMatch(i -> Double.isNaN(start[i]));
    return known ? spanned.withInitial(Tensor.vector(start)) : spanned;
  }

  @Override
  public Limits limits() {
    return dynamics.limits();
  }

  /** Levenberg and Marquardt's method for a few numbers; a network has too many for it. */
  @Override
  public Optimizer optimizer() {
    return optimizer(dynamics, settings);
  }

  static Optimizer optimizer(Dynamics dynamics, FitSettings settings) {
    if (dynamics.hasNets()) {
      return Adam.of(1e-2);
    }
    return settings.loss() == Loss.MEAN_SQUARE ? LevenbergMarquardt.of() : Adam.of(1e-3);
  }

  @Override
  public String diagnosis(Parameters parameters) {
    double[] times = series.getFirst().times();
    Solution solution =
        settings.integrator().solve(with(parameters), times[0], times[times.length - 1]);
    return switch (solution.result()) {
      case SUCCESS, EVENT -> "";
      default -> solution.reason().lines().findFirst().orElseThrow();
    };
  }

  @Override
  public Map<String, String> facts() {
    return loss().facts();
  }

  @Override
  public Objective objective() {
    return loss().objective();
  }

  private SeriesObjective loss() {
    return new SeriesObjective(dynamics, Optional.of(series.getFirst().names()), settings);
  }

  @Override
  public Dataset data() {
    List<Segment> segments = new ArrayList<>();
    series.forEach(one -> segments.addAll(segments(one, 0)));
    List<Segment> useful = segments.stream().filter(Segment::hasValues).toList();
    if (useful.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no window of %s rows: the longest series has %s rows, and a window starts where every state is measured."
              .formatted(
                  settings.window(), series.stream().mapToInt(TimeSeries::size).max().orElse(0)));
    }
    return samples(useful).dataset(useful.size());
  }

  private List<Segment> segments(TimeSeries one, int counted) {
    return isWindowed()
        ? Segment.windows(one, settings.window(), dynamics.names(), counted)
        : List.of(new Segment(one, counted));
  }

  private boolean isWindowed() {
    return settings.window() > 0;
  }

  private Samples samples(List<Segment> segments) {
    return new Samples(dynamics, segments, isWindowed(), series.size() > 1);
  }

  /**
   * {@inheritDoc} Of one series the last rows are held back, of several series some of them by
   * chance: windows of held series are held too.
   */
  @Override
  public Dataset.Split split(double share, RandomKey key) {
    List<Segment> training = new ArrayList<>();
    List<Segment> held = new ArrayList<>();
    if (series.size() == 1) {
      TimeSeries one = series.getFirst();
      int rows = Math.clamp(Math.round(share * one.size()), 1, Math.max(1, one.size() - 2));
      int head = one.size() - rows;
      training.addAll(segments(one.rows(0, head), 0));
      held.addAll(segments(one, head));
    } else {
      int count = Math.clamp(Math.round(share * series.size()), 1, series.size() - 1);
      List<Integer> order =
          IntStream.range(0, series.size())
              .boxed()
              .sorted(Comparator.comparingDouble(key::uniform))
              .toList();
      for (int i = 0; i < series.size(); i++) {
        boolean back = order.subList(0, count).contains(i);
        (back ? held : training).addAll(segments(series.get(i), 0));
      }
    }
    training.removeIf(segment -> !segment.hasValues());
    held.removeIf(segment -> !segment.hasValues());
    if (training.isEmpty() || held.isEmpty()) {
      throw new IllegalArgumentException(
          "Nothing is left to %s when a share of %s is held back. Hold back %s, or take shorter windows."
              .formatted(
                  training.isEmpty() ? "learn from" : "validate with",
                  share,
                  training.isEmpty() ? "less" : "more"));
    }
    // All in one, so that both parts have the same fields.
    List<Segment> both = new ArrayList<>(training);
    both.addAll(held);
    Dataset all = samples(both).dataset(training.size(), held.size());
    int border = training.size();
    return new Dataset.Split(
        all.select(IntStream.range(0, border).toArray()),
        all.select(IntStream.range(border, both.size()).toArray()));
  }

  @Override
  public String toString() {
    return FitText.of(dynamics.names(), series, settings.window());
  }
}
