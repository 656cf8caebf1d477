package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tech.tablesaw.plotly.components.Figure;

/** No text of a figure covers another one, and none is cut off at the edge. */
class FigureTextsTest {
  private static final Pattern MOVED = Pattern.compile("translate\\(([-\\d.]+)[ ,]([-\\d.]+)\\).*");

  /** Where a text stands, by its estimated width. */
  private record Box(String text, double left, double right, double top, double bottom) {
    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  private static final Map<String, Figure> SAMPLES = SampleFigures.all();

  static Stream<String> names() {
    return SAMPLES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void textsKeepApartAndInside(String name) throws Exception {
    Element svg = FiguresTest.parsed(Figures.svg(SAMPLES.get(name)));
    List<Box> boxes = new ArrayList<>();
    collect(svg, 0, 0, 12, "start", boxes);
    assertTrue(boxes.size() >= 1, "texts of " + name);
    double width = Double.parseDouble(svg.getAttribute("width"));
    double height = Double.parseDouble(svg.getAttribute("height"));
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertTrue(box.left >= 0 && box.right <= width + 1, () -> "cut off: " + box);
      assertTrue(box.top >= 0 && box.bottom <= height + 1, () -> "cut off: " + box);
      for (Box other : boxes.subList(0, i)) {
        assertTrue(!box.overlaps(other), () -> box + " covers " + other);
      }
    }
  }

  private static void collect(
      Element element, double x, double y, double size, String anchor, List<Box> boxes) {
    double ownSize = number(element, "font-size", size);
    String ownAnchor =
        element.hasAttribute("text-anchor") ? element.getAttribute("text-anchor") : anchor;
    Matcher moved = MOVED.matcher(element.getAttribute("transform"));
    double left = x;
    double top = y;
    if (moved.matches()) {
      left += Double.parseDouble(moved.group(1));
      top += Double.parseDouble(moved.group(2));
    }
    if (element.getTagName().equals("text")) {
      boxes.add(box(element, left, top, ownSize, ownAnchor));
    }
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        collect(child, left, top, ownSize, ownAnchor, boxes);
      }
    }
  }

  private static Box box(Element text, double x, double y, double size, String anchor) {
    String content = text.getTextContent();
    double width = TextWidth.of(content, size);
    double above = 0.75 * size;
    double below = 0.2 * size;
    if (text.getAttribute("transform").contains("rotate")) { // the vertical titles, centred
      return new Box(content, x - above, x + below, y - width / 2, y + width / 2);
    }
    double place = x + number(text, "x", 0);
    double down = y + number(text, "y", 0);
    double left =
        switch (anchor) {
          case "middle" -> place - width / 2;
          case "end" -> place - width;
          default -> place;
        };
    return new Box(content, left, left + width, down - above, down + below);
  }

  private static double number(Element element, String attribute, double otherwise) {
    return element.hasAttribute(attribute)
        ? Double.parseDouble(element.getAttribute(attribute))
        : otherwise;
  }
}
