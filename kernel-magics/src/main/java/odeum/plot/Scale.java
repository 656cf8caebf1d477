package odeum.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps an axis to pixels.
 *
 * @param kind what the axis shows; on a logarithmic one all values are common logarithms
 * @param low the value at pixel {@code from}
 * @param high the value at pixel {@code to}
 * @param categories the names at 0, 1, 2, ... of a category axis
 */
record Scale(Kind kind, double low, double high, double from, double to, List<String> categories) {
  enum Kind {
    LINEAR,
    LOG,
    CATEGORY
  }

  Scale {
    if (!(low < high)) {
      throw new IllegalArgumentException("A scale needs low < high, got " + low + ", " + high);
    }
    categories = List.copyOf(categories);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  boolean contains(double value) {
    return value >= low && value <= high;
  }

  double pixels() {
    return Math.abs(to - from);
  }

  /** {@return this scale over other pixels, reversed when it was} */
  Scale stretched(double newFrom, double newTo) {
    return from <= to
        ? new Scale(kind, low, high, newFrom, newTo, categories)
        : new Scale(kind, low, high, newTo, newFrom, categories);
  }

  /** {@return the pixels of one unit of the axis} */
  double unit() {
    return pixels() / (high - low);
  }

  /** {@return this scale over fewer pixels, so that one unit is shorter} */
  Scale shrunk(double pixelsPerUnit) {
    double length = (high - low) * pixelsPerUnit;
    double end = from + Math.copySign(length, to - from);
    return new Scale(kind, low, high, from, end, categories);
  }

  /** {@return this scale over the same pixels with a wider range, so that one unit is shorter} */
  Scale widened(double pixelsPerUnit) {
    double half = pixels() / pixelsPerUnit / 2;
    double middle = (low + high) / 2;
    return new Scale(kind, middle - half, middle + half, from, to, categories);
  }

  /** {@return the ticks for labels that each take about {@code room} pixels} */
  List<Ticks.Tick> ticks(double room) {
    return switch (kind) {
      case LINEAR -> Ticks.linear(low, high, (int) Math.clamp(pixels() / room, 4, 9));
      case LOG -> Ticks.logarithmic(low, high);
      case CATEGORY -> categoryTicks(room);
    };
  }

  private List<Ticks.Tick> categoryTicks(double room) {
    int first = Math.max(0, (int) Math.ceil(low));
    int last = Math.min(categories.size() - 1, (int) Math.floor(high));
    double needed = (last - first + 1) * room;
    int every = Math.max(1, (int) Math.ceil(needed / Math.max(1, pixels())));
    List<Ticks.Tick> ticks = new ArrayList<>();
    for (int i = first; i <= last; i += every) {
      ticks.add(new Ticks.Tick(i, categories.get(i)));
    }
    return ticks;
  }

  /** {@return a range around all the values of {@code extent}, never empty} */
  static double[] around(Extent extent, double padBelow, double padAbove) {
    if (extent.isEmpty()) {
      return new double[] {0, 1};
    }
    double span = extent.high() - extent.low();
    double size = Math.max(Math.abs(extent.low()), Math.abs(extent.high()));
    if (span <= size * 1e-12) { // also a constant: 5 becomes 4.5 .. 5.5
      double half = size == 0 ? 1 : size * 0.1;
      return new double[] {extent.low() - half, extent.high() + half};
    }
    return new double[] {extent.low() - span * padBelow, extent.high() + span * padAbove};
  }
}
