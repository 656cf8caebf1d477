package odeum.kernel;

/**
 * Ends a cell's code from inside, thrown where the code looks whether the user asked to stop. An
 * error, so that few handlers take it for their own.
 */
final class CellStop extends Error {
  private static final long serialVersionUID = 1;

  CellStop() {
    super("interrupted", null, false, false);
  }
}
