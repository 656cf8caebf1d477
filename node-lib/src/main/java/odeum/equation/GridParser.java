package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import odeum.equation.Definition.Boundary;
import odeum.equation.Definition.Equation;
import odeum.equation.Expression.Formula;
import odeum.equation.Expression.Range;

/** Reads what belongs to grids: indices, {@code for i in 1..64} and {@code boundary u = 0}. */
final class GridParser {
  static final String EQUATION = "u[i]' = … for i in 1..64";
  private static final String BOUNDARY = "boundary u = 0";

  private final Cursor cursor;

  GridParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the name that begins here, maybe with an index and primes} */
  Target target(String example) {
    Token name = cursor.peek();
    if (!name.isName()) {
      throw cursor.error(
          name.isEnd() ? cursor.last() : name, "A name is expected here, as in: " + example);
    }
    int start = cursor.position();
    cursor.next();
    if (!cursor.peek().is("[")) {
      return new Target(name.text(), Optional.empty(), name.place());
    }
    Formula index = index();
    String grid = name.text() + primes();
    return new Target(grid, Optional.of(index), cursor.placeFrom(start));
  }

  /** {@return what stands between the brackets that begin here} */
  private Formula index() {
    Token opening = cursor.next();
    if (cursor.peek().is("]")) {
      throw cursor.error(opening.place().to(cursor.peek().place()), "An index is missing: [i]");
    }
    Formula index = SystemParser.formula(cursor, "The index");
    closeIndex(cursor, opening);
    return index;
  }

  static void closeIndex(Cursor cursor, Token opening) {
    if (cursor.accept("]")) {
      return;
    }
    if (!cursor.has("]")) {
      throw cursor.error(opening, "This '[' is never closed.");
    }
    if (cursor.peek().is(",")) {
      throw cursor.error(cursor.peek(), "Grids have one index: u[i].");
    }
    throw Unexpected.after(cursor, "']'");
  }

  /** {@return the primes behind a bracket} */
  String primes() {
    StringBuilder primes = new StringBuilder();
    while (cursor.peek().isPrime()) {
      primes.append(cursor.next().is("″") ? "''" : "'");
    }
    return primes.toString();
  }

  /** {@return the equation {@code u[i]' = … for i in 1..64} that begins here} */
  Equation equation() {
    Target left = target(EQUATION);
    String variable = left.name().replace("'", "");
    int order = left.name().length() - variable.length();
    if (!cursor.accept("=")) {
      throw cursor.error(cursor.peek(), "'=' is missing here. Write it as: " + EQUATION);
    }
    if (order == 0) {
      throw cursor.error(
          left.place(),
          "An equation has a prime: %s' = … for i in 1..64 ; a start value begins with init."
              .formatted(left));
    }
    if (!(left.index().orElseThrow().expression() instanceof Expression.Name(String i, var _))) {
      throw cursor.error(
          left.index().orElseThrow().place(),
          "One equation holds for all points, and its index is a name: %s. For what lies beyond the ends: %s"
              .formatted(EQUATION.replace("u", variable), BOUNDARY.replace("u", variable)));
    }
    Formula right = SystemParser.formula(cursor, left.toString());
    Optional<Range> range = range();
    if (range.isEmpty() && cursor.peek().isEnd()) {
      throw cursor.error(
          left.place(),
          "The points of %s are missing at the end of the line: for %s in 1..64"
              .formatted(variable, i));
    }
    SystemParser.end(cursor);
    if (!range.orElseThrow().index().equals(i)) {
      throw cursor.error(
          range.get().place(),
          "The index of %s is %s, so write: for %s in …".formatted(left, i, i));
    }
    return new Equation(variable, order, left.place(), right, range);
  }

  private Optional<Range> range() {
    return range(subject -> SystemParser.formula(cursor, subject));
  }

  /**
   * {@return {@code for i in 1..64}, if it begins here}
   *
   * @param formula reads a formula, by what it is the value of
   */
  Optional<Range> range(Function<String, Formula> formula) {
    if (!cursor.acceptName("for")) {
      return Optional.empty();
    }
    String example = "for i in 1..64";
    Token index = cursor.peek();
    if (!index.isName() || index.isName("in")) {
      throw cursor.error(
          index.isEnd() ? cursor.last() : index, "An index is expected here, as in: " + example);
    }
    cursor.next();
    if (!cursor.acceptName("in")) {
      throw cursor.error(
          cursor.peek().isEnd() ? cursor.last() : cursor.peek(),
          "'in' is missing here. Write it as: " + example);
    }
    Formula from = formula.apply("The first index");
    cursor.expect("..", example);
    if (cursor.peek().isEnd()) {
      throw cursor.error(cursor.last(), "Something is missing after '..'.");
    }
    Formula to = formula.apply("The last index");
    return Optional.of(new Range(index.text(), index.place(), from, to));
  }

  /** {@return the boundaries of the line that begins here, behind the word {@code boundary}} */
  List<Boundary> boundaries() {
    List<Token> grids = new ArrayList<>();
    do {
      Token grid = cursor.peek();
      if (!grid.isName()) {
        throw cursor.error(
            grid.isEnd() ? cursor.last() : grid, "A grid is expected here, as in: " + BOUNDARY);
      }
      grids.add(cursor.next());
    } while (cursor.accept(","));
    boolean periodic = cursor.acceptName("periodic");
    boolean mirrored = !periodic && insulated();
    List<Optional<Formula>> sides =
        periodic || mirrored ? List.of(Optional.empty(), Optional.empty()) : sides();
    SystemParser.end(cursor);
    return grids.stream()
        .map(it -> new Boundary(it.text(), it.place(), periodic, sides.get(0), sides.get(1)))
        .toList();
  }

  private boolean insulated() {
    return cursor.acceptName("insulated") || cursor.acceptName("neumann");
  }

  private List<Optional<Formula>> sides() {
    if (cursor.peek().is("[")) {
      throw cursor.error(
          cursor.peek(), "A boundary is for the grid as a whole, without an index: " + BOUNDARY);
    }
    if (!cursor.accept("=")) {
      throw cursor.error(
          cursor.peek().isEnd() ? cursor.last() : cursor.peek(),
          "A boundary is periodic, insulated or has values: boundary u = 0, or left and right: boundary u = 0, 1");
    }
    List<Optional<Formula>> sides = new ArrayList<>();
    do {
      if (sides.size() == 2) {
        throw cursor.error(cursor.peek(), "A grid has two ends, left and right: boundary u = 0, 1");
      }
      sides.add(
          insulated()
              ? Optional.empty()
              : Optional.of(SystemParser.formula(cursor, "The boundary")));
    } while (cursor.accept(","));
    if (sides.size() == 1) {
      sides.add(sides.getFirst());
    }
    return sides;
  }
}
