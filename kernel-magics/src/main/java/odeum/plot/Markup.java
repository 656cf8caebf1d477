package odeum.plot;

import java.util.regex.Pattern;

/** The small markup that plotly reads in titles and names. */
final class Markup {
  private static final Pattern TAG =
      Pattern.compile("</?(b|i|u|s|em|strong|sub|sup|span|a)(\\s[^<>]*)?>");
  private static final Pattern BREAK = Pattern.compile("<br\\s*/?>");

  private Markup() {}

  /** {@return the markup that shows this text as it is} */
  static String literal(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** {@return the text without plotly's tags} */
  static String plain(String markup) {
    String text = BREAK.matcher(markup).replaceAll(" ");
    text = TAG.matcher(text).replaceAll("");
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
