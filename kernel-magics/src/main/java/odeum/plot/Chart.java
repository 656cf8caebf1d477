package odeum.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import odeum.tensor.Tensor;
import tech.tablesaw.plotly.components.Figure;

/**
 * A figure of lines, points and bars as an immutable value; each method returns a new chart.
 *
 * <pre>{@code
 * Chart.of("hare and lynx").xAxis("t", "years").yAxis("pelts", "thousands")
 *     .points("hare (data)", years, hare)
 *     .line("hare", t, x).colour(0)      // the colour of the points it was fitted to
 *     .figure()
 * }</pre>
 */
public final class Chart {
  private final ChartParts parts;

  private Chart(ChartParts parts) {
    this.parts = parts;
  }

  /** {@return an empty chart with this title, which may be empty} */
  public static Chart of(String title) {
    return new Chart(ChartParts.of(title));
  }

  /** {@return this chart with a name on the horizontal axis} */
  public Chart xAxis(String name) {
    return withAxis(0, parts.axes().get(0).named(name));
  }

  /** {@return this chart with a name and a unit on the horizontal axis: {@code t (years)}} */
  public Chart xAxis(String name, String unit) {
    return withAxis(0, parts.axes().get(0).named(withUnit(name, unit)));
  }

  /** {@return this chart with a name on the vertical axis} */
  public Chart yAxis(String name) {
    return withAxis(1, parts.axes().get(1).named(name));
  }

  /** {@return this chart with a name and a unit on the vertical axis} */
  public Chart yAxis(String name, String unit) {
    return withAxis(1, parts.axes().get(1).named(withUnit(name, unit)));
  }

  /** {@return this chart with a name on the third axis, for {@link #line3d}} */
  public Chart zAxis(String name) {
    return withAxis(2, parts.axes().get(2).named(name));
  }

  /** {@return this chart with a logarithmic horizontal axis} */
  public Chart logX() {
    return withAxis(0, parts.axes().get(0).logarithmic());
  }

  /** {@return this chart with a logarithmic vertical axis} */
  public Chart logY() {
    return withAxis(1, parts.axes().get(1).logarithmic());
  }

  /** {@return this chart with the horizontal axis from {@code low} to {@code high}} */
  public Chart xRange(double low, double high) {
    return withAxis(0, parts.axes().get(0).over(low, high));
  }

  /** {@return this chart with the vertical axis from {@code low} to {@code high}} */
  public Chart yRange(double low, double high) {
    return withAxis(1, parts.axes().get(1).over(low, high));
  }

  /**
   * {@return the ends of the horizontal axis as set, or of what the series cover; maybe nothing}
   */
  public double[] xRange() {
    return range(0);
  }

  /** {@return the ends of the vertical axis as set, or of what the series cover; maybe nothing} */
  public double[] yRange() {
    return range(1);
  }

  private double[] range(int axis) {
    List<Double> set = parts.axes().get(axis).range();
    if (!set.isEmpty()) {
      return new double[] {set.getFirst(), set.getLast()};
    }
    Extent extent = Extent.EMPTY;
    for (Series series : parts.series()) {
      extent = extent.and(Extent.of(axis == 0 ? series.x() : series.y()));
    }
    return extent.isEmpty() ? new double[0] : new double[] {extent.low(), extent.high()};
  }

  /**
   * {@return this chart with room around its series} A range that is set stays; a range of what is
   * never negative begins at zero at the lowest.
   *
   * @param share of what the series cover, on each side
   */
  public Chart withRoom(double share) {
    Chart chart = this;
    for (int axis = 0; axis < 2; axis++) {
      double[] ends = range(axis);
      if (ends.length == 2 && parts.axes().get(axis).range().isEmpty()) {
        double[] wide = Scale.around(new Extent(ends[0], ends[1]), share, share);
        double low = ends[0] >= 0 ? Math.max(0, wide[0]) : wide[0];
        chart = chart.withAxis(axis, chart.parts.axes().get(axis).over(low, wide[1]));
      }
    }
    return chart;
  }

  /** {@return this chart with one unit of x as long as one unit of y, for phase portraits} */
  public Chart square() {
    return new Chart(parts.squared());
  }

