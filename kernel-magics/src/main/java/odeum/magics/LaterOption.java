package odeum.magics;

import java.util.Map;
import java.util.TreeMap;

/** Options of {@code %train} that are not there yet, and what does the work until then. */
final class LaterOption {
  static final Option SEARCH = Option.toggle("search", "(not available yet) searches settings");

  private static final Map<String, String> INSTEAD =
      new TreeMap<>(
          Map.of(
              "search",
              "The search for settings (--search) is not available yet. Compare a few by hand, with"
                  + " --val"));

  private LaterOption() {}

  static void refuse(Invocation call) {
    INSTEAD.forEach(
        (option, message) -> {
          if (call.has(option)) {
            throw new MagicException(message);
          }
        });
  }
}
