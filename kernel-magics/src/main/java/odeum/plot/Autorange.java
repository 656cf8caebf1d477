package odeum.plot;

import java.util.List;

/** Chooses the range of an axis from what is drawn, with some room where points would be cut. */
final class Autorange {
  static final double ROOM = 0.05;

  private Autorange() {}

  static Scale x(AxisReader axis, List<Mark> marks) {
    Extent extent = Extent.EMPTY;
    double room = 0;
    boolean map = marks.stream().anyMatch(Mark.Cells.class::isInstance);
    for (Mark mark : marks) {
      extent = extent.and(mark.xExtent());
      boolean roomy =
          switch (mark) {
            case Mark.Band _ -> false;
            case Mark.Curve curve -> curve.dots() != null || !isSorted(curve.x());
            case Mark.Bars _, Mark.Boxes _, Mark.Cells _ -> false;
          };
      room = roomy && !map ? ROOM : room;
    }
    return axis.scale(extent, room, room);
  }

  static Scale y(AxisReader axis, List<Mark> marks) {
    Extent extent = Extent.EMPTY;
    boolean tight = marks.stream().anyMatch(Mark.Cells.class::isInstance);
    boolean onZero = !marks.isEmpty();
    for (Mark mark : marks) {
      extent = extent.and(mark.yExtent());
      onZero &= mark instanceof Mark.Bars;
    }
    double below = tight || onZero && extent.low() == 0 ? 0 : ROOM;
    return axis.scale(extent, below, tight ? 0 : ROOM);
  }

  static boolean isSorted(double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
