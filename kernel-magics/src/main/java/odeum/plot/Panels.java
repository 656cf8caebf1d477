package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;

/**
 * Charts side by side as one figure, each under its own title: an immutable value.
 *
 * <pre>{@code
 * Panels.of("before and after", Chart.of("before")…, Chart.of("after")…).figure()
 * }</pre>
 */
public final class Panels {
  private static final int MOST_COLUMNS = 3;
  private static final int ALONE = 640;
  private static final int TWO = 430;
  private static final int THREE = 290;
  private static final int HEIGHT = 340;
  private static final int HEADING = 38;
  private static final double SMALL = 14;

  /** The pixels of a legend's entry without its name, and those left of a plot. */
  private static final double ENTRY = 54;

  private static final double LABELS = 80;
  private static final int MOST_ROWS = 4;

  private final String title;
  private final boolean plain;
  private final List<Chart> charts;
  private final int columns;

  private Panels(String title, boolean plain, List<Chart> charts, int columns) {
    this.title = title;
    this.plain = plain;
    this.charts = List.copyOf(charts);
    this.columns = columns;
  }

  /** {@return the charts from left to right under one title, in rows of three at most} */
  public static Panels of(String title, Chart... charts) {
    return of(title, List.of(charts));
  }

  /** {@return the charts from left to right under one title, in rows of three at most} */
  public static Panels of(String title, List<Chart> charts) {
    if (charts.isEmpty()) {
      throw new IllegalArgumentException("A figure of charts side by side needs a chart.");
    }
    return new Panels(title, false, charts, Math.min(charts.size(), MOST_COLUMNS));
  }