  /** {@return this chart in another size, in pixels} */
  public Chart withSize(int width, int height) {
    if (width < 200 || height < 150) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "A chart needs at least 200 x 150 pixels, got %s x %s.", width, height));
    }
    return new Chart(parts.sized(width, height));
  }

  /** {@return this chart with another title} */
  public Chart withTitle(String title) {
    return new Chart(parts.titled(title));
  }

  /** {@return this chart for another ground} */
  public Chart withTheme(Theme theme) {
    return new Chart(parts.themed(theme));
  }

  /** {@return this chart with a line through the points; a NaN leaves a gap} */
  public Chart line(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.LINE);
  }

  /** {@return this chart with a dashed line} */
  public Chart dashed(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.DASHED);
  }

  /** {@return this chart with unconnected points, as for data} */
  public Chart points(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.POINTS);
  }

  /** {@return this chart with unconnected points, shape {@code (points, 2)}} */
  public Chart points(String name, Tensor points) {
    return points(name, column(points, 0), column(points, 1));
  }

  private static double[] column(Tensor points, int column) {
    if (points.shape().rank() != 2 || points.shape().extent(1) != 2) {
      throw new IllegalArgumentException(
          "Points of a plane have shape (points, 2), got %s.".formatted(points.shape()));
    }
    return IntStream.range(0, points.shape().extent(0))
        .mapToDouble(i -> points.get(i, column))
        .toArray();
  }

  /** {@return this chart with points joined by a line} */
  public Chart lineAndPoints(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.LINE_AND_POINTS);
  }

  /**
   * {@return this chart with the area between two lines, faint} Where either is NaN there is none
   * of it.
   */
  public Chart band(String name, double[] x, double[] low, double[] high) {
    if (low.length != x.length || high.length != x.length) {
      throw new IllegalArgumentException(
          "Band '%s' has %s x values, %s low and %s high ones. Give one of each for each point."
              .formatted(name, x.length, low.length, high.length));
    }
    int[] rows =
        IntStream.range(0, x.length).filter(i -> !Double.isNaN(x[i] + low[i] + high[i])).toArray();
    int n = rows.length;
    double[] aroundX = new double[2 * n];
    double[] aroundY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      aroundX[i] = x[rows[i]];
      aroundY[i] = high[rows[i]];
      aroundX[2 * n - 1 - i] = x[rows[i]];
      aroundY[2 * n - 1 - i] = low[rows[i]];
    }
    return with(name, aroundX, aroundY, null, Series.Look.BAND);
  }

  /** {@return this chart with one bar at each x} */
  public Chart bars(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.BARS);
  }

  /** {@return this chart with one bar for each label, beside those of the other series} */
  public Chart bars(String name, List<String> labels, double[] y) {
    double[] places = IntStream.range(0, labels.size()).asDoubleStream().toArray();
    return with(name, places, y, null, Series.Look.BARS)
        .withLast("bars", last -> last.withLabels(labels));
  }

  /**
   * {@return this chart with how many values fall between round numbers} All histograms of a chart
   * share them.
   */
  public Chart histogram(String name, double[] values) {
    return with(name, values, values, null, Series.Look.HISTOGRAM);
  }

  /**
   * {@return this chart with a colour for each pair of x and y, below its lines} Values of both
   * signs get two hues that meet at zero.
   *
   * @param name what the colours show
   * @param x the middle of each column
   * @param y the middle of each row, the lowest first
   * @param z the values by row and column; NaN leaves a cell empty
   */
  public Chart heatMap(String name, double[] x, double[] y, double[][] z) {
    return new Chart(parts.over(new HeatMap(name, x, y, z, HeatMap.Kind.VALUES)));
  }

  /**
   * {@return this chart with the values of a function of many points as colours}
   *
   * @param x the middle of each column
   * @param y the middle of each row, the lowest first
   * @param function from points, shape {@code (points, 2)}, to a value for each
   */
  public Chart heatMap(String name, double[] x, double[] y, Function<Tensor, double[]> function) {
    return new Chart(parts.over(HeatMap.of(name, x, y, function)));
  }

  /**
   * {@return this chart with the values of a function of x and y as colours} The ranges of both
   * axes are its window.
   */
  public Chart heatMap(String name, DoubleBinaryOperator function) {
    return new Chart(parts.over(HeatMap.of(name, parts.axes(), function)));
  }

  /**
   * {@return this chart with where points are dense as colours, below its lines} Each point counts
   * around it, as wide as Scott's rule says (Scott 1992, doi:10.1002/9780470316849).
   */
  public Chart density(String name, double[] x, double[] y) {
    return new Chart(parts.over(Density.of(name, x, y, parts.axes())));
  }

  /** {@return this chart with how many points fall into each cell of a grid as colours} */
  public Chart histogram2d(String name, double[] x, double[] y, int bins) {
    return new Chart(parts.over(Density.counts(name, x, y, bins, parts.axes())));
  }

  /**
   * {@return this chart with the plane divided into classes, faint in the colours of the palette}
   * Class 0 has the colour of the first series, and so on.
   *
   * @param x the middle of each column
   * @param y the middle of each row, the lowest first
   * @param classes the class from 0 by row and column
   */
  public Chart regions(String name, double[] x, double[] y, int[][] classes) {
    double[][] z = new double[classes.length][];
    for (int row = 0; row < z.length; row++) {
      z[row] = IntStream.of(classes[row]).asDoubleStream().toArray();
    }
    return new Chart(parts.over(new HeatMap(name, x, y, z, HeatMap.Kind.CLASSES)));
  }

  /**
   * {@return this chart with a dashed line where values on a grid cross a level}
   *
   * @param x the place of each column
   * @param y the place of each row, the lowest first
   * @param z the values by row and column
   */
  public Chart contour(String name, double[] x, double[] y, double[][] z, double level) {
    new HeatMap(name, x, y, z, HeatMap.Kind.VALUES); // one value for each pair, or it says so
    double[][] lines = Contour.lines(x, y, z, level);
    return with(name, lines[0], lines[1], null, Series.Look.DASHED);
  }

  /**
   * {@return this chart with an arrow at each point, below its lines} The longest arrows nearly
   * touch; lengths grow slower than the speed, so that slow places show a direction too.
   */
  public Chart arrows(String name, double[] x, double[] y, double[] dx, double[] dy) {
    return new Chart(parts.over(new Arrows(name, x, y, dx, dy)));
  }

  /**
   * {@return pictures in rows, each by rows from its top, all on one scale of greys} Values of both
   * signs get colours.
   *
   * @param labels what stands above each; none for no labels
   */
  public Chart images(double[][][] images, String... labels) {
    return new Chart(parts.over(Mosaic.of(images, List.of(labels))));
  }

  /** {@return this chart with a line in space; a chart is either flat or spatial} */
  public Chart line3d(String name, double[] x, double[] y, double[] z) {
    return with(name, x, y, Objects.requireNonNull(z), Series.Look.LINE);
  }

  /** {@return this chart with points in space} */
  public Chart points3d(String name, double[] x, double[] y, double[] z) {
    return with(name, x, y, Objects.requireNonNull(z), Series.Look.POINTS);
  }

  /**
   * {@return this chart with the colour of number {@code index} (from 0) for the series added last}
   * Without it each series takes the next colour. Series of equal colour belong together.
   */
  public Chart colour(int index) {
    return withLast("colour", last -> last.withColour(index));
  }

  /**
   * {@return this chart with a colour of a scale for the series added last, for families of curves}
   *
   * @param fraction from 0, dark, to 1, bright
   */
  public Chart shade(double fraction) {
    return withLast("shade", last -> last.withShade(Palette.scale(fraction)));
  }

  /** {@return this chart without the series added last in its legend} */
  public Chart unlisted() {
    return withLast("unlisted", Series::unlisted);
  }

  private Chart withLast(String what, UnaryOperator<Series> change) {
    if (parts.series().isEmpty()) {
      throw new IllegalStateException(
          "Add a line or points first: %s changes the last one.".formatted(what));
    }
    List<Series> changed = new ArrayList<>(parts.series());
    changed.set(parts.series().size() - 1, change.apply(parts.series().getLast()));
    return new Chart(parts.with(changed));
  }

  /** {@return the tablesaw-jsplot figure, which the kernel shows as the value of a cell} */
  public Figure figure() {
    return ChartFigure.of(this, drawing());
  }

  private Drawing drawing() {
    return new Drawing() {
      @Override
      public MimeBundle bundle(Optional<Theme> theme) {
        return theme.map(Chart.this::withTheme).orElse(Chart.this).bundle();
      }

      @Override
      public String svg() {
        return Chart.this.svg();
      }
    };
  }

  /** {@return the forms of {@link #figure()} that go into a notebook} */
  public MimeBundle bundle() {
    return Figures.bundle(json());
  }

  /** {@return the chart as a complete SVG document, to save in a file} */
  public String svg() {
    return SvgFigure.of(json());
  }

  /** {@return the themed figure in plotly's words} */
  ObjectNode json() {
    ObjectNode json = ChartJson.of(this);
    Styling.apply(json, parts.theme());
    return json;
  }

  @Override
  public String toString() {
    return Caption.of(json());
  }

  String title() {
    return parts.title();
  }

  ChartAxis axis(int index) {
    return parts.axes().get(index);
  }

  List<Series> series() {
    return parts.series();
  }

  List<Ground> ground() {
    return parts.ground();
  }

  Theme theme() {
    return parts.theme();
  }

  int width() {
    return parts.width();
  }

  /** Pictures need as much room as they have rows. */
  int height() {
    boolean usual = parts.height() == Styling.HEIGHT;
    return parts.ground().stream()
        .filter(_ -> usual)
        .flatMap(ground -> ground instanceof Mosaic mosaic ? Stream.of(mosaic) : Stream.empty())
        .map(mosaic -> mosaic.height(parts.width()))
        .findFirst()
        .orElse(parts.height());
  }

  boolean isSpatial() {
    return !parts.series().isEmpty() && parts.series().getFirst().spatial();
  }

  boolean isSquare() {
    return parts.square();
  }

  private Chart with(String name, double[] x, double[] y, double[] z, Series.Look look) {
    int colour = 1 + parts.series().stream().mapToInt(Series::colour).max().orElse(-1);
    Series added = Series.of(name, x, y, z, look, colour);
    if (!parts.series().isEmpty() && parts.series().getFirst().spatial() != added.spatial()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Series '%s' has %s axes, but this chart has %s. Start a new chart for it.",
              name,
              added.spatial() ? 3 : 2,
              added.spatial() ? 2 : 3));
    }
    List<Series> all = new ArrayList<>(parts.series());
    all.add(added);
    return new Chart(parts.with(all));
  }

  private Chart withAxis(int index, ChartAxis axis) {
    return new Chart(parts.with(index, axis));
  }

  private static String withUnit(String name, String unit) {
    return unit.isBlank() ? name : name + " (" + unit + ")";
  }
}
