package odeum.magics;

/**
 * A magic's message on its way to the cell. JJava and IJava wrap an exception of a magic in another
 * one and show both with their frames; an error without frames they show in one line. Our own
 * kernel knows it by its name.
 */
final class ShownMagicException extends Error {
  private static final long serialVersionUID = 1;

  ShownMagicException(String message) {
    super(message, null, false, false);
  }
}