  /** {@return the charts in rows of so many} */
  public Panels columns(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("A row needs at least one chart, got " + most + ".");
    }
    return new Panels(title, plain, charts, Math.min(most, charts.size()));
  }

  /** {@return the same with the title as a line of fixed width, as for progress} */
  public Panels plainTitle() {
    return new Panels(title, true, charts, columns);
  }

  /** {@return all as one tablesaw-jsplot figure, which the kernel shows as the value of a cell} */
  public Figure figure() {
    Layout layout = Layout.builder(Markup.literal(title)).width(width()).height(height()).build();
    return new DrawnFigure(
        new Drawing() {
          @Override
          public MimeBundle bundle(Optional<Theme> theme) {
            return theme.map(Panels.this::withTheme).orElse(Panels.this).bundle();
          }

          @Override
          public String svg() {
            return Panels.this.svg();
          }
        },
        layout);
  }

  /** {@return the forms of {@link #figure()} that go into a notebook} */
  public MimeBundle bundle() {
    return Figures.bundle(json(), svg(), toString());
  }

  /** {@return all as a complete SVG document, to save in a file} */
  public String svg() {
    Theme theme = charts.getFirst().theme();
    ObjectNode layout = JsLiteral.MAPPER.createObjectNode();
    layout.putObject("font").put("color", theme.text());
    SvgDocument svg = new SvgDocument();
    Attributes root = SvgFigure.root(width(), height(), toString(), layout);
    svg.open("svg", root.and("style", SvgFigure.FITTING));
    if (theme != Theme.AUTO) {
      svg.rectangle(0, 0, width(), height(), Paint.of(theme.ground()).fill());
    }
    Attributes look =
        plain
            ? Attributes.of("font-size", SvgFigure.LABEL).and("font-family", "monospace")
            : Attributes.of("font-size", 16.0).and("font-weight", 600);
    svg.text(plain ? title : TextWidth.cut(title, 16 * SvgFigure.BOLD, width() - 32), 16, 24, look);
    List<ObjectNode> panels = panels();
    for (int i = 0; i < panels.size(); i++) {
      String place = "translate(" + SvgDocument.point(left(i), top(i)) + ")";
      svg.nested(Attributes.of("transform", place), SvgFigure.of(panels.get(i), Attributes.NONE));
    }
    return svg.close().toString();
  }

  /** {@return the title and what each chart shows} */
  @Override
  public String toString() {
    if (plain) {
      return title;
    }
    List<String> each = charts.stream().map(c -> c.toString().replace("Figure: ", "")).toList();
    String heading = title.isEmpty() ? "" : title + ": ";
    return "Figure: " + heading + charts.size() + " charts (" + String.join("; ", each) + ")";
  }

  private Panels withTheme(Theme theme) {
    List<Chart> themed = charts.stream().map(chart -> chart.withTheme(theme)).toList();
    return new Panels(title, plain, themed, columns);
  }

  private int panelWidth() {
    return columns == 1 ? ALONE : columns == 2 ? TWO : THREE;
  }

  private int width() {
    return columns * panelWidth();
  }

  private int height() {
    return heading() + Math.ceilDiv(charts.size(), columns) * HEIGHT;
  }

  private int heading() {
    return title.isEmpty() ? 0 : HEADING;
  }

  private int left(int index) {
    return index % columns * panelWidth();
  }

  private int top(int index) {
    return heading() + index / columns * HEIGHT;
  }

  /** The charts in the size of a panel, with their legends below and smaller titles. */
  private List<ObjectNode> panels() {
    List<ObjectNode> panels = new ArrayList<>();
    for (Chart chart : charts) {
      ObjectNode json = ChartJson.of(chart.withSize(panelWidth(), HEIGHT));
      ObjectNode layout = (ObjectNode) json.get("layout");
      layout.putObject("legend").put("orientation", legend(chart));
      Styling.child(Styling.child(layout, "title"), "font").put("size", SMALL);
      Styling.apply(json, chart.theme());
      Slim.apply(json, charts.size());
      panels.add(json);
    }
    return panels;
  }

  /** Below the chart where it takes a row or a few, else beside it. */
  private String legend(Chart chart) {
    List<Series> listed = chart.series().stream().filter(Series::listed).toList();
    double row = listed.stream().mapToDouble(s -> ENTRY + TextWidth.of(s.name(), 12)).sum();
    return listed.size() <= MOST_ROWS || row < panelWidth() - LABELS ? "h" : "v";
  }

  private ObjectNode json() {
    List<ObjectNode> panels = panels();
    ObjectNode figure = JsLiteral.MAPPER.createObjectNode();
    ArrayNode data = figure.putArray("data");
    ObjectNode layout = figure.putObject("layout");
    for (Map.Entry<String, JsonNode> entry : panels.getFirst().get("layout").properties()) {
      if (!entry
          .getKey()
          .matches("[xy]axis|scene|legend|showlegend|title|annotations|margin|barmode")) {
        layout.set(entry.getKey(), entry.getValue());
      }
    }
    layout.put("width", width()).put("height", height()).put("showlegend", true);
    layout.put("barmode", hasHistogram() ? "overlay" : "group");
    layout.putObject("margin").put("l", 0).put("r", 0).put("t", 0).put("b", 0);
    heading(layout);
    for (int i = 0; i < panels.size(); i++) {
      new PanelJson(panels.get(i), i, left(i), top(i), width(), height()).into(layout, data);
    }
    figure.set("config", panels.getFirst().get("config"));
    return figure;
  }

  /** The mode is one for all charts; bars of one series look the same in both. */
  private boolean hasHistogram() {
    return charts.stream()
        .flatMap(chart -> chart.series().stream())
        .anyMatch(series -> series.look() == Series.Look.HISTOGRAM);
  }

  private void heading(ObjectNode layout) {
    ObjectNode text = layout.putObject("title");
    if (title.isEmpty()) {
      return;
    }
    text.put("text", Markup.literal(title)).put("xref", "container").put("yref", "container");
    text.put("x", 16.0 / width()).put("xanchor", "left");
    text.put("y", 1 - 20.0 / height()).put("yanchor", "middle");
    ObjectNode font = text.putObject("font");
    font.put("size", plain ? SvgFigure.LABEL : 16.0).put("weight", plain ? 400 : 600);
    if (plain) {
      font.put("family", "monospace");
    }
  }
}
