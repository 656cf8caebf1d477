package odeum.path;

/** A table that cannot be read. The message says which file, line and column, and what is wrong. */
public final class CsvException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CsvException(String message) {
    super(message);
  }

  CsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
