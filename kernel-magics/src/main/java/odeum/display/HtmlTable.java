package odeum.display;

import java.util.List;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;

/** A table for front ends that draw one, with the same table as text. */
public final class HtmlTable {
  private static final String HTML = "text/html";

  private HtmlTable() {}

  /**
   * {@return a table as an output}
   *
   * @param caption a line above it, or empty
   */
  public static MimeBundle bundle(String caption, TextTable table) {
    String text = caption.isEmpty() ? table.text() : caption + "\n" + table.text();
    return MimeBundle.of(text).with(HTML, html(caption, table));
  }

  /**
   * {@return a table as an output, with other text where no table can be drawn}
   *
   * @param text all of it as plain text
   * @param below lines below the drawn table, or empty
   */
  public static MimeBundle bundle(String text, TextTable table, String below) {
    return MimeBundle.of(text).with(HTML, html("", table, below));
  }

  /** {@return a table with lines of text below it, which may be empty} */
  public static MimeBundle below(MimeBundle table, String text) {
    return text.isEmpty()
        ? table
        : table
            .with(MimeBundle.TEXT, table.text() + "\n" + text)
            .with(HTML, table.data().get(HTML) + lines(text));
  }

  static String html(String caption, TextTable table) {
    return html(caption, table, "");
  }

  private static String html(String caption, TextTable table, String below) {
    StringBuilder html = new StringBuilder("<div>");
    html.append(lines(caption));
    html.append("<table>");
    if (!table.head().stream().allMatch(String::isEmpty)) {
      html.append("<thead>").append(row("th", table.head(), table)).append("</thead>");
    }
    html.append("<tbody>");
    table.rows().forEach(cells -> html.append(row("td", cells, table)));
    html.append("</tbody></table>").append(lines(below));
    return html.append("</div>").toString();
  }

  private static String lines(String text) {
    return text.isEmpty() ? "" : "<div>" + escaped(text).replace("\n", "<br>") + "</div>";
  }

  private static String row(String tag, List<String> cells, TextTable table) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String side = table.isNumeric(i) ? "right" : "left";
      row.append(
          "<%s style=\"text-align: %s\">%s</%s>".formatted(tag, side, escaped(cells.get(i)), tag));
    }
    return row.append("</tr>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
