package odeum.magics;

import java.util.List;

/**
 * What went wrong in a magic, in the words the user sees: what, where, and what to try. The cell
 * shows the message and no stack trace.
 */
public final class MagicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A message of one line. */
  public MagicException(String message) {
    this(message, List.of());
  }

  /** A first line, and more below it: the source with a caret, or {@code try:} and what to try. */
  public MagicException(String message, List<String> more) {
    this(message, more, null);
  }

  /** As above, with the cause that {@code --trace} shows. */
  public MagicException(String message, List<String> more, Throwable cause) {
    // JShell hands on the message alone, so the message holds every line.
    super(more.isEmpty() ? message : message + "\n" + String.join("\n", more), cause, false, false);
  }
}
