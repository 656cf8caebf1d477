package odeum.plot;

import static odeum.plot.SvgDocument.number;
import static odeum.plot.SvgDocument.point;

/** Draws box plots: box, median, whiskers, and points for what lies outside. */
final class SvgBox {
  private static final double FILLED = 0.5;

  private SvgBox() {}

  static void draw(SvgDocument svg, Mark.Boxes boxes, Scale x, Scale y) {
    double half = x.unit() * boxes.spacing() * FILLED / 2;
    svg.group(
        Attributes.of("stroke", boxes.colour())
            .and("stroke-width", 2)
            .and("fill", boxes.colour())
            .and("fill-opacity", 0.5));
    for (int i = 0; i < boxes.places().length; i++) {
      double centre = x.at(boxes.places()[i]);
      Quartiles quartiles = Quartiles.of(boxes.samples()[i]);
      box(svg, quartiles, centre, half, y);
      for (double value : boxes.samples()[i]) {
        if (value < quartiles.low() || value > quartiles.high()) {
          svg.circle(
              centre, y.at(value), 3, Attributes.of("fill-opacity", 1).and("stroke", "none"));
        }
      }
    }
    svg.close();
  }

  private static void box(SvgDocument svg, Quartiles q, double centre, double half, Scale y) {
    double top = Math.min(y.at(q.first()), y.at(q.third()));
    double height = Math.abs(y.at(q.first()) - y.at(q.third()));
    svg.rectangle(centre - half, top, 2 * half, height, Attributes.NONE);
    String across = "h" + number(2 * half);
    String cap = "h" + number(half);
    svg.path(
        "M"
            + point(centre - half, y.at(q.median()))
            + across
            + "M"
            + point(centre, y.at(q.third()))
            + "V"
            + number(y.at(q.high()))
            + "M"
            + point(centre - half / 2, y.at(q.high()))
            + cap
            + "M"
            + point(centre, y.at(q.first()))
            + "V"
            + number(y.at(q.low()))
            + "M"
            + point(centre - half / 2, y.at(q.low()))
            + cap,
        Attributes.NONE);
  }
}
