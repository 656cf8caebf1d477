package odeum.train;

/** Checks of settings. */
final class Require {
  private Require() {}

  static void that(boolean condition, String message, Object got) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(got));
    }
  }
}
