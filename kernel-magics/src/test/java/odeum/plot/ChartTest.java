package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.plotly.components.Figure;

class ChartTest {
  private static final double[] T = {0, 1, 2};

  @Test
  void chartsAreValuesThatCopyTheirNumbers() {
    double[] y = {1, 2, 3};
    Chart base = Chart.of("a").xAxis("t", "years").line("y", T, y);
    String before = Figures.svg(base.figure());
    y[1] = 100;
    base.line("z", T, y).logY().withTitle("b");
    assertEquals(before, Figures.svg(base.figure()));
  }

  @Test
  void axesCarryNamesUnitsAndLogarithmicRanges() {
    Chart chart =
        Chart.of("").xAxis("t", "years").yAxis("N").logY().yRange(1, 1000).line("y", T, T);
    Map<?, ?> layout = layout(chart);
    assertEquals("t (years)", at(layout, "xaxis", "title", "text"));
    assertEquals("log", at(layout, "yaxis", "type"));
    assertEquals(List.of(0.0, 3.0), at(layout, "yaxis", "range"));
  }

  @Test
  void logarithmicAxesAreMarkedAtRoundNumbers() {
    Chart chart = Chart.of("").logY().yRange(7, 500).line("y", T, T);
    assertEquals("D2", at(layout(chart), "yaxis", "dtick"));
    assertEquals(1.0, number(at(layout(chart.yRange(1, 5000)), "yaxis", "dtick")));
    assertFalse(((Map<?, ?>) layout(chart.yRange(20, 80)).get("yaxis")).containsKey("dtick"));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void aHeatMapHasARowForEachY() {
    double[][] z = {{1, 2, 3}, {4, 5, 6}};
    Chart chart = Chart.of("").heatMap("u", T, new double[] {7, 8}, z).line("path", T, T);
    z[0][0] = 100;
    Map<?, ?> trace = trace(chart.bundle());
    assertEquals("heatmap", trace.get("type"));
    assertEquals(List.of(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)), trace.get("z"));
    assertEquals("Viridis", trace.get("colorscale"));
    assertEquals("Figure: 1 heat map and 1 line (u, path)", chart.toString());
    assertEquals(
        "Heat map 'v' needs 3 rows of 3 values, one for each y and x.",
        assertThrows(IllegalArgumentException.class, () -> chart.heatMap("v", T, T, z))
            .getMessage());
  }

  @Test
  void manyPointsAreSmall() {
    double[] many = new double[200];
    Chart chart = Chart.of("").points("", many, many);
    assertEquals(4.0, number(at(trace(chart.bundle()), "marker", "size")));
    assertEquals(4.0, number(at(trace(Figures.bundle(chart.figure())), "marker", "size")));
    assertEquals(7.0, number(at(trace(Chart.of("").points("", T, T).bundle()), "marker", "size")));
  }

  private static Map<?, ?> trace(MimeBundle bundle) {
    Map<?, ?> json = (Map<?, ?>) bundle.data().get(MimeBundle.PLOTLY);
    return (Map<?, ?>) ((List<?>) json.get("data")).getFirst();
  }

  @Test
  void squareChartsTieTheAxes() {
    Map<?, ?> layout = layout(Chart.of("").square().line("", T, T));
    assertEquals("x", at(layout, "yaxis", "scaleanchor"));
    assertEquals("domain", at(layout, "xaxis", "constrain"));
  }

  @Test
  void linesInSpaceKeepTheirColourAndNames() {
    Chart chart =
        Chart.of("").zAxis("z").line3d("path", T, T, T).points3d("data", T, T, T).colour(0);
    Map<?, ?> json = (Map<?, ?>) chart.bundle().data().get(MimeBundle.PLOTLY);
    Map<?, ?> trace = (Map<?, ?>) ((List<?>) json.get("data")).get(1);
    assertEquals(Palette.SERIES.getFirst(), at(trace, "marker", "color"));
    assertEquals("z", at(layout(chart), "scene", "zaxis", "title", "text"));
  }

