package odeum.plot;

import java.util.Locale;

/** One thing drawn in a {@link Chart}: two or three columns of numbers and how they look. */
record Series(String name, double[] x, double[] y, double[] z, Look look, int colour) {

  enum Look {
    LINE,
    DASHED,
    POINTS,
    LINE_AND_POINTS,
    BARS
  }

  Series {
    requireSameLength(name, x, y, "y");
    if (z != null) {
      requireSameLength(name, x, z, "z");
      z = z.clone();
    }
    x = x.clone();
    y = y.clone();
  }

  boolean spatial() {
    return z != null;
  }

  Series withColour(int index) {
    return new Series(name, x, y, z, look, index);
  }

  private static void requireSameLength(String name, double[] x, double[] other, String axis) {
    if (x.length != other.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Series '%s' has %s x values but %s %s values. Give one for each point.",
              name,
              x.length,
              other.length,
              axis));
    }
  }
}
