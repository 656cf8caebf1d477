package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return bundle(json(figure));
  }

  static MimeBundle bundle(ObjectNode json) {
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put(MimeBundle.PLOTLY, plain(json));
    forms.put(MimeBundle.SVG, SvgFigure.of(json));
    forms.put(MimeBundle.TEXT, Caption.of(json));
    return new MimeBundle(forms);
  }

  /** {@return the figure as a complete SVG document, to save in a file} */
  public static String svg(Figure figure) {
    return SvgFigure.of(json(figure));
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

  private static ObjectNode json(Figure figure) {
    ObjectNode json = PlotlyJson.of(figure);
    Theme.apply(json);
    return json;
  }
}
