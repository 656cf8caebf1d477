package odeum.solver;

import java.util.Locale;
import odeum.term.Observable;

/** Something that happens when a condition crosses zero. */
public sealed interface Event {
  /** {@return the name, for {@link EventRecord}} */
  String name();

  /** {@return the value whose zero is the event} */
  Condition condition();

  /** {@return which crossings count} */
  Direction direction();

  /**
   * Ends the solve there.
   *
   * @param name the name
   * @param condition the value whose zero is the event
   * @param direction which crossings count
   */
  record Stop(String name, Condition condition, Direction direction) implements Event {}

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
}
