package odeum.magics;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts made of known pieces, and known texts with small damages. */
final class RandomText {
  private static final String ODD = "%'\"\\;#,=(){}[]-+*/^.:<>_ \t\u0000é∂θ𝛼0.1e9";

  private final RandomGenerator random;

  RandomText(RandomGenerator random) {
    this.random = random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /**
   * {@return the text with a few characters, words or lines taken out, doubled, moved or made up}
   */
  String damaged(String text, List<String> pieces) {
    StringBuilder result = new StringBuilder(text);
    for (int i = below(3); i >= 0; i--) {
      int at = below(result.length() + 1);
      int end = Math.min(result.length(), at + 1 + below(6));
      String part = result.substring(at, end);
      switch (below(6)) {
        case 0 -> result.delete(at, end);
        case 1 -> result.insert(at, part);
        case 2 -> result.insert(below(result.length() + 1), part);
        case 3 -> result.insert(at, ODD.charAt(below(ODD.length())));
        case 4 -> result.insert(at, of(pieces));
        default -> result.replace(at, end, of(pieces));
      }
    }
    return result.toString();
  }
}
