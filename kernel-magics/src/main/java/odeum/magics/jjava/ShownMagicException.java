package odeum.magics.jjava;

/**
 * A magic's message on its way to the cell. JJava wraps an exception of a magic in another one and
 * shows both with their frames; an error without frames it shows in one line. Our own kernel knows
 * it by its name.
 */
final class ShownMagicException extends Error {
  private static final long serialVersionUID = 1;

  ShownMagicException(String message) {
    super(message, null, false, false);
  }
}
