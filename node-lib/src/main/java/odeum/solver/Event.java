package odeum.solver;

import java.util.Locale;
import odeum.term.Observable;

/** Something that happens on the way: a condition crosses zero, or nothing moves any more. */
public sealed interface Event {
  /** {@return the name, for {@link EventRecord}} */
  String name();

  /** An event where a condition crosses zero. */
  sealed interface Crossing extends Event {
    /** {@return the value whose zero is the event} */
    Condition condition();

    /** {@return which crossings count} */
    Direction direction();
  }

  /**
   * Ends the solve there.
   *
   * @param name the name
   * @param condition the value whose zero is the event
   * @param direction which crossings count
   */
  record Stop(String name, Condition condition, Direction direction) implements Crossing {}

  /**
   * Changes the state there and goes on. When several events happen at the same time, they do so in
   * the order they are given, each with the state that those before it left; one that stops the
   * solve is the last. A state that an event puts beyond the zero of another one, or leaves at its
   * own, crosses nothing: crossings are those of the solution between events. Resets that come ever
   * faster, infinitely many before some time, end the solve there: {@link
   * Result#EVENTS_ACCUMULATED}.
   *
   * @param name the name
   * @param condition the value whose zero is the event
   * @param direction which crossings count
   * @param jump the state that the solve goes on with
   */
  record Reset(String name, Condition condition, Direction direction, Jump jump)
      implements Crossing {}

  /**
   * Ends the solve at a steady state: at the end of the first step where each value y of the state
   * changes by at most {@code atol + rtol |y|} per unit of time. Looks at the ends of steps only.
   *
   * @param name the name
   * @param rtol the part of itself by which a value may still change
   * @param atol by what a value near zero may still change
   */
  record Steady(String name, double rtol, double atol) implements Event {
    public Steady {
      if (!(rtol >= 0 && atol >= 0 && rtol + atol > 0 && rtol + atol < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "A steady state needs a relative and an absolute tolerance, one of them positive; got %s and %s.",
                rtol,
                atol));
      }
    }

    /** {@return how fast a value moves: above 1 it is not steady; NaN if the slope is} */
    double speed(double value, double slope) {
      return slope == 0 ? 0 : Math.abs(slope) / (atol + rtol * Math.abs(value));
    }
  }

  /** How an event changes the state. */
  sealed interface Jump {
    /**
     * A traced change, so that gradients go through it.
     *
     * @param state as many values as the state has
     */
    record Traced(Observable state) implements Jump {}

    /**
     * A plain change.
     *
     * @param map from the state at the event to the one after it
     */
    record Plain(Map map) implements Jump {}
  }

  /** A new state computed from time and state. */
  @FunctionalInterface
  interface Map {
    /**
     * Changes the state.
     *
     * @param t the time of the event
     * @param y the state there; receives the new one
     */
    void apply(double t, double[] y);
  }

  /** Which way the condition crosses zero as the solve goes on, also backward in time. */
  enum Direction {
    RISING,
    FALLING,
    EITHER;

    /** Whether going from one value to the next is such a crossing; from zero there is none. */
    boolean crosses(double before, double after) {
      boolean rises = before < 0 && after >= 0;
      boolean falls = before > 0 && after <= 0;
      return switch (this) {
        case RISING -> rises;
        case FALLING -> falls;
        case EITHER -> rises || falls;
      };
    }
  }

  /** The value whose zero is an event. */
  sealed interface Condition {
    /**
     * A traced condition, so that gradients of the event time exist.
     *
     * @param observable one value
     */
    record Traced(Observable observable) implements Condition {
      public Traced {
        if (observable.names().size() != 1) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "An event's condition is one value, got %s.", observable.names()));
        }
      }
    }

    /**
     * A plain condition.
     *
     * @param function the value at a time and state
     */
    record Plain(Function function) implements Condition {}
  }

  /** A number computed from time and state. */
  @FunctionalInterface
  interface Function {
    /** {@return the value at time t in state y, which is not modified} */
    double value(double t, double[] y);
  }

  /** {@return an event that ends the solve where a traced value crosses zero} */
  static Event stop(String name, Observable condition, Direction direction) {
    return new Stop(name, new Condition.Traced(condition), direction);
  }

  /** {@return an event that ends the solve where a function crosses zero} */
  static Event stop(String name, Function condition, Direction direction) {
    return new Stop(name, new Condition.Plain(condition), direction);
  }

  /**
   * {@return an event that ends the solve at a steady state} With it a solve may have no end:
   * {@code integrator.solve(problem, 0, Double.POSITIVE_INFINITY)}. Tolerances far below those of
   * the integrator may never be met: its own errors keep a stiff system moving.
   *
   * @param rtol the part of itself by which a value may still change per unit of time
   * @param atol by what a value near zero may still change per unit of time
   */
  static Event steady(String name, double rtol, double atol) {
    return new Steady(name, rtol, atol);
  }

  /** {@return an event that changes the state where a traced value crosses zero, and goes on} */
  static Event reset(String name, Observable condition, Direction direction, Observable state) {
    return new Reset(name, new Condition.Traced(condition), direction, new Jump.Traced(state));
  }

  /** {@return an event that changes the state where a function crosses zero, and goes on} */
  static Event reset(String name, Function condition, Direction direction, Map map) {
    return new Reset(name, new Condition.Plain(condition), direction, new Jump.Plain(map));
  }
}
