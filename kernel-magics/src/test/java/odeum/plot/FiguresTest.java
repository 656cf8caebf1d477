package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.ScatterTrace;

class FiguresTest {
  private static final Map<String, Figure> SAMPLES = SampleFigures.all();

  static Stream<String> names() {
    return SAMPLES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsShownAsPlotlySvgAndTextInThisOrder(String name) throws Exception {
    MimeBundle bundle = Figures.bundle(SAMPLES.get(name));
    assertEquals(
        List.of(MimeBundle.PLOTLY, MimeBundle.SVG, MimeBundle.TEXT),
        List.copyOf(bundle.data().keySet()));
    assertTrue(bundle.text().startsWith("Figure: ") && !bundle.text().contains("\n"));
    String json = JsLiteral.MAPPER.writeValueAsString(bundle.data().get(MimeBundle.PLOTLY));
    assertFalse(json.contains("NaN") || json.contains("Infinity"));
    Element svg = parsed((String) bundle.data().get(MimeBundle.SVG));
    assertTrue(Double.parseDouble(svg.getAttribute("width")) >= 400);
    int size = json.length() + ((String) bundle.data().get(MimeBundle.SVG)).length();
    assertTrue(size < 300_000, "size " + size);
    assertEquals(bundle.text(), svg.getAttribute("aria-label"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsTheSameAgainAndInEveryLocale(String name) {
    MimeBundle first = Figures.bundle(SAMPLES.get(name));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(first, Figures.bundle(SAMPLES.get(name)));
    } finally {
      Locale.setDefault(before);
    }
  }

  /** The browser test puts these files into a notebook. */
  @Test
  void samplesAreWrittenForTheBrowserTest() throws IOException {
    Path directory = Path.of("target", "sample-figures");
    SampleFigures.main(new String[] {directory.toString()});
    for (Map.Entry<String, Figure> sample : SAMPLES.entrySet()) {
      String svg = Files.readString(directory.resolve(sample.getKey() + ".svg"));
      assertEquals(Figures.svg(sample.getValue()), svg);
    }
  }

  @Test
  void captionsSayWhatIsShown() {
    assertEquals("Figure: lotka, 2 lines over t (x, y)", SampleFigures.lotka().bundle().text());
    assertEquals(
        "Figure: Hudson Bay: data and fitted curve, 2 point series and 2 lines over year"
            + " (hare (data), lynx (data), hare, lynx)",
        SampleFigures.fit().bundle().text());
    assertEquals("Figure: empty", Chart.of("").bundle().text());
  }

  @Test
  void whatTheUserSetIsKeptAndTheRestIsThemed() {
    Layout layout = Layout.builder("mine").width(300).height(200).build();
    double[] x = {1, 2};
    Figure figure = new Figure(layout, ScatterTrace.builder(x, x).build());
    Map<?, ?> json = (Map<?, ?>) Figures.bundle(figure).data().get(MimeBundle.PLOTLY);
    Map<?, ?> themed = (Map<?, ?>) json.get("layout");
    assertEquals(300, themed.get("width"));
    assertEquals("rgba(0,0,0,0)", themed.get("paper_bgcolor"));
    assertEquals(Palette.SERIES, themed.get("colorway"));
  }

  static Element parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }
}
