package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

class SvgFigureTest {
  private static final double[] T = {0, 1, 2, 3, 4};

  @Test
  void aNanLeavesAGapInTheLine() throws Exception {
    Chart chart = Chart.of("").line("x", T, new double[] {1, 2, Double.NaN, 4, 5});
    String path = curves(chart.figure()).getFirst();
    assertEquals(2, path.chars().filter(c -> c == 'M').count());
    assertEquals(2, path.chars().filter(c -> c == 'L').count());
  }

  @Test
  void logAxesPlaceEqualFactorsEvenlyAndSkipWhatHasNoLogarithm() throws Exception {
    Chart chart = Chart.of("").logY().line("x", T, new double[] {1, 10, 100, 0, 1000});
    String path = curves(chart.figure()).getFirst();
    List<Double> y = new ArrayList<>();
    for (String point : path.substring(1).split("[ML]")) {
      y.add(Double.parseDouble(point.split(" ")[1]));
    }
    assertEquals(4, y.size());
    assertEquals(y.get(0) - y.get(1), y.get(1) - y.get(2), 0.02);
    assertEquals(y.get(1) - y.get(2), y.get(2) - y.get(3), 0.02);
    assertTrue(texts(chart.figure()).containsAll(List.of("1", "10", "10²", "10³")));
  }

  @Test
  void textIsEscapedAndShownAsTyped() throws Exception {
    String text = "a<b & \"c\" \\theta </text><script>alert(1)</script> \u0001";
    Chart chart = Chart.of(text).xAxis("t").line("x'", T, T).line("<i>y</i>", T, T);
    List<String> texts = texts(chart.figure());
    assertTrue(texts.contains("x'") && texts.contains("<i>y</i>"), texts::toString);
    assertTrue(texts.getFirst().startsWith("a<b & \"c\" \\theta </text>"), texts::toString);
    assertFalse(Figures.svg(chart.figure()).contains("<script"));
  }

  @Test
  void legendNamesSeveralSeriesButNotOne() throws Exception {
    Chart one = Chart.of("one").line("only", T, T);
    assertFalse(texts(one.figure()).contains("only"));
    assertTrue(texts(one.points("second", T, T).figure()).containsAll(List.of("only", "second")));
  }

  @Test
  void dashedLinesAndDataShareTheColourAskedFor() throws Exception {
    Element svg =
        svg(
            Chart.of("")
                .points("data", T, T)
                .dashed("fit", T, T)
                .colour(0)
                .line("x", T, T)
                .figure());
    List<Element> strokes = withAttribute(svg, "path", "stroke-linejoin");
    assertEquals(Palette.SERIES.get(0), strokes.get(0).getAttribute("stroke"));
    assertEquals("8 5", strokes.get(0).getAttribute("stroke-dasharray"));
    assertEquals(Palette.SERIES.get(1), strokes.get(1).getAttribute("stroke"));
    assertEquals("", strokes.get(1).getAttribute("stroke-dasharray"));
    List<Element> dots = withAttribute(svg, "circle", "r");
    assertEquals(T.length + 1, dots.size(), "the points and the one in the legend");
    assertEquals(Palette.SERIES.get(0), dots.getFirst().getAttribute("fill"));
  }

  @Test
  void longLinesAreThinnedWithoutLosingASpike() throws Exception {
    int n = 100_000;
    double[] x = IntStream.range(0, n).mapToDouble(i -> i).toArray();
    double[] y = IntStream.range(0, n).mapToDouble(i -> i == 33_333 ? 100 : i % 2).toArray();
    String spiky = curves(Chart.of("").line("y", x, y).figure()).getFirst();
    assertTrue(spiky.chars().filter(c -> c == 'L').count() < 4 * 700);
    double top = highest(spiky);
    assertTrue(
        top < highest(curves(Chart.of("").line("y", x, y).yRange(0, 1000).figure()).getFirst()));
    String circle =
        curves(
                Chart.of("")
                    .line(
                        "c",
                        IntStream.range(0, n).mapToDouble(i -> Math.cos(i / 1e4)).toArray(),
                        IntStream.range(0, n).mapToDouble(i -> Math.sin(i / 1e4)).toArray())
                    .figure())
            .getFirst();
    assertTrue(circle.chars().filter(c -> c == 'L').count() < 8000, "turning back");
  }

  @Test
  void barsStandOnZeroSideBySide() throws Exception {
    Object[] names = {"a", "b"};
    Figure figure =
        new Figure(
            Layout.builder("").build(),
            BarTrace.builder(names, new double[] {2, -1}).build(),
            BarTrace.builder(names, new double[] {4, 2}).build());
    List<Element> bars = new ArrayList<>();
    for (Element rect : withAttribute(svg(figure), "rect", "height")) {
      if (!rect.hasAttribute("fill")) {
        bars.add(rect);
      }
    }
    double height = number(bars.get(0), "height");
    assertEquals(2 * height, number(bars.get(2), "height"), 0.05);
    assertEquals(number(bars.get(0), "y") + height, number(bars.get(1), "y"), 0.05);
    assertTrue(number(bars.get(0), "x") + number(bars.get(0), "width") < number(bars.get(2), "x"));
  }

