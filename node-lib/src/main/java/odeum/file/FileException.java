package odeum.file;

/** A file that cannot be read or written. The message says which, what is wrong and what to do. */
public final class FileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Makes an exception with this message. */
  public FileException(String message) {
    super(message);
  }

  /** Makes an exception with this message and its cause. */
  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
