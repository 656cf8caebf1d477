package odeum.equation;

/**
 * Where something stands in the source.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points
 * @param length how many code points are meant
 */
record Place(int line, int column, int length) {
  /** {@return from the start of this to the end of another place on the same line} */
  Place to(Place end) {
    return new Place(line, column, end.column + end.length - column);
  }
}
