package odeum.solver;

import java.util.List;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BracketingNthOrderBrentSolver;

/** Looks for the first event of each accepted step, on its dense output. */
final class EventMonitor {
  /** Crossings in pairs within this part of a step can go unseen. */
  private static final int SAMPLES = 8;

  private static final double ACCURACY = 1e-15;
  private static final int MOST_EVALUATIONS = 1000;

  private final List<Event> events;
  private final Event.Function[] functions;
  private final double[] before;
  private final double[] now;
  private final double[] state;
  private double time;
  private int found;

  EventMonitor(List<Event> events, OdeTerm term) {
    this.events = events;
    this.functions =
        events.stream().map(event -> open(event.condition(), term)).toArray(Event.Function[]::new);
    this.before = new double[functions.length];
    this.now = new double[functions.length];
    this.state = new double[term.size()];
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

  void begin(double t, double[] y) {
    evaluate(t, y, before);
  }

  private void evaluate(double t, double[] y, double[] values) {
    for (int i = 0; i < functions.length; i++) {
      values[i] = functions[i].value(t, y);
    }
  }

  /** Whether an event happens within the step; then {@link #time} and {@link #state} tell of it. */
  boolean finds(DenseStep step) {
    if (functions.length == 0) {
      return false;
    }
    double from = 0;
    for (int sample = 1; sample <= SAMPLES; sample++) {
      double to = sample / (double) SAMPLES;
      double t = timeAt(step, to);
      step.interpolate(t, state);
      evaluate(t, state, now);
      if (findsBetween(step, from, to)) {
        step.interpolate(time, state);
        return true;
      }
      System.arraycopy(now, 0, before, 0, now.length);
      from = to;
    }
    return false;
  }

  private boolean findsBetween(DenseStep step, double from, double to) {
    double earliest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < functions.length; i++) {
      if (events.get(i).direction().crosses(before[i], now[i])) {
        double x = now[i] == 0 ? to : locate(step, i, from, to);
        if (x < earliest) {
          earliest = x;
          found = i;
        }
      }
    }
    if (earliest == Double.POSITIVE_INFINITY) {
      return false;
    }
    time = timeAt(step, earliest);
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

  EventRecord record() {
    return new EventRecord(time, events.get(found).name());
  }
}
