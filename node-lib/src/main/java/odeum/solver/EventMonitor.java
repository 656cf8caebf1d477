package odeum.solver;

import java.util.List;
import java.util.stream.IntStream;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * Looks for the first event of each accepted step, on its dense output, and lets it happen; at the
 * end of the step it looks whether the state is steady.
 */
final class EventMonitor {
  /** Crossings in pairs between two of these parts of a step can go unseen. */
  private static final double[] SAMPLES = {0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1};

  /** Something that bounces is soon there again. */
  private static final double[] AFTER_RESET = {
    0x1p-14, 0x1p-12, 0x1p-10, 0x1p-8, 0x1p-6, 0x1p-4, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875,
    1
  };

  private static final double ACCURACY = 1e-15;
  private static final int MOST_EVALUATIONS = 1000;

  private final List<Event.Crossing> events;
  private final List<Event.Steady> steady;
  private final Event.Function[] functions;
  private final Jumps jumps;
  private final double[] before;
  private final double[] now;
  private final double[] state;
  private final boolean[] happened;
  private double time;
  private boolean afterReset;

  EventMonitor(List<Event> all, OdeTerm term) {
    this.events = only(all, Event.Crossing.class);
    this.steady = only(all, Event.Steady.class);
    this.functions =
        events.stream().map(event -> open(event.condition(), term)).toArray(Event.Function[]::new);
    this.jumps = new Jumps(term);
    this.before = new double[functions.length];
    this.now = new double[functions.length];
    this.happened = new boolean[functions.length];
    this.state = new double[term.size()];
  }

  private static <E> List<E> only(List<Event> all, Class<E> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Event.Function open(Event.Condition condition, OdeTerm term) {
    return switch (condition) {
      case Event.Condition.Plain(Event.Function function) -> function;
      case Event.Condition.Traced(var observable) -> {
        Derivative values = observable.open(term.parameters().toArray());
        double[] value = new double[1];
        yield (t, y) -> {
          values.evaluate(t, y, value);
          return value[0];
        };
      }
    };
  }

  /** Starts at a state, at the very beginning or after a reset. */
  void begin(double t, double[] y) {
    evaluate(t, y, before);
    afterReset = false;
  }

  /**
   * Goes on at a state that events made; what they wait for starts from zero, whatever its rounding
   * is there.
   */
  void resume(double t, double[] y) {
    begin(t, y);
    for (int i = 0; i < before.length; i++) {
      before[i] = happened[i] ? 0 : before[i];
    }
    afterReset = true;
  }

  private void evaluate(double t, double[] y, double[] values) {
    for (int i = 0; i < functions.length; i++) {
      values[i] = functions[i].value(t, y);
    }
  }

  /**
   * Whether an event happens within the step; then {@link #time}, {@link #state} and {@link
   * #happened} tell of it.
   */
  boolean finds(DenseStep step) {
    if (functions.length == 0) {
      return false;
    }
    double from = 0;
    for (double to : afterReset ? AFTER_RESET : SAMPLES) {
      double t = timeAt(step, to);
      step.interpolate(t, state);
      evaluate(t, state, now);
      if (findsBetween(step, from, to)) {
        return true;
      }
      System.arraycopy(now, 0, before, 0, now.length);
      from = to;
    }
    afterReset = false;
    return false;
  }

  private boolean findsBetween(DenseStep step, double from, double to) {
    double earliest = Double.POSITIVE_INFINITY;
    int first = -1;
    for (int i = 0; i < functions.length; i++) {
      if (events.get(i).direction().crosses(before[i], now[i])) {
        double x = now[i] == 0 ? to : locate(step, i, from, to);
        if (x < earliest) {
          earliest = x;
          first = i;
        }
      }
    }
    if (first < 0) {
      return false;
    }
    time = timeAt(step, earliest);
    step.interpolate(time, state);
    evaluate(time, state, now);
    for (int i = 0; i < functions.length; i++) {
      happened[i] = i == first || events.get(i).direction().crosses(before[i], now[i]);
    }
    return true;
  }

  private double locate(DenseStep step, int i, double from, double to) {
    double first = before[i];
    double last = now[i];
    UnivariateFunction value =
        x -> {
          if (x == from || x == to) {
            return x == from ? first : last;
          }
          double t = timeAt(step, x);
          step.interpolate(t, state);
          double g = functions[i].value(t, state);
          return Double.isNaN(g) ? last : g;
        };
    return new BracketingNthOrderBrentSolver(ACCURACY, 5).solve(MOST_EVALUATIONS, value, from, to);
  }

  private static double timeAt(DenseStep step, double x) {
    return x == 1 ? step.end() : step.start() + x * step.step();
  }

  double time() {
    return time;
  }

  double[] state() {
    return state;
  }

  /** The events that happen at that time, in their order; more than one if they come together. */
  List<Event.Crossing> happened() {
    return IntStream.range(0, happened.length)
        .filter(i -> happened[i])
        .mapToObj(events::get)
        .toList();
  }

  /**
   * Records what happened at that time; a reset changes the state.
   *
   * @return whether the solve stops
   */
  boolean happens(List<EventRecord> records) {
    boolean stops = false;
    for (Event.Crossing event : happened()) {
      records.add(new EventRecord(time, event.name()));
      switch (event) {
        case Event.Stop _ -> stops = true;
        case Event.Reset reset -> jumps.apply(reset.jump(), time, state);
      }
      if (stops) {
        return true;
      }
    }
    return false;
  }

  /** Whether it waits for a steady state, so that {@link #settles} is worth a slope. */
  boolean awaitsSteady() {
    return !steady.isEmpty();
  }

  /**
   * Whether the solve stops at the end of a step, as nothing moves there any more; then it is
   * recorded, and {@link #time} and {@link #state} tell of it.
   */
  boolean settles(double t, double[] y, double[] slope, List<EventRecord> records) {
    for (Event.Steady event : steady) {
      int moving = Moving.fastest(event, y, slope);
      if (moving < 0 || event.speed(y[moving], slope[moving]) <= 1) {
        time = t;
        System.arraycopy(y, 0, state, 0, state.length);
        records.add(new EventRecord(t, event.name()));
        return true;
      }
    }
    return false;
  }
}
