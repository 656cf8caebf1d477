package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.TickSettings;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ContourTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.Histogram2DTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.Scatter3DTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;
import tech.tablesaw.plotly.traces.ViolinTrace;

class PlotlyJsonTest {
  private static final double[] X = {1, 2.5e-300, Double.NaN, 1e20};
  private static final double[] Y = {-1, 2, Double.POSITIVE_INFINITY, 0.1};

  static Stream<Arguments> traces() {
    Object[] names = {"a", "a", "b"};
    double[] values = {1, 2, 3};
    return Stream.of(
        Arguments.of("scatter", ScatterTrace.builder(X, Y).build(), "x"),
        Arguments.of("scatter3d", Scatter3DTrace.builder(X, X, Y).build(), "z"),
        Arguments.of("bar", BarTrace.builder(names, values).build(), "y"),
        Arguments.of("histogram", HistogramTrace.builder(X).build(), "x"),
        Arguments.of("histogram2d", Histogram2DTrace.builder(X, Y).build(), "x"),
        Arguments.of("box", SampleFigures.box(), "y"),
        Arguments.of("violin", ViolinTrace.builder(names, values).build(), "y"),
        Arguments.of("pie", SampleFigures.pie(), "values"),
        Arguments.of("contour", ContourTrace.builder(names, names, new double[3][3]).build(), "z"),
        Arguments.of("heatmap", HeatmapTrace.builder(names, names, new double[3][3]).build(), "z"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void everyTraceTypeIsReadWithNumbersAsNumbers(String type, Trace trace, String data) {
    JsonNode json = PlotlyJson.of(new Figure(trace)).at("/data/0");
    assertEquals(type, json.path("type").asText());
    JsonNode values = json.get(data).get(0).isArray() ? json.get(data).get(0) : json.get(data);
    assertTrue(values.size() > 1);
    for (JsonNode value : values) {
      assertTrue(value.isNumber() || value.isNull(), () -> value + " in " + values);
    }
  }

  @Test
  void valuesKeepTheirBitsAndMissingOnesAreNull() {
    JsonNode trace = PlotlyJson.of(new Figure(ScatterTrace.builder(X, Y).build())).at("/data/0");
    assertEquals("[1.0,2.5E-300,null,1.0E20]", trace.get("x").toString());
    assertEquals("[-1.0,2.0,null,0.1]", trace.get("y").toString());
  }

  @Test
  void categoriesStayTextEvenWhenOneLooksLikeANumber() {
    Trace bars = BarTrace.builder(new Object[] {"1", "1d", "it's"}, new double[] {1, 2, 3}).build();
    assertEquals(
        "[\"1\",\"1d\",\"it's\"]", PlotlyJson.of(new Figure(bars)).at("/data/0/x").toString());
  }

  @Test
  void textsArriveAsTheyWereTyped() {
    String text = "it's <b> \"q\" & a/b \\theta \\u \\n α\nsecond line &#39;";
    Figure figure =
        new Figure(
            Layout.builder(text, text, text).build(),
            ScatterTrace.builder(X, Y).name(text).build());
    JsonNode json = PlotlyJson.of(figure);
    assertEquals(text, json.at("/layout/title/text").asText());
    assertEquals(text, json.at("/layout/xaxis/title/text").asText());
    assertEquals(text, json.at("/data/0/name").asText());
  }

  @Test
  void oldNamesBecomeThoseOfPlotly3() {
    Axis axis =
        Axis.builder()
            .title("t")
            .range(1, 2)
            .autoRange(Axis.AutoRange.FALSE)
            .tickSettings(TickSettings.builder().nTicks(3).build())
            .build();
    Figure figure =
        new Figure(
            Layout.builder().xAxis(axis).build(),
            Scatter3DTrace.builder(X, X, Y).mode(Scatter3DTrace.Mode.LINE).build(),
            HistogramTrace.builder(X).build());
    JsonNode json = PlotlyJson.of(figure);
    assertEquals("lines", json.at("/data/0/mode").asText());
    assertEquals("[1.0,2.0]", json.at("/layout/xaxis/range").toString());
    assertTrue(json.at("/layout/xaxis/autorange").isBoolean());
    assertFalse(json.at("/layout/xaxis").has("tickmode"), "linear ticks without a step");
    assertTrue(json.at("/layout/xaxis/nticks").isNumber());
    assertFalse(json.at("/data/1").has("nbinsx"), "0 bins means: not asked for");
    assertFalse(json.at("/data/1").has("histnorm"));
  }

  @Test
  void whatIsNoObjectIsRefusedInOneLine() {
    var none = assertThrows(IllegalArgumentException.class, () -> JsLiteral.parse("alert(1)"));
    assertTrue(none.getMessage().contains("alert(1)"));
    var broken = assertThrows(IllegalArgumentException.class, () -> JsLiteral.parse("{a: [1, }"));
    assertFalse(broken.getMessage().contains("\n"), broken.getMessage());
  }
}
