package odeum.plot;

import java.util.Arrays;

/** Draws heat maps: a rectangle for each run of equal colours, or one picture when it is large. */
final class SvgCells {
  private static final int MOST_RECTANGLES = 1500;
  private static final double EVEN = 1e-6;

  private final SvgDocument svg;
  private final Mark.Cells cells;
  private final Scale x;
  private final Scale y;

  private SvgCells(SvgDocument svg, Mark.Cells cells, Scale x, Scale y) {
    this.svg = svg;
    this.cells = cells;
    this.x = x;
    this.y = y;
  }

  static void draw(SvgDocument svg, Mark.Cells cells, Scale x, Scale y) {
    new SvgCells(svg, cells, x, y).draw();
  }

  private void draw() {
    long count = (long) cells.z().length * (cells.xEdges().length - 1);
    svg.group(SvgMarks.opacity(cells.opacity()).and("shape-rendering", "crispEdges"));
    if (count > MOST_RECTANGLES && isEven(cells.xEdges()) && isEven(cells.yEdges())) {
      picture();
    } else {
      for (int row = 0; row < cells.z().length; row++) {
        runs(row);
      }
    }
    svg.close();
  }

  private static boolean isEven(double[] edges) {
    double step = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
    for (int i = 1; i < edges.length; i++) {
      if (Math.abs(edges[i] - edges[i - 1] - step) > EVEN * Math.abs(step)) {
        return false;
      }
    }
    return true;
  }

  private void picture() {
    int rows = cells.z().length;
    int columns = cells.xEdges().length - 1;
    double left = x.at(cells.xEdges()[0]);
    double right = x.at(cells.xEdges()[columns]);
    double bottom = y.at(cells.yEdges()[0]);
    double top = y.at(cells.yEdges()[rows]);
    int[] argb = new int[rows * columns];
    for (int row = 0; row < rows; row++) {
      double[] values = cells.z()[top < bottom ? rows - 1 - row : row];
      for (int i = 0; i < columns; i++) {
        argb[row * columns + i] = argb(values[left < right ? i : columns - 1 - i]);
      }
    }
    svg.image(
        Png.uri(columns, rows, argb),
        Math.min(left, right),
        Math.min(top, bottom),
        Math.abs(right - left),
        Math.abs(bottom - top));
  }

  private int argb(double value) {
    String colour = cells.colour(value);
    return colour.equals("none") ? 0 : 0xff000000 | Integer.parseInt(colour.substring(1), 16);
  }

  private void runs(int row) {
    String[] colours = Arrays.stream(cells.z()[row]).mapToObj(cells::colour).toArray(String[]::new);
    int start = 0;
    while (start < colours.length) {
      int end = start + 1;
      while (end < colours.length && colours[end].equals(colours[start])) {
        end++;
      }
      if (!colours[start].equals("none")) {
        cell(row, start, end, colours[start]);
      }
      start = end;
    }
  }

  private void cell(int row, int start, int end, String colour) {
    double x0 = rounded(x.at(cells.xEdges()[start]));
    double x1 = rounded(x.at(cells.xEdges()[end]));
    double y0 = rounded(y.at(cells.yEdges()[row]));
    double y1 = rounded(y.at(cells.yEdges()[row + 1]));
    double corner = Math.min(x0, x1);
    Attributes filled = Attributes.of("fill", colour);
    svg.rectangle(corner, Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0), filled);
  }

  /** As numbers are written, so that a cell ends where the next one begins. */
  private static double rounded(double pixels) {
    return Math.round(pixels * 100) / 100.0;
  }
}
