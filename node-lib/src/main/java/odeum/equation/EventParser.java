package odeum.equation;

import odeum.equation.Definition.Formula;
import odeum.equation.Definition.Stop;
import odeum.solver.Event;

/** Reads {@code event name: y = 0 falling: stop}, where the name may be missing. */
final class EventParser {
  private static final String EXAMPLE = "event y = 0 falling: stop";

  private final Cursor cursor;

  EventParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the event whose line begins here, behind the word {@code event}} */
  Stop parse() {
    Place place = cursor.last().place();
    String name = null;
    if (cursor.peek().isName() && cursor.peek(1).is(":")) {
      place = cursor.peek().place();
      name = cursor.next().text();
      cursor.next();
    }
    int start = cursor.position();
    Formula left = SystemParser.formula(cursor, "The event");
    equals(left);
    Formula right = SystemParser.formula(cursor, "The event");
    String condition = name == null ? cursor.textFrom(start) : name;
    Event.Direction direction = direction();
    cursor.expect(":", EXAMPLE);
    action();
    return new Stop(condition, name != null, place, left, right, direction);
  }

  private void equals(Formula left) {
    Token sign = cursor.peek();
    if (sign.is("<") || sign.is(">") || sign.is("<=") || sign.is(">=")) {
      String crossing = sign.text().startsWith("<") ? "falling" : "rising";
      throw cursor.error(
          sign,
          "An event is where two sides become equal. Did you mean '= … %s'?".formatted(crossing));
    }
    if (sign.is("==")) {
      throw cursor.error(sign, "An event has a single '=': " + EXAMPLE);
    }
    if (!sign.is("=") && !sign.isEnd() && !sign.is(":")) {
      throw Unexpected.after(cursor, "'='");
    }
    if (!sign.is("=")) {
      throw cursor.error(left.place(), "An event needs a condition with '=': " + EXAMPLE);
    }
    cursor.next();
  }

  private Event.Direction direction() {
    if (cursor.acceptName("falling")) {
      return Event.Direction.FALLING;
    }
    return cursor.acceptName("rising") ? Event.Direction.RISING : Event.Direction.EITHER;
  }

  private void action() {
    if (cursor.acceptName("stop")) {
      SystemParser.end(cursor);
      return;
    }
    Token token = cursor.peek();
    if (token.isName() && cursor.peek(1).is("=")) {
      throw cursor.error(cursor.rest(), Later.RESETS);
    }
    throw cursor.error(
        token.isEnd() ? cursor.last() : token, "An event ends with what it does: " + EXAMPLE);
  }
}
