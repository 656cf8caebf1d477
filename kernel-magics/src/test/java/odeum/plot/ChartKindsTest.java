package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;

/** What each kind of chart draws, in the words of plotly. */
class ChartKindsTest {
  private static final double[] T = {0, 1, 2};

  @Test
  void arrowsPointAlongTheFieldAndSlowOnesAreShorter() {
    double[] at = {0.5, 1, 2, 3};
    double[] none = new double[4];
    double[] speeds = {4, 1, -1, 0};
    Chart chart = Chart.of("").xRange(0, 4).yRange(-1, 1).arrows("f", at, none, speeds, none);
    JsonNode arrows = chart.json().at("/data/0");
    double[] lengths = new double[3];
    for (int i = 0; i < 3; i++) {
      double tail = arrows.at("/x/" + 8 * i).doubleValue();
      double tip = arrows.at("/x/" + (8 * i + 3)).doubleValue();
      lengths[i] = tip - tail;
      assertEquals(at[i], (tip + tail) / 2, 1e-9, "centred");
      assertTrue(arrows.at("/x/" + (8 * i + 7)).isNull(), "a gap");
    }
    assertTrue(lengths[0] >= lengths[1] && lengths[1] > 0);
    assertEquals(lengths[1], -lengths[2], 1e-9);
    assertTrue(arrows.at("/x/24").isNull(), "no arrow where nothing moves");
    assertEquals("vector field", arrows.path("meta").asText());
    assertThrows(IllegalStateException.class, () -> chart.xRange(1, 4).logX().json());
  }

  @Test
  void aContourLiesOnTheLevel() {
    double[] places = IntStream.rangeClosed(-20, 20).mapToDouble(i -> i / 10.0).toArray();
    double[][] z = new double[41][41];
    for (int i = 0; i < 41; i++) {
      for (int k = 0; k < 41; k++) {
        z[i][k] = places[i] * places[i] + places[k] * places[k];
      }
    }
    double[][] line = Contour.lines(places, places, z, 1.5);
    assertEquals(1, DoubleStream.of(line[0]).filter(Double::isNaN).count(), "one closed line");
    assertEquals(line[0][0], line[0][line[0].length - 2]);
    for (int i = 0; i + 1 < line[0].length; i++) {
      assertEquals(1.5, line[0][i] * line[0][i] + line[1][i] * line[1][i], 0.01);
    }
    assertEquals(0, Contour.lines(places, places, z, 100)[0].length);
  }

  @Test
  void aSaddleIsCutIntoTwoLines() {
    double[] ends = {0, 1};
    double[][] lines = Contour.lines(ends, ends, new double[][] {{1, -1}, {-1, 1}}, 0);
    assertEquals(2, DoubleStream.of(lines[0]).filter(Double::isNaN).count());
  }

  @Test
  void histogramsShareTheirBinsAndCountAllValues() {
    double[][] xy = SampleFigures.normal(1000, 1);
    JsonNode json = Chart.of("").histogram("a", xy[0]).histogram("b", xy[1]).json();
    assertEquals(json.at("/data/0/x"), json.at("/data/1/x"));
    for (int i = 0; i < 2; i++) {
      double total = 0;
      for (JsonNode count : json.at("/data/" + i + "/y")) {
        total += count.doubleValue();
      }
      assertEquals(1000, total);
    }
    assertEquals("overlay", json.at("/layout/barmode").asText());
  }

  @Test
  void aDensityIntegratesToOneAndIsHighestWhereThePointsAre() {
    double[][] xy = SampleFigures.normal(4000, 2);
    HeatMap map = Density.of("d", xy[0], xy[1], ChartParts.of("").axes());
    double cell = (map.x()[1] - map.x()[0]) * (map.y()[1] - map.y()[0]);
    double sum = Arrays.stream(map.z()).flatMapToDouble(Arrays::stream).sum();
    assertEquals(1, sum * cell, 0.01);
    // Of both groups, independent normal values of variance 1, in the middle of one: 1/2 * 1/(2
    // pi).
    int column = nearest(map.x(), 0);
    int row = nearest(map.y(), 0);
    assertEquals(0.08, map.z()[row][column], 0.02);
    assertThrows(IllegalArgumentException.class, () -> Chart.of("").density("d", T, new double[2]));
  }

  private static int nearest(double[] values, double wanted) {
    return IntStream.range(0, values.length)
        .reduce(0, (a, b) -> Math.abs(values[b] - wanted) < Math.abs(values[a] - wanted) ? b : a);
  }

