package odeum.solver;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
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

  /** Something that bounces is soon there again, and ever sooner. */
  private static final double[] AFTER_RESET =
      DoubleStream.concat(
              IntStream.rangeClosed(-20, -2).mapToDouble(i -> Math.scalb(1.0, 2 * i)),
              Arrays.stream(SAMPLES))
          .toArray();

  /** The zero is found to the last digit, as a part of the step; its value does not count. */
  private static final double RELATIVE = 0x1p-51;

  private static final double ABSOLUTE = 0x1p-60;

  /** Events so close are at the same time: their order is one of rounding. */
  private static final double TOGETHER_IN_ULPS = 4;

  private static final double SMALLEST = 1e-150;
  private static final int MOST_EVALUATIONS = 1000;

  private final List<Event.Crossing> events;
  private final List<Event.Steady> steady;
  private final Event.Function[] functions;
  private final Jumps jumps;
  private final double[] before;
  private final double[] now;
  private final double[] zeros;
  private final double[] state;
  private final boolean[] happened;
  private final Accumulation accumulation;
  private double time;
  private boolean afterReset;
  private boolean changed;

  private EventMonitor(List<Event> all, OdeTerm term, double scale) {
    this.events = only(all, Event.Crossing.class);
    this.steady = only(all, Event.Steady.class);
    this.functions =
        events.stream().map(event -> open(event.condition(), term)).toArray(Event.Function[]::new);
    this.jumps = new Jumps(term);
    this.before = new double[functions.length];
    this.now = new double[functions.length];
    this.zeros = new double[functions.length];
    this.happened = new boolean[functions.length];
    this.state = new double[term.size()];
    this.accumulation = new Accumulation(functions.length, scale);
  }

  /** A monitor of the events of a solve. */
  static EventMonitor of(Settings settings, Problem problem, double t0, double t1) {
    double scale = Double.isInfinite(t1) ? Math.abs(t0) : Math.max(Math.abs(t0), Math.abs(t1));
    return new EventMonitor(settings.eventsWith(problem.events()), problem.term(), scale);
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
   * Whether an event happens within the step; then {@link #time} and {@link #state} tell of the
   * first one. Others may come together with it.
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
    for (int i = 0; i < functions.length; i++) {
      boolean crosses = events.get(i).direction().crosses(before[i], now[i]);
      zeros[i] = crosses ? now[i] == 0 ? to : locate(step, i, from, to) : Double.NaN;
      earliest = crosses ? Math.min(earliest, zeros[i]) : earliest;
    }
    if (earliest == Double.POSITIVE_INFINITY) {
      return false;
    }
    time = timeAt(step, earliest);
    step.interpolate(time, state);
    double together =
        TOGETHER_IN_ULPS * Math.ulp(Math.max(Math.abs(step.start()), Math.abs(step.end())));
    for (int i = 0; i < functions.length; i++) {
      happened[i] = Math.abs(timeAt(step, zeros[i]) - time) <= together;
    }
    return true;
  }

  private double locate(DenseStep step, int i, double from, double to) {
    double scale = Math.max(Math.abs(before[i]), Math.abs(now[i]));
    double first = scaled(before[i], scale);
    double last = scaled(now[i], scale);
    UnivariateFunction value =
        x -> {
          if (x == from || x == to) {
            return x == from ? first : last;
          }
          double t = timeAt(step, x);
          step.interpolate(t, state);
          double g = functions[i].value(t, state);
          return Double.isNaN(g) ? last : scaled(g, scale);
        };
    return new BracketingNthOrderBrentSolver(RELATIVE, ABSOLUTE, 0, 5)
        .solve(MOST_EVALUATIONS, value, from, to);
  }

  /** The solver multiplies values to see their signs: neither the largest nor the smallest may. */
  private static double scaled(double value, double scale) {
    double part = Math.clamp(value / scale, -1, 1);
    return value == 0 || Math.abs(part) >= SMALLEST ? part : Math.copySign(SMALLEST, value);
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

  /**
   * Records what happens at that time; a reset changes the state.
   *
   * @return how the solve ends there, or null if it goes on
   */
  Result happens(List<EventRecord> records) {
    changed = false;
    Result result = null;
    for (int i = 0; i < happened.length; i++) {
      if (!happened[i]) {
        continue;
      }
      records.add(new EventRecord(time, events.get(i).name()));
      switch (events.get(i)) {
        case Event.Stop _ -> {
          return Result.EVENT;
        }
        case Event.Reset reset -> {
          jumps.apply(reset.jump(), time, state);
          changed = true;
          result = accumulation.grows(i, time) ? Result.EVENTS_ACCUMULATED : result;
        }
      }
    }
    return result;
  }

  /** Whether what happened changed the state. */
  boolean changed() {
    return changed;
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
