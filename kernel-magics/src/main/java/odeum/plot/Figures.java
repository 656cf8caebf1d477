package odeum.plot;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
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
    ObjectNode json = json(figure);
    Map<String, Object> forms = new LinkedHashMap<>();
    forms.put(
        MimeBundle.PLOTLY,
        JsLiteral.MAPPER.convertValue(json, new TypeReference<Map<String, Object>>() {}));
    forms.put(MimeBundle.SVG, SvgFigure.of(json));
    forms.put(MimeBundle.TEXT, Caption.of(json));
    return new MimeBundle(forms);
  }

  /** {@return the figure as a complete SVG document, to save in a file} */
  public static String svg(Figure figure) {
    return SvgFigure.of(json(figure));
  }

  private static ObjectNode json(Figure figure) {
    ObjectNode json = PlotlyJson.of(figure);
    Theme.apply(json);
    return json;
  }
}