  @Test
  void theShortWayDrawsWhatTheFigureDraws() {
    double[] gap = {1, Double.NaN, 3};
    Chart bars = Chart.of("<a> & b").yAxis("n", "1/s").bars("b'", T, gap).yRange(-1, 5);
    Chart both = Chart.of("").logX().xRange(0.1, 100).lineAndPoints("", T, gap).colour(7);
    List<Chart> charts =
        List.of(
            bars,
            both,
            SampleFigures.fit(),
            SampleFigures.phase(),
            SampleFigures.loss(),
            SampleFigures.many(),
            SampleFigures.space(),
            Chart.of("u").xAxis("t").heatMap("u", T, T, new double[][] {T, gap, {4, 5, 1e-7}}),
            Chart.of(""));
    for (Chart chart : charts) {
      Figure figure = chart.figure();
      assertEquals(chart.bundle(), Figures.bundle(figure));
      MimeBundle far = Figures.bundle(new Figure(figure.getLayout(), figure.getTraces()));
      assertEquals(far.data().get(MimeBundle.SVG), chart.svg());
      assertEquals(far.text(), chart.toString());
      assertContains(
          far.data().get(MimeBundle.PLOTLY), chart.bundle().data().get(MimeBundle.PLOTLY));
    }
  }

  /** jsplot also writes plotly's own defaults, so the short way may hold less, but no other. */
  private static void assertContains(Object far, Object near) {
    switch (near) {
      case Map<?, ?> map -> map.forEach((key, value) -> assertContains(at(far, key), value));
      case List<?> list -> {
        assertEquals(list.size(), ((List<?>) far).size());
        for (int i = 0; i < list.size(); i++) {
          assertContains(((List<?>) far).get(i), list.get(i));
        }
      }
      case null, default -> assertEquals(far, near);
    }
  }

  private static Object at(Object tree, Object key) {
    return ((Map<?, ?>) tree).get(key);
  }

  @Test
  void misuseSaysWhatToDo() {
    assertEquals(
        "Series 'x' has 3 x values but 2 y values. Give one for each point.",
        message(() -> Chart.of("").line("x", T, new double[2])));
    assertEquals(
        "Series 'p' has 3 axes, but this chart has 2. Start a new chart for it.",
        message(() -> Chart.of("").line("x", T, T).line3d("p", T, T, T)));
    assertTrue(message(() -> Chart.of("").xRange(2, 1)).contains("2.0 to 1.0"));
    assertTrue(message(() -> Chart.of("").withSize(10, 10)).contains("10 x 10"));
    assertTrue(message(() -> Chart.of("").logX().xRange(0, 1)).contains("logarithmic"));
    assertThrows(IllegalStateException.class, () -> Chart.of("").colour(1));
  }

  @Test
  void coloursReadOnWhiteAndOnBlack() {
    for (String background : List.of("#ffffff", "#111111")) {
      assertTrue(contrast(Palette.TEXT, background) > 4.2, background);
      for (String colour : Palette.SERIES.subList(0, 3)) {
        assertTrue(contrast(colour, background) > 3, colour + " on " + background);
      }
      for (String colour : Palette.SERIES) {
        assertTrue(contrast(colour, background) > 2.2, colour + " on " + background);
      }
    }
  }

  private static String message(Runnable misuse) {
    return assertThrows(IllegalArgumentException.class, misuse::run).getMessage();
  }

  private static Map<?, ?> layout(Chart chart) {
    return (Map<?, ?>) ((Map<?, ?>) chart.bundle().data().get(MimeBundle.PLOTLY)).get("layout");
  }

  private static Object at(Map<?, ?> tree, String... path) {
    Object node = tree;
    for (String name : path) {
      node = ((Map<?, ?>) node).get(name);
    }
    return node;
  }

  /** WCAG 2.2, success criterion 1.4.3. */
  private static double contrast(String a, String b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour, 2 * i + 1, 2 * i + 3, 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