  @Test
  void countsOfAGridAreThoseOfThePoints() {
    double[] x = {0, 0.1, 1, 1};
    JsonNode trace = Chart.of("").histogram2d("n", x, x, 2).json().at("/data/0");
    assertEquals("[[2.0,0.0],[0.0,2.0]]", trace.get("z").toString());
    assertEquals("Figure: 1 2-D histogram (n)", Chart.of("").histogram2d("n", x, x, 2).toString());
  }

  @Test
  void valuesOfBothSignsHaveTwoHuesAroundZero() {
    double[][] signed = {{-1, 0, 3}};
    JsonNode trace = Chart.of("").heatMap("u", T, new double[1], signed).json().at("/data/0");
    assertEquals(0, trace.path("zmid").asInt(-1));
    assertEquals(ColourScale.SIGNED.json(), trace.get("colorscale"));
    assertEquals("u", trace.at("/colorbar/title/text").asText());
    String zero = ColourScale.SIGNED.at(0.5);
    String svg = Chart.of("").heatMap("u", T, new double[1], signed).svg();
    assertTrue(svg.contains("fill=\"" + zero + "\""), zero);
    assertTrue(svg.contains("fill=\"" + ColourScale.SIGNED.at(1) + "\""));
  }

  @Test
  void aFunctionNeedsAWindow() {
    Chart chart = Chart.of("").xRange(0, 1);
    assertThrows(IllegalStateException.class, () -> chart.heatMap("f", (x, y) -> x));
    JsonNode trace = chart.yRange(0, 2).heatMap("f", (x, y) -> x + y).json().at("/data/0");
    assertEquals(0.005 + 0.0125, trace.at("/z/0/0").doubleValue(), 1e-3);
  }

  @Test
  void regionsAreFaintColoursOfTheirClasses() {
    Chart chart = Chart.of("").regions("c", T, new double[1], new int[][] {{0, 1, 2}});
    JsonNode trace = chart.points("class 0", T, T).json().at("/data/0");
    assertEquals(Palette.SERIES.get(2), trace.at("/colorscale/5/1").asText());
    assertFalse(trace.get("showscale").booleanValue());
    String svg = chart.svg();
    for (int c = 0; c < 3; c++) {
      assertTrue(svg.contains("fill=\"" + Palette.SERIES.get(c) + "\""));
    }
  }

  @Test
  void barsStandUnderTheirLabels() {
    JsonNode json = Chart.of("").bars("a", List.of("u", "<v>"), new double[] {1, 2}).json();
    assertEquals("[\"u\",\"&lt;v&gt;\"]", json.at("/data/0/x").toString());
    assertTrue(
        Chart.of("")
            .bars("a", List.of("u", "<v>"), new double[] {1, 2})
            .svg()
            .contains("&lt;v&gt;"));
    assertThrows(IllegalArgumentException.class, () -> Chart.of("").bars("a", List.of("u"), T));
  }

  @Test
  void imagesKeepTheirPixels() throws IOException {
    double[][][] pictures = {{{0, 1}, {0.5, Double.NaN}}, {{1, 1}, {1, 1}}};
    JsonNode json = Chart.of("p").images(pictures, "a", "b").json();
    BufferedImage image = decoded(json.at("/data/0/source").asText());
    int zoom = 12;
    int first = image.getHeight() - 2 * zoom;
    assertEquals(0xff000000, image.getRGB(0, first));
    assertEquals(0xffffffff, image.getRGB(2 * zoom - 1, first));
    assertEquals(0xff808080, image.getRGB(0, image.getHeight() - 1));
    assertEquals(0, image.getRGB(zoom, image.getHeight() - 1) >>> 24, "missing is clear");
    assertEquals("b", json.at("/layout/annotations/1/text").asText());
    assertEquals("Figure: p, 1 grid of 2 images", Chart.of("p").images(pictures).toString());
    assertThrows(IllegalArgumentException.class, () -> Chart.of("").images(pictures, "one label"));
    assertThrows(IllegalArgumentException.class, () -> Chart.of("").images(new double[0][][]));
  }

