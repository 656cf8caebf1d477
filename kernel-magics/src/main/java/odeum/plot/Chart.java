package odeum.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
  private final String title;
  private final List<ChartAxis> axes;
  private final List<Series> series;
  private final Optional<HeatMap> cells;
  private final int width;
  private final int height;
  private final boolean square;

  private Chart(
      String title,
      List<ChartAxis> axes,
      List<Series> series,
      Optional<HeatMap> cells,
      int width,
      int height,
      boolean square) {
    this.title = Objects.requireNonNull(title);
    this.axes = List.copyOf(axes);
    this.series = List.copyOf(series);
    this.cells = cells;
    this.width = width;
    this.height = height;
    this.square = square;
  }

  /** {@return an empty chart with this title, which may be empty} */
  public static Chart of(String title) {
    return new Chart(
        title,
        Collections.nCopies(3, ChartAxis.PLAIN),
        List.of(),
        Optional.empty(),
        Theme.WIDTH,
        Theme.HEIGHT,
        false);
  }

  /** {@return this chart with a name on the horizontal axis} */
  public Chart xAxis(String name) {
    return withAxis(0, axes.get(0).named(name));
  }

  /** {@return this chart with a name and a unit on the horizontal axis: {@code t (years)}} */
  public Chart xAxis(String name, String unit) {
    return withAxis(0, axes.get(0).named(withUnit(name, unit)));
  }

  /** {@return this chart with a name on the vertical axis} */
  public Chart yAxis(String name) {
    return withAxis(1, axes.get(1).named(name));
  }

  /** {@return this chart with a name and a unit on the vertical axis} */
  public Chart yAxis(String name, String unit) {
    return withAxis(1, axes.get(1).named(withUnit(name, unit)));
  }

  /** {@return this chart with a name on the third axis, for {@link #line3d}} */
  public Chart zAxis(String name) {
    return withAxis(2, axes.get(2).named(name));
  }

  /** {@return this chart with a logarithmic horizontal axis} */
  public Chart logX() {
    return withAxis(0, axes.get(0).logarithmic());
  }

  /** {@return this chart with a logarithmic vertical axis} */
  public Chart logY() {
    return withAxis(1, axes.get(1).logarithmic());
  }

  /** {@return this chart with the horizontal axis from {@code low} to {@code high}} */
  public Chart xRange(double low, double high) {
    return withAxis(0, axes.get(0).over(low, high));
  }

  /** {@return this chart with the vertical axis from {@code low} to {@code high}} */
  public Chart yRange(double low, double high) {
    return withAxis(1, axes.get(1).over(low, high));
  }

  /** {@return this chart with one unit of x as long as one unit of y, for phase portraits} */
  public Chart square() {
    return new Chart(title, axes, series, cells, width, height, true);
  }

  /** {@return this chart in another size, in pixels} */
  public Chart withSize(int width, int height) {
    if (width < 200 || height < 150) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "A chart needs at least 200 x 150 pixels, got %s x %s.", width, height));
    }
    return new Chart(title, axes, series, cells, width, height, square);
  }

  /** {@return this chart with another title} */
  public Chart withTitle(String title) {
    return new Chart(title, axes, series, cells, width, height, square);
  }

  /** {@return this chart with a line through the points; a NaN leaves a gap} */
  public Chart line(String name, double[] x, double[] y) {
    double[][] line = Thinning.line(x, y);
    return with(name, line[0], line[1], null, Series.Look.LINE);
  }

  /** {@return this chart with a dashed line} */
  public Chart dashed(String name, double[] x, double[] y) {
    double[][] line = Thinning.line(x, y);
    return with(name, line[0], line[1], null, Series.Look.DASHED);
  }

  /** {@return this chart with unconnected points, as for data} */
  public Chart points(String name, double[] x, double[] y) {
    return with(name, x, y, null, Series.Look.POINTS);
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

  /**
   * {@return this chart with a colour for each pair of x and y, below its lines}
   *
   * @param name what the colours show
   * @param x the middle of each column
   * @param y the middle of each row, the lowest first
   * @param z the values by row and column; NaN leaves a cell empty
   */
  public Chart heatMap(String name, double[] x, double[] y, double[][] z) {
    HeatMap map = new HeatMap(name, x, y, z);
    return new Chart(title, axes, series, Optional.of(map), width, height, square);
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
    if (series.isEmpty()) {
      throw new IllegalStateException(
          "Add a line or points first: %s changes the last one.".formatted(what));
    }
    List<Series> changed = new ArrayList<>(series);
    changed.set(series.size() - 1, change.apply(series.getLast()));
    return new Chart(title, axes, changed, cells, width, height, square);
  }

  /** {@return the tablesaw-jsplot figure, which the kernel shows as the value of a cell} */
  public Figure figure() {
    return ChartFigure.of(this);
  }

  /** {@return the forms of {@link #figure()} that go into a notebook} */
  public MimeBundle bundle() {
    return Figures.bundle(themed());
  }

  /** {@return the chart as a complete SVG document, to save in a file} */
  public String svg() {
    return SvgFigure.of(themed());
  }

  private ObjectNode themed() {
    ObjectNode json = ChartJson.of(this);
    Theme.apply(json);
    return json;
  }

  @Override
  public String toString() {
    return bundle().text();
  }

  String title() {
    return title;
  }

  ChartAxis axis(int index) {
    return axes.get(index);
  }

  List<Series> series() {
    return series;
  }

  Optional<HeatMap> cells() {
    return cells;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean isSpatial() {
    return !series.isEmpty() && series.getFirst().spatial();
  }

  boolean isSquare() {
    return square;
  }

  private Chart with(String name, double[] x, double[] y, double[] z, Series.Look look) {
    int colour = 1 + series.stream().mapToInt(Series::colour).max().orElse(-1);
    Series added = new Series(name, x, y, z, look, colour, Optional.empty(), true);
    if (!series.isEmpty() && series.getFirst().spatial() != added.spatial()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Series '%s' has %s axes, but this chart has %s. Start a new chart for it.",
              name,
              added.spatial() ? 3 : 2,
              added.spatial() ? 2 : 3));
    }
    List<Series> all = new ArrayList<>(series);
    all.add(added);
    return new Chart(title, axes, all, cells, width, height, square);
  }

  private Chart withAxis(int index, ChartAxis axis) {
    List<ChartAxis> changed = new ArrayList<>(axes);
    changed.set(index, axis);
    return new Chart(title, changed, series, cells, width, height, square);
  }

  private static String withUnit(String name, String unit) {
    return unit.isBlank() ? name : name + " (" + unit + ")";
  }
}
