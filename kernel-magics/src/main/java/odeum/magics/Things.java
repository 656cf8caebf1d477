package odeum.magics;

/** Says what a value of the user's is, for messages. */
final class Things {
  private Things() {}

  static String describe(Object value) {
    if (value == null) {
      return "null";
    }
    String name = value.getClass().getSimpleName();
    return "a value of type " + (name.isEmpty() ? value.getClass().getName() : name);
  }
}
