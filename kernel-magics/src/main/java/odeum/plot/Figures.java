package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.plotly.components.Figure;

/**
 * Shows any tablesaw-jsplot {@link Figure} offline: as plotly JSON for JupyterLab, as SVG for
 * GitHub, nbconvert and files, and as one line of text. No HTML, as nbconvert would prefer it to
 * the SVG and jsplot's needs a server; no PNG, as JupyterLab would prefer it to plotly.
 */
public final class Figures {
  private Figures() {}

  /** {@return the figure as {@code application/vnd.plotly.v1+json}, SVG and text} */
  public static MimeBundle bundle(Figure figure) {
    return drawing(figure).bundle(Optional.empty());
  }

  /** {@return the figure for a ground of this kind; what the user coloured keeps its colour} */
  public static MimeBundle bundle(Figure figure, Theme theme) {
    return drawing(figure).bundle(Optional.of(theme));
  }

  /** {@return charts from left to right as one figure, each under its own title} */
  public static Figure row(String title, Chart... charts) {
    return Panels.of(title, charts).figure();
  }

  static MimeBundle bundle(ObjectNode json) {
    return bundle(json, SvgFigure.of(json), Caption.of(json));
  }

  static MimeBundle bundle(ObjectNode json, String svg, String text) {
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put(MimeBundle.PLOTLY, plain(json));
    forms.put(MimeBundle.SVG, svg);
    forms.put(MimeBundle.TEXT, text);
    return new MimeBundle(forms);
  }

  /** {@return the figure as a complete SVG document, to save in a file} */
  public static String svg(Figure figure) {
    return drawing(figure).svg();
  }

  /** Jackson's own conversion loads hundreds of classes for the first figure. */
  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>(node.size());
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    return switch (node.getNodeType()) {
      case NULL, MISSING -> null;
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.numberValue();
      default -> node.asText();
    };
  }

  private static Drawing drawing(Figure figure) {
    if (figure instanceof DrawnFigure drawn && drawn.isAsDrawn()) {
      return drawn.drawing();
    }
    ObjectNode json = PlotlyJson.of(figure);
    return new Drawing() {
      @Override
      public MimeBundle bundle(Optional<Theme> theme) {
        return Figures.bundle(styled(theme.orElse(Theme.AUTO)));
      }

      @Override
      public String svg() {
        return SvgFigure.of(styled(Theme.AUTO));
      }

      private ObjectNode styled(Theme theme) {
        ObjectNode copy = json.deepCopy();
        Styling.apply(copy, theme);
        return copy;
      }
    };
  }
}