  @Test
  void heatMapsLeaveMissingCellsEmptyAndPutTheFirstRowBelow() throws Exception {
    Object[] places = {0, 1};
    double[][] z = {{0, Double.NaN}, {1, 2}};
    Element svg = svg(new Figure(HeatmapTrace.builder(places, places, z).build()));
    NodeList inner =
        ((Element) svg.getElementsByTagName("svg").item(0)).getElementsByTagName("rect");
    assertEquals(3, inner.getLength());
    Element first = (Element) inner.item(0);
    assertEquals(Palette.viridis(0), first.getAttribute("fill"));
    assertTrue(number(first, "y") > number((Element) inner.item(1), "y"));
    assertEquals(Palette.viridis(1), ((Element) inner.item(2)).getAttribute("fill"));
  }

  @Test
  void theCellsOfAHeatMapMeet() throws Exception {
    double[] places = new double[37];
    double[][] z = new double[37][37];
    for (int row = 0; row < places.length; row++) {
      places[row] = row;
      for (int column = 0; column < places.length; column++) {
        z[row][column] = row * 100 + column * 3000;
      }
    }
    NodeList cells =
        ((Element)
                svg(Chart.of("").heatMap("z", places, places, z).figure())
                    .getElementsByTagName("svg")
                    .item(0))
            .getElementsByTagName("rect");
    assertEquals(37 * 37, cells.getLength());
    for (int i = 1; i < cells.getLength(); i++) {
      Element cell = (Element) cells.item(i);
      Element left = (Element) cells.item(i - 1);
      if (i % 37 != 0) {
        assertEquals(number(left, "x") + number(left, "width"), number(cell, "x"), 1e-9);
      }
      if (i >= 37) {
        Element below = (Element) cells.item(i - 37);
        assertEquals(number(cell, "y") + number(cell, "height"), number(below, "y"), 1e-9);
      }
    }
  }

  @Test
  void boxesFollowPlotlysQuartiles() {
    assertEquals(
        new Quartiles(1, 1.25, 2, 3.5, 4), Quartiles.of(new double[] {4, 1, 2}), "as plotly shows");
    Quartiles far = Quartiles.of(new double[] {100, 1, 2, 3, 4, 5, 6, 7});
    assertEquals(7, far.high(), "100 is drawn apart");
    assertEquals(new Quartiles(5, 5, 5, 5, 5), Quartiles.of(new double[] {5}));
  }

  @Test
  void linesInSpaceLieInsideThePicture() throws Exception {
    Element svg = svg(SampleFigures.space().figure());
    String path = withAttribute(svg, "path", "stroke-linejoin").getFirst().getAttribute("d");
    for (String point : path.substring(1).split("[ML]")) {
      double x = Double.parseDouble(point.split(" ")[0]);
      double y = Double.parseDouble(point.split(" ")[1]);
      assertTrue(x > 0 && x < 700 && y > 40 && y < 420, point);
    }
    assertTrue(texts(SampleFigures.space().figure()).containsAll(List.of("Lorenz", "x", "y", "z")));
  }

  @Test
  void aPieHasItsLargestSliceFirst() throws Exception {
    List<String> texts = texts(new Figure(SampleFigures.pie()));
    assertEquals(List.of("96%", "4.03%", "accepted", "rejected"), texts);
  }

  @Test
  void whatCannotBeDrawnSaysWhereToLook() throws Exception {
    List<String> texts = texts(JsplotSamples.all().get("tablesaw-candles"));
    assertTrue(texts.contains("This figure (candlestick) is interactive."), texts::toString);
    Figure second = new Figure(ScatterTrace.builder(T, T).yAxis(ScatterTrace.YAxis.Y2).build());
    assertTrue(texts(second).contains("This figure (scatter) is interactive."));
  }

  @Test
  void constantsAndNothingAtAllStillHaveAxes() throws Exception {
    for (double value : new double[] {0, 5, -1e300, Double.NaN, 1e-320}) {
      double[] y = {value, value, value, value, value};
      assertTrue(texts(Chart.of("").line("x", T, y).figure()).size() >= 6);
    }
    assertTrue(texts(Chart.of("nothing").figure()).contains("nothing"));
  }

  private static double highest(String path) {
    double top = Double.POSITIVE_INFINITY;
    for (String point : path.substring(1).split("[ML]")) {
      top = Math.min(top, Double.parseDouble(point.split(" ")[1]));
    }
    return top;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Element svg(Figure figure) throws Exception {
    return FiguresTest.parsed(Figures.svg(figure));
  }

  private static List<String> curves(Figure figure) throws Exception {
    return withAttribute(svg(figure), "path", "stroke-linejoin").stream()
        .map(path -> path.getAttribute("d"))
        .toList();
  }

  private static List<String> texts(Figure figure) throws Exception {
    NodeList nodes = svg(figure).getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static List<Element> withAttribute(Element svg, String tag, String attribute) {
    NodeList nodes = svg.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(element -> element.hasAttribute(attribute))
        .toList();
  }
}
