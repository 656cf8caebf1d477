package odeum.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pictures in rows of equal tiles, as one picture: coordinates are pixels from its top left corner.
 *
 * @param argb its pixels by rows
 * @param marks the labels and where they stand, above the middle of each tile
 * @param count how many pictures there were
 */
record Mosaic(int width, int height, int[] argb, List<Label> marks, int shown, int count)
    implements Ground {
  private static final int MOST = 100;
  private static final int COLUMNS = 10;

  /** A tile is at most this wide, so that a single picture stays one. */
  private static final int WIDEST = 160;

  /** Pixels of the figure that are no tiles: margins and title. */
  private static final int BESIDE = 40;

  private static final int ABOVE = 66;

  /** Small pictures are drawn with several pixels each, so that gaps can be narrow. */
  private static final int FINE = 24;

  /** The pixels of the figure that a label takes. */
  private static final double LINE = 21;

  /** A text above a tile. */
  record Label(String text, double x, double y) {}

  Mosaic {
    argb = argb.clone();
    marks = List.copyOf(marks);
  }

  static Mosaic of(double[][][] images, List<String> labels) {
    check(images, labels);
    int shown = Math.min(images.length, MOST);
    int zoom = Math.ceilDiv(FINE, images[0].length);
    int high = images[0].length * zoom;
    int wide = images[0][0].length * zoom;
    int columns = Math.min(shown, COLUMNS);
    int gap = Math.max(1, wide / 8);
    int width = columns * (wide + gap) - gap;
    double tile = Math.min(WIDEST, (Styling.WIDTH - BESIDE) / (double) columns);
    int above = labels.isEmpty() ? gap : (int) Math.ceil(LINE * (wide + gap) / tile);
    int first = labels.isEmpty() ? 0 : above;
    int height = first + Math.ceilDiv(shown, columns) * (high + above) - above;
    int[] argb = new int[width * height];
    List<Label> marks = new ArrayList<>();
    ImageColours colours = ImageColours.of(images);
    for (int i = 0; i < shown; i++) {
      int left = i % columns * (wide + gap);
      int top = first + i / columns * (high + above);
      paint(images[i], colours, zoom, argb, top * width + left, width);
      if (!labels.isEmpty()) {
        marks.add(new Label(labels.get(i), left + wide / 2.0, top));
      }
    }
    return new Mosaic(width, height, argb, marks, shown, images.length);
  }

  /** One scale for all pictures: greys, or two hues around zero for values of both signs. */
  private record ImageColours(ColourScale scale, double low, double span) {
    static ImageColours of(double[][][] images) {
      Extent extent = Extent.EMPTY;
      for (double[][] image : images) {
        for (double[] row : image) {
          extent = extent.and(Extent.of(row));
        }
      }
      boolean signed = extent.low() < 0;
      double most = Math.max(Math.abs(extent.low()), Math.abs(extent.high()));
      double low = signed ? -most : extent.low();
      double high = signed ? most : extent.high();
      return new ImageColours(
          signed ? ColourScale.SIGNED : ColourScale.GREYS,
          low,
          Math.max(high - low, Double.MIN_NORMAL));
    }

    int argb(double value) {
      if (Double.isNaN(value)) {
        return 0;
      }
      String colour = scale.at((value - low) / span);
      return 0xff000000 | Integer.parseInt(colour.substring(1), 16);
    }
  }

  private static void paint(
      double[][] image, ImageColours colours, int zoom, int[] argb, int corner, int width) {
    for (int row = 0; row < zoom * image.length; row++) {
      double[] values = image[row / zoom];
      for (int i = 0; i < zoom * values.length; i++) {
        argb[corner + row * width + i] = colours.argb(values[i / zoom]);
      }
    }
  }

  private static void check(double[][][] images, List<String> labels) {
    if (images.length == 0 || images[0].length == 0 || images[0][0].length == 0) {
      throw new IllegalArgumentException("There are no pictures to show.");
    }
    int wide = images[0][0].length;
    for (double[][] image : images) {
      if (image.length != images[0].length
          || !Arrays.stream(image).allMatch(row -> row.length == wide)) {
        throw new IllegalArgumentException("Pictures side by side need one common size.");
      }
    }
    if (!labels.isEmpty() && labels.size() != images.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Pictures need one label each, got %d for %d.",
              labels.size(),
              images.length));
    }
  }

  /** {@return the height of a figure of this width that shows the tiles large enough} */
  int height(int figureWidth) {
    double unit = (double) (figureWidth - BESIDE) / width;
    int columns = Math.min(shown, COLUMNS);
    double tile = (double) width / columns * unit;
    double scale = Math.min(1, WIDEST / tile);
    return Math.max(150, ABOVE + (int) Math.ceil(height * unit * scale));
  }

  /** {@return what captions call it} */
  String words() {
    return count == shown
        ? "grid of " + count + " images"
        : String.format(Locale.ROOT, "grid of the first %d of %d images", shown, count);
  }
}
