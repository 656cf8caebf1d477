package odeum.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import odeum.tensor.Tensor;

/** Arrays of numbers as text. */
public final class NumberText {
  private static final int LONGEST = 40;
  private static final int ENDS = 5;
  private static final int MOST = 1000;
  private static final int EDGE = 3;
  private static final int MOST_DECIMALS = 6;
  private static final double LARGE = 1e7;
  private static final double SMALL = 1e-4;
  private static final MathContext DIGITS = new MathContext(8);

  private NumberText() {}

  /** {@return all numbers to the bit; a long array shows its ends} */
  public static String of(double[] values) {
    if (values.length <= LONGEST) {
      return Arrays.toString(values);
    }
    double[] tail = Arrays.copyOfRange(values, values.length - ENDS, values.length);
    return "[%s, …, %s] (%s values)"
        .formatted(joined(Arrays.copyOf(values, ENDS)), joined(tail), values.length);
  }

  private static String joined(double[] values) {
    return DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(", "));
  }

  /** {@return the rows of a matrix, which may differ in length, as those of a tensor} */
  public static String of(double[][] rows) {
    boolean even =
        rows.length > 0
            && rows[0] != null
            && rows[0].length > 0
            && Arrays.stream(rows).allMatch(row -> row != null && row.length == rows[0].length);
    if (even) {
      return "%s × %s\n%s".formatted(rows.length, rows[0].length, body(Tensor.matrix(rows)));
    }
    List<String> lines = new ArrayList<>();
    for (double[] row : Arrays.copyOf(rows, Math.min(rows.length, LONGEST))) {
      lines.add(row == null ? "null" : of(row));
    }
    String more = rows.length > LONGEST ? ",\n … (%s rows)".formatted(rows.length) : "";
    return "[" + String.join(",\n ", lines) + more + "]";
  }

  /**
   * {@return the shape, then the numbers with up to eight digits, rows below each other} Of a large
   * tensor the ends of each axis are shown.
   */
  public static String of(Tensor tensor) {
    return tensor.shape().rank() == 0
        ? Double.toString(tensor.scalar())
        : "Tensor " + tensor.shape() + "\n" + body(tensor);
  }

  private static String body(Tensor tensor) {
    boolean whole = tensor.size() <= MOST;
    int[] extents = new int[tensor.shape().rank()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = tensor.shape().extent(i);
    }
    List<String> cells = new ArrayList<>();
    collect(tensor, extents, whole, 0, 0, cells);
    int width = cells.stream().mapToInt(String::length).max().orElse(0);
    return block(new Rows(cells.iterator(), extents, whole, width), 0);
  }

  private record Rows(java.util.Iterator<String> cells, int[] extents, boolean whole, int width) {}

  /** The positions of an axis that are shown; -1 stands for those left out. */
  private static int[] shown(int extent, boolean whole) {
    if (whole || extent <= 2 * EDGE) {
      return java.util.stream.IntStream.range(0, extent).toArray();
    }
    int[] positions = new int[2 * EDGE + 1];
    for (int i = 0; i < EDGE; i++) {
      positions[i] = i;
      positions[EDGE + 1 + i] = extent - EDGE + i;
    }
    positions[EDGE] = -1;
    return positions;
  }

  private static void collect(
      Tensor tensor, int[] extents, boolean whole, int axis, int offset, List<String> cells) {
    for (int i : shown(extents[axis], whole)) {
      if (i < 0) {
        continue;
      }
      int position = offset * extents[axis] + i;
      if (axis == extents.length - 1) {
        cells.add(brief(tensor.at(position)));
      } else {
        collect(tensor, extents, whole, axis + 1, position, cells);
      }
    }
  }

  private static String block(Rows rows, int axis) {
    boolean last = axis == rows.extents.length - 1;
    List<String> parts = new ArrayList<>();
    for (int i : shown(rows.extents[axis], rows.whole)) {
      if (i < 0) {
        parts.add(last ? "…" : " ".repeat(axis + 1) + "…");
      } else if (last) {
        String cell = rows.cells.next();
        parts.add(" ".repeat(rows.width - cell.length()) + cell);
      } else {
        parts.add(block(rows, axis + 1));
      }
    }
    if (last) {
      return " ".repeat(axis) + "[" + String.join(" ", parts) + "]";
    }
    String gap = "\n".repeat(rows.extents.length - 1 - axis);
    String joined = String.join(gap, parts);
    return " ".repeat(axis) + "[" + joined.substring(axis + 1) + "]";
  }

  /**
   * {@return the numbers of a column, with the same count of decimals where that is readable} What
   * is missing is empty.
   */
  static List<String> column(double[] values) {
    double most = DoubleStream.of(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    double least =
        DoubleStream.of(values).map(Math::abs).filter(value -> value > 0).min().orElse(1);
    if (most >= LARGE || least < SMALL) {
      return DoubleStream.of(values).mapToObj(v -> Double.isNaN(v) ? "" : brief(v)).toList();
    }
    int decimals = 0;
    int places = most < 1 ? MOST_DECIMALS : MOST_DECIMALS - (int) Math.log10(most);
    for (double value : values) {
      if (Double.isFinite(value)) {
        BigDecimal rounded = new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
        decimals = Math.max(decimals, rounded.stripTrailingZeros().scale());
      }
    }
    String format = "%." + decimals + "f";
    return DoubleStream.of(values)
        .mapToObj(
            value ->
                Double.isNaN(value)
                    ? ""
                    : Double.isFinite(value)
                        ? String.format(Locale.ROOT, format, value + 0.0)
                        : brief(value))
        .toList();
  }

  /** {@return a number with up to eight digits and no zeros at its end} */
  public static String brief(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return Double.isFinite(value) ? "0" : Double.toString(value).replace("Infinity", "∞");
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -5 || exponent > 8) {
      BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
      return mantissa.toPlainString() + "e" + exponent;
    }
    return rounded.toPlainString();
  }
}
