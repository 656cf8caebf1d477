package odeum.magics;

import java.lang.reflect.Modifier;

/** Says what a value of the user's is, for messages and for Java lines. */
final class Things {
  private Things() {}

  static String describe(Object value) {
    if (value == null) {
      return "null";
    }
    String name = value.getClass().getSimpleName();
    return "a value of type " + (name.isEmpty() ? value.getClass().getName() : name);
  }

  /** {@return the type of a value as a cell may write it, or {@code ?} if it has no such name} */
  static String type(Object value) {
    Class<?> type = value.getClass();
    boolean named = type.getCanonicalName() != null && type.getTypeParameters().length == 0;
    if (!named || !Modifier.isPublic(type.getModifiers())) {
      return "?";
    }
    // A class of the notebook lies in a wrapper of JShell's, and is known by its plain name.
    return type.getName().startsWith("REPL.") ? type.getSimpleName() : type.getCanonicalName();
  }
}
