package odeum.equation;

import java.util.List;

/**
 * The text of a system.
 *
 * @param name what the user calls it, or empty
 * @param text the whole body
 * @param lines the body's lines
 */
record Source(String name, String text, List<String> lines) {
  Source {
    lines = List.copyOf(lines);
  }

  static Source of(String name, String text) {
    return new Source(name, text, text.lines().toList());
  }

  /** {@return the exception that says what is wrong at a place} */
  EquationException error(Place place, String problem) {
    String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
    return new EquationException(name, line, place, problem);
  }

  /** {@return the exception for a body as a whole} */
  EquationException error(String problem) {
    return error(new Place(1, 1, 0), problem);
  }
}
