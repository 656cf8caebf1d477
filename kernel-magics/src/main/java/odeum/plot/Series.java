package odeum.plot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing drawn in a {@link Chart}: two or three columns of numbers and how they look.
 *
 * @param colour which colour of the palette
 * @param shade another colour, which is none of the palette's
 * @param listed whether the legend has it
 * @param labels what stands at each x in place of a number, or none
 */
record Series(
    String name,
    double[] x,
    double[] y,
    double[] z,
    Look look,
    int colour,
    Optional<String> shade,
    boolean listed,
    List<String> labels) {

  static final double WIDTH = 2;
  private static final double DOT = 7;
  private static final double SMALL_DOT = 3;
  private static final int MANY_DOTS = 100;

  enum Look {
    LINE,
    DASHED,
    POINTS,
    LINE_AND_POINTS,
    BARS,

    /** How often values occur; x and y are the values. */
    HISTOGRAM,

    /** A filled area, whose edge the points go round. */
    BAND
  }

  static Series of(String name, double[] x, double[] y, double[] z, Look look, int colour) {
    return new Series(name, x, y, z, look, colour, Optional.empty(), true, List.of());
  }

  Series {
    requireSameLength(name, x, y, "y");
    if (z != null) {
      requireSameLength(name, x, z, "z");
      z = z.clone();
    }
    x = x.clone();
    y = y.clone();
    labels = List.copyOf(labels);
  }

  /** {@return plotly's name for what is drawn} */
  String mode() {
    return switch (look) {
      case LINE, DASHED, BAND -> "lines";
      case LINE_AND_POINTS -> "lines+markers";
      case POINTS, BARS, HISTOGRAM -> "markers";
    };
  }

  /**
   * {@return plotly's name of the line style; after one round of the palette it tells lines apart}
   */
  String dash() {
    boolean again = shade.isEmpty() && colour / Palette.SERIES.size() % 2 == 1;
    if (look == Look.DASHED) {
      return again ? "dashdot" : "dash";
    }
    return again ? "dot" : "solid";
  }

  /** {@return the width of its line in pixels; an area has no line around it} */
  double width() {
    return look == Look.BAND ? 0 : WIDTH;
  }

  /** {@return the diameter of its points, which shrinks before they hide the lines} */
  double dot() {
    return spatial() ? SMALL_DOT : x.length > MANY_DOTS ? 4 : DOT;
  }

  /** {@return its colour as {@code #rrggbb}} */
  String paint() {
    return shade.orElseGet(() -> Palette.series(colour));
  }

  boolean spatial() {
    return z != null;
  }

  Series withColour(int index) {
    return new Series(name, x, y, z, look, index, shade, listed, labels);
  }

  Series withShade(String hex) {
    return new Series(name, x, y, z, look, colour, Optional.of(hex), listed, labels);
  }

  Series unlisted() {
    return new Series(name, x, y, z, look, colour, shade, false, labels);
  }

  Series withLabels(List<String> names) {
    return new Series(name, x, y, z, look, colour, shade, listed, names);
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
