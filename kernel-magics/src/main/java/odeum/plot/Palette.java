package odeum.plot;

import java.util.List;
import java.util.Locale;

/**
 * The colours of figures. Series use the palette of Okabe and Ito ("Color universal design", 2008;
 * see Wong 2011, doi:10.1038/nmeth.1618), which stays distinguishable with all common kinds of
 * colour blindness. Black and yellow are left out: each vanishes on one of the two themes. Figures
 * have no background of their own, so text and grid are greys that read on white and on black.
 */
final class Palette {
  static final List<String> SERIES =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  /** Contrast above 4.2 : 1 on white and on JupyterLab's dark #111111; no grey reaches more. */
  static final String TEXT = "#797979";

  static final String AXIS = "#8c8c8c";
  static final String GRID = "rgba(128,128,128,0.3)";
  static final String ZERO = "rgba(128,128,128,0.5)";

  /** Viridis ends in colours that vanish on black and on white. */
  private static final double DARKEST = 0.2;

  /** Of arrows, which are to stay behind the lines. */
  static final String ARROWS = "rgba(128,128,128,0.75)";

  private static final double BRIGHTEST = 0.85;
  private static final double FAINT = 0.22;

  private Palette() {}

  static String series(int index) {
    return SERIES.get(Math.floorMod(index, SERIES.size()));
  }

  /** {@return a colour of a scale from dark to bright that reads on white and on black} */
  static String scale(double fraction) {
    return viridis(DARKEST + Math.clamp(fraction, 0, 1) * (BRIGHTEST - DARKEST));
  }

  /** {@return a colour of which what lies behind shows through} */
  static String faint(String hex) {
    int rgb = Integer.parseInt(hex.substring(1), 16);
    return String.format(
        Locale.ROOT, "rgba(%d,%d,%d,%s)", rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff, FAINT);
  }

  /** {@return the colour at {@code fraction} of Viridis, as {@code #rrggbb}} */
  static String viridis(double fraction) {
    return ColourScale.VIRIDIS.at(fraction);
  }
}