  private static BufferedImage decoded(String uri) throws IOException {
    byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void largeMapsAreOnePictureInTheSvg() throws IOException {
    String svg = SampleFigures.spaceTime().svg();
    int at = svg.indexOf("data:image/png");
    BufferedImage image = decoded(svg.substring(at, svg.indexOf('"', at)));
    assertEquals(120, image.getWidth());
    assertEquals(64, image.getHeight());
    int top =
        image.getRGB(0, 64 - 17) & 0xffffff; // a quarter from below, at the start: the maximum
    assertTrue(Math.abs(top - Integer.parseInt("6e3000", 16)) < 0x20000, Integer.toHexString(top));
  }

  @Test
  void chartsSideBySideKeepTheirAxesAndLegends() {
    Chart left = Chart.of("l").xAxis("a").line("p", T, T).line("q", T, T);
    Chart right = Chart.of("r").xAxis("b").line3d("s", T, T, T);
    Figure row = Figures.row("both", left, right);
    MimeBundle bundle = Figures.bundle(row);
    assertEquals(
        "Figure: both: 2 charts (l, 2 lines over a (p, q); r, 1 3-D line (s))", bundle.text());
    JsonNode json = JsLiteral.MAPPER.valueToTree(bundle.data().get(MimeBundle.PLOTLY));
    assertEquals("a", json.at("/layout/xaxis/title/text").asText());
    assertEquals("scene2", json.at("/data/2/scene").asText());
    assertTrue(json.at("/data/0/showlegend").booleanValue());
    assertFalse(json.at("/data/2/showlegend").booleanValue());
    double end = json.at("/layout/xaxis/domain/1").doubleValue();
    assertTrue(end < json.at("/layout/scene2/domain/x/0").doubleValue());
    assertThrows(IllegalArgumentException.class, () -> Figures.row("none"));
  }

  @Test
  void aFigureThatIsChangedIsShownAsChanged() {
    Figure figure = Chart.of("before").line("x", T, T).figure();
    figure.setLayout(Layout.builder("after").build());
    assertEquals("Figure: after, 1 line (x)", Figures.bundle(figure).text());
  }

  @Test
  void themesColourTextAndGround() {
    Chart chart = Chart.of("t").line("x", T, T);
    assertTrue(chart.withTheme(Theme.DARK).svg().contains("fill=\"#111111\""));
    assertFalse(chart.svg().contains("#111111"));
    MimeBundle light = Figures.bundle(chart.figure(), Theme.LIGHT);
    assertEquals(light, chart.withTheme(Theme.LIGHT).bundle());
    Figure plain = new Figure(chart.figure().getLayout(), chart.figure().getTraces());
    String json = Figures.bundle(plain, Theme.LIGHT).data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("paper_bgcolor=#ffffff"), json);
  }

  @Test
  void manyPointsAreFewInTheBundleAndItSaysSo() {
    double[][] xy = SampleFigures.normal(60_000, 9);
    Chart chart = Chart.of("").points("p", xy[0], xy[1]);
    JsonNode trace = chart.json().at("/data/0");
    assertEquals(5000, trace.get("x").size());
    assertEquals("Figure: 1 point series with 5000 of its 60000 points (p)", chart.bundle().text());
  }

  @Test
  void shortDataKeepAllTheirDigits() {
    double[] odd = {0.1234567890123, 1e-9, 3};
    assertEquals(
        "[0.1234567890123,1.0E-9,3.0]",
        Chart.of("").line("x", T, odd).json().at("/data/0/y").toString());
  }

  @Test
  void roomAroundStaysAtZeroAndSetRangesStay() {
    Chart chart = Chart.of("").line("x", T, new double[] {-1, 0, 1}).withRoom(0.5);
    assertEquals(0, chart.xRange()[0]);
    assertEquals(3, chart.xRange()[1]);
    assertEquals(-2, chart.yRange()[0]);
    assertEquals(7, Chart.of("").xRange(5, 7).line("x", T, T).withRoom(0.5).xRange()[1]);
    assertEquals(0, Chart.of("").xRange().length);
  }

  @Test
  void aHeatMapAsksForAllPointsAtOnce() {
    double[] x = {0, 1, 2};
    double[] y = {5, 6};
    Chart chart =
        Chart.of("")
            .heatMap(
                "f",
                x,
                y,
                points ->
                    IntStream.range(0, points.shape().extent(0))
                        .mapToDouble(i -> 10 * points.get(i, 0) + points.get(i, 1))
                        .toArray());
    double[][] z = {{5, 15, 25}, {6, 16, 26}};
    assertEquals(Chart.of("").heatMap("f", x, y, z).json(), chart.json());
    assertThrows(
        IllegalArgumentException.class, () -> Chart.of("").heatMap("f", x, y, points -> x));
  }

  @Test
  void pointsOfAPlaneAreRows() {
    Tensor rows = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
    Chart chart = Chart.of("").points("p", rows);
    Chart columns = Chart.of("").points("p", new double[] {1, 3, 5}, new double[] {2, 4, 6});
    assertEquals(columns.json(), chart.json());
    assertThrows(
        IllegalArgumentException.class, () -> Chart.of("").points("p", Tensor.vector(1, 2)));
  }
}
