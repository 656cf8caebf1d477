package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;

/** Charts side by side under one line of text, as a single output. */
final class Panels {
  private static final int WIDTH = 420;

  /** The line of text needs more than one of several panels has. */
  private static final int WIDTH_ALONE = 640;

  private static final int HEIGHT = 340;
  private static final int HEADING = 34;
  private static final double GAP = 0.1;

  private Panels() {}

  /** {@return the charts from left to right; their titles name them, the line stands above} */
  static MimeBundle of(String line, List<Chart> charts) {
    int width = width(charts.size());
    List<MimeBundle> panels =
        charts.stream().map(chart -> chart.withSize(width, HEIGHT).bundle()).toList();
    MimeBundle text = MimeBundle.of(line);
    if (panels.isEmpty()) {
      return text;
    }
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put(MimeBundle.PLOTLY, plotly(line, panels));
    forms.put(MimeBundle.SVG, svg(line, panels));
    forms.putAll(text.data());
    return new MimeBundle(forms);
  }

  private static int width(int panels) {
    return panels == 1 ? WIDTH_ALONE : WIDTH;
  }

  private static String svg(String line, List<MimeBundle> panels) {
    StringBuilder svg = new StringBuilder();
    int step = width(panels.size());
    int width = step * panels.size();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                + " %d\">",
            width,
            HEIGHT + HEADING,
            width,
            HEIGHT + HEADING));
    // A grey that reads on white and on black, as in the charts.
    svg.append(
        "<text x=\"16\" y=\"22\" font-family=\"monospace\" font-size=\"12\" fill=\"#7f7f7f\">");
    svg.append(line.replace("&", "&amp;").replace("<", "&lt;")).append("</text>");
    for (int i = 0; i < panels.size(); i++) {
      svg.append(
          String.format(Locale.ROOT, "<g transform=\"translate(%d %d)\">", i * step, HEADING));
      svg.append((String) panels.get(i).data().get(MimeBundle.SVG)).append("</g>");
    }
    return svg.append("</svg>").toString();
  }

  private static Map<String, Object> plotly(String line, List<MimeBundle> panels) {
    Map<String, Object> first = json(panels.getFirst());
    List<Object> data = new ArrayList<>();
    List<Object> headings = new ArrayList<>();
    Map<String, Object> layout = new LinkedHashMap<>(map(first.get("layout")));
    for (int i = 0; i < panels.size(); i++) {
      Map<String, Object> panel = json(panels.get(i));
      Map<String, Object> source = map(panel.get("layout"));
      String number = i == 0 ? "" : Integer.toString(i + 1);
      List<Double> domain = domain(i, panels.size());
      layout.put("xaxis" + number, axis(source.get("xaxis"), "y" + number, domain));
      layout.put("yaxis" + number, axis(source.get("yaxis"), "x" + number, List.of(0.0, 1.0)));
      headings.add(heading(source, domain));
      List<?> traces = (List<?>) panel.get("data");
      for (Object trace : traces) {
        Map<String, Object> placed = new LinkedHashMap<>(map(trace));
        placed.put("xaxis", "x" + number);
        placed.put("yaxis", "y" + number);
        // One legend for all panels, so only the last one needs it: the fit.
        boolean listed = !Boolean.FALSE.equals(placed.get("showlegend"));
        placed.put("showlegend", listed && i == panels.size() - 1 && traces.size() > 1);
        data.add(placed);
      }
    }
    layout.put("annotations", headings);
    layout.put("width", width(panels.size()) * panels.size());
    layout.put("height", HEIGHT + HEADING);
    layout.put("title", title(layout.get("title"), line));
    Map<String, Object> margin = new LinkedHashMap<>(map(layout.get("margin")));
    margin.put("t", 70);
    layout.put("margin", margin);
    Map<String, Object> figure = new LinkedHashMap<>(first);
    figure.put("data", data);
    figure.put("layout", layout);
    return figure;
  }

  private static List<Double> domain(int index, int count) {
    double width = (1 - GAP * (count - 1)) / count;
    double from = index * (width + GAP);
    return List.of(from, Math.min(1, from + width));
  }

  private static Map<String, Object> axis(Object source, String anchor, List<Double> domain) {
    Map<String, Object> axis = new LinkedHashMap<>(map(source));
    axis.put("anchor", anchor);
    axis.put("domain", domain);
    return axis;
  }

  private static Map<String, Object> heading(Map<String, Object> layout, List<Double> domain) {
    Map<String, Object> heading = new LinkedHashMap<>();
    heading.put("text", map(layout.get("title")).getOrDefault("text", ""));
    heading.put("x", domain.getFirst());
    heading.put("y", 1.0);
    heading.put("xref", "paper");
    heading.put("yref", "paper");
    heading.put("xanchor", "left");
    heading.put("yanchor", "bottom");
    heading.put("showarrow", false);
    return heading;
  }

  private static Map<String, Object> title(Object source, String line) {
    Map<String, Object> title = new LinkedHashMap<>(map(source));
    Map<String, Object> font = new LinkedHashMap<>(map(title.get("font")));
    font.put("size", 12);
    font.put("weight", 400);
    title.put("text", line);
    title.put("font", font);
    return title;
  }

  private static Map<String, Object> json(MimeBundle bundle) {
    return map(bundle.data().get(MimeBundle.PLOTLY));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object json) {
    return json == null ? Map.of() : (Map<String, Object>) json;
  }
}
