package odeum.plot;

import java.util.List;

/** Something drawn in the plot area, in the coordinates of the axes. */
sealed interface Mark {
  String name();

  /** {@return the colour of the legend entry} */
  String colour();

  Extent xExtent();

  Extent yExtent();

  /**
   * A line, points, or both.
   *
   * @param stroke the line, null for none
   * @param dots the points, null for none
   * @param fill the colour down to zero, null for none
   */
  record Curve(String name, double[] x, double[] y, Stroke stroke, Dots dots, String fill)
      implements Mark {
    @Override
    public String colour() {
      return stroke != null ? stroke.colour() : dots.colours().getFirst();
    }

    @Override
    public Extent xExtent() {
      return Extent.of(x);
    }

    @Override
    public Extent yExtent() {
      Extent extent = Extent.of(y);
      return fill == null || extent.isEmpty() ? extent : extent.and(new Extent(0, 0));
    }
  }

  /**
   * Filled areas.
   *
   * @param x goes round an edge; a NaN ends it
   * @param y goes round an edge; a NaN ends it
   * @param edge the line around, null for none
   */
  record Band(String name, double[] x, double[] y, String colour, double opacity, Stroke edge)
      implements Mark {
    @Override
    public Extent xExtent() {
      return Extent.of(x);
    }

    @Override
    public Extent yExtent() {
      return Extent.of(y);
    }
  }

  /** How a line looks; {@code dash} is a plotly name. */
  record Stroke(String colour, double width, String dash) {}

  /** How points look: colours and sizes are given once or for each point. */
  record Dots(String symbol, List<String> colours, List<Double> sizes, double opacity) {
    String colour(int index) {
      return colours.get(Math.min(index, colours.size() - 1));
    }

    double size(int index) {
      return sizes.get(Math.min(index, sizes.size() - 1));
    }
  }

  /** Rectangles from {@code (x0, y0)} to {@code (x1, y1)}: bars and histograms. */
  record Bars(
      String name,
      String colour,
      double opacity,
      double[] x0,
      double[] x1,
      double[] y0,
      double[] y1)
      implements Mark {
    @Override
    public Extent xExtent() {
      return Extent.of(x0).and(Extent.of(x1));
    }

    @Override
    public Extent yExtent() {
      return Extent.of(y0).and(Extent.of(y1));
    }
  }

  /** Box plots: one sample of values at each place, {@code spacing} from its neighbours. */
  record Boxes(String name, String colour, double spacing, double[] places, double[][] samples)
      implements Mark {
    @Override
    public Extent xExtent() {
      Extent extent = Extent.of(places);
      return extent.isEmpty()
          ? extent
          : new Extent(extent.low() - spacing / 2, extent.high() + spacing / 2);
    }

    @Override
    public Extent yExtent() {
      Extent extent = Extent.EMPTY;
      for (double[] sample : samples) {
        extent = extent.and(Extent.of(sample));
      }
      return extent;
    }
  }

  /** A heat map: {@code z[row][column]} between the edges. */
  record Cells(
      String name,
      String title,
      double[] xEdges,
      double[] yEdges,
      double[][] z,
      Colours colours,
      double opacity)
      implements Mark {
    @Override
    public String colour() {
      return colours.scale().at(0.5);
    }

    @Override
    public Extent xExtent() {
      return Extent.of(xEdges);
    }

    @Override
    public Extent yExtent() {
      return Extent.of(yEdges);
    }

    /** {@return the colour of a value, or nothing where there is none} */
    String colour(double value) {
      double span = Math.max(colours.high() - colours.low(), Double.MIN_NORMAL);
      return Double.isNaN(value) ? "none" : colours.scale().at((value - colours.low()) / span);
    }
  }

  /** Which numbers the ends of a scale stand for. */
  record Colours(ColourScale scale, double low, double high) {
    Extent extent() {
      return new Extent(low, high);
    }
  }
}
