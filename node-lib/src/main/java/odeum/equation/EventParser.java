package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import odeum.equation.Definition.Assignment;
import odeum.equation.Definition.Crossing;
import odeum.equation.Expression.Formula;
import odeum.solver.Event;

/**
 * Reads {@code event name: y = 0 falling: stop}, where the name may be missing, or {@code event y =
 * 0: v = -v, n = n + 1}, which goes on in the next line behind ':' and ','.
 */
final class EventParser {
  private static final String EXAMPLE = "event y = 0 falling: stop";
  private static final String RESET = "event y = 0 falling: v = -0.9*v";

  private final Supplier<Optional<Cursor>> following;
  private Cursor cursor;

  /**
   * A parser of one event.
   *
   * @param following takes the next line that has something in it
   */
  EventParser(Cursor cursor, Supplier<Optional<Cursor>> following) {
    this.cursor = cursor;
    this.following = following;
  }

  /** {@return the event whose line begins here, behind the word {@code event}} */
  Crossing parse() {
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
    return new Crossing(condition, name != null, place, left, right, direction, action());
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

  /** What the event sets; nothing if it stops. */
  private List<Assignment> action() {
    if (cursor.acceptName("stop")) {
      SystemParser.end(cursor);
      return List.of();
    }
    continueLine();
    List<Assignment> resets = new ArrayList<>();
    do {
      continueLine();
      resets.add(assignment());
    } while (cursor.accept(","));
    SystemParser.end(cursor);
    return resets;
  }

  private void continueLine() {
    if (cursor.peek().isEnd()) {
      Token last = cursor.last();
      cursor =
          following
              .get()
              .filter(next -> next.peek().isName() && !Vocabulary.isWord(next.peek().text()))
              .orElseThrow(() -> cursor.error(last, missing(last)));
    }
  }

  private static String missing(Token last) {
    return last.is(":")
        ? "An event ends with what it does: %s, or %s".formatted(EXAMPLE, RESET)
        : "Something is missing after '%s'.".formatted(last.text());
  }

  private Assignment assignment() {
    Token token = cursor.peek();
    if (!token.isName() || !cursor.peek(1).is("=") && !cursor.peek(1).is("[")) {
      throw cursor.error(
          token, "An event ends with what it does: %s, or %s".formatted(EXAMPLE, RESET));
    }
    Target target = new GridParser(cursor).target(RESET);
    cursor.expect("=", RESET);
    Formula value = SystemParser.formula(cursor, target.toString());
    if (cursor.peek().isName() && cursor.peek(1).is("=")) {
      throw cursor.error(
          cursor.peek(), "A ',' is missing before '%s'.".formatted(cursor.peek().text()));
    }
    return new Assignment(target, value);
  }
}
