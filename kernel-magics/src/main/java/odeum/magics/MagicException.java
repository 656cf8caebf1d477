package odeum.magics;

/** The user's input is at fault. The message says what, where and what to try; nothing else is shown. */
public final class MagicException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MagicException(String message) {
    super(message, null, false, false);
  }
}
