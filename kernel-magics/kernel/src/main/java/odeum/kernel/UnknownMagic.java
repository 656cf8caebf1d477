package odeum.kernel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import odeum.magics.Magics;
import odeum.tensor.Names;

/** What to say of a magic that does not exist; JJava's own exception names it only. */
final class UnknownMagic {
  private static final Pattern MESSAGE = Pattern.compile("Undefined (line|cell) magic '(.*)'");

  private UnknownMagic() {}

  /** {@return one line with the nearest known name, if that is what went wrong} */
  static Optional<String> line(String className, String message) {
    if (!className.endsWith(".UndefinedMagicException") || message == null) {
      return Optional.empty();
    }
    Matcher found = MESSAGE.matcher(message);
    return found.find()
        ? Optional.of(
            text(found.group(1).equals("cell") ? "%%" : "%", found.group(2).replaceAll("\\?$", "")))
        : Optional.empty();
  }

  private static String text(String signs, String name) {
    List<String> known =
        Magics.catalogue().magics().stream().map(magic -> magic.usage().name()).toList();
    String hint =
        Names.nearest(name, known)
            .flatMap(Magics.catalogue()::find)
            .map(magic -> " Did you mean " + magic.usage().shown() + "?")
            .orElse("");
    return "There is no magic " + signs + name + "." + hint + " (%lsmagic lists them)";
  }
}
