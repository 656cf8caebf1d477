package odeum.plot;

/** Estimates how wide a text is in a sans-serif font, so that no font is needed to lay it out. */
final class TextWidth {
  private TextWidth() {}

  static double of(String text, double size) {
    return text.codePoints().mapToDouble(TextWidth::em).sum() * size;
  }

  /** {@return the text, cut with an ellipsis when it is wider than {@code pixels}} */
  static String cut(String text, double size, double pixels) {
    if (of(text, size) <= pixels) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", size) > pixels) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  private static double em(int c) {
    if ("iljtfrI.,:;'|!()[] ".indexOf(c) >= 0) {
      return 0.33;
    }
    if ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c) >= 0) {
      return 0.4;
    }
    if (c >= 0x2E80) {
      return 1;
    }
    return Character.isUpperCase(c) || "mwMW@%×−+=".indexOf(c) >= 0 ? 0.72 : 0.58;
  }
}
