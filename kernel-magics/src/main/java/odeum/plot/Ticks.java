package odeum.plot;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an axis is marked: 3 to 10 round numbers inside its range. Computed in decimal, so that a
 * tick is exactly the number its label says.
 */
final class Ticks {
  static final int FEWEST = 3;
  static final int MOST = 10;
  private static final int SMALLEST = -3;
  private static final int LARGEST = 4;
  private static final int[] ROUND = {1, 2, 5};
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** One mark of an axis. */
  record Tick(double value, String label) {}

  private Ticks() {}

  /** {@return about {@code wanted} multiples of 1, 2 or 5 times a power of ten in the range} */
  static List<Tick> linear(double low, double high, int wanted) {
    BigDecimal from = BigDecimal.valueOf(low); // the digits that users see, not the exact bits
    BigDecimal to = BigDecimal.valueOf(high);
    if (from.compareTo(to) >= 0) {
      throw new IllegalArgumentException("An empty range has no ticks: " + low + " to " + high);
    }
    BigDecimal span = to.subtract(from);
    int exponent = span.precision() - span.scale() - 1;
    BigDecimal best = null;
    int bestCount = 0;
    for (int e = exponent; e >= exponent - 2; e--) {
      for (int i = ROUND.length - 1; i >= 0; i--) {
        BigDecimal step = BigDecimal.valueOf(ROUND[i]).scaleByPowerOfTen(e);
        int count = count(from, to, step);
        boolean allowed = count >= FEWEST && count <= MOST;
        if (allowed && (best == null || Math.abs(count - wanted) <= Math.abs(bestCount - wanted))) {
          best = step;
          bestCount = count;
        }
      }
    }
    return multiples(from, best, bestCount);
  }

  /**
   * {@return the ticks of a logarithmic axis} Decades, thinned when there are many; with the 2s and
   * 5s when there are few; plain multiples within one decade.
   *
   * @param low the common logarithm of the lower end
   * @param high the common logarithm of the upper end
   */
  static List<Tick> logarithmic(double low, double high) {
    int first = (int) Math.ceil(low);
    int last = (int) Math.floor(high);
    if (last - first + 1 >= FEWEST) {
      int every = 1;
      while ((last - first) / every + 1 > MOST - 2) {
        every++;
      }
      List<Tick> ticks = new ArrayList<>();
      for (int k = Math.ceilDiv(first, every) * every; k <= last; k += every) {
        ticks.add(new Tick(k, power(k)));
      }
      return ticks;
    }
    List<Tick> ticks = new ArrayList<>();
    for (int k = first - 1; k <= last; k++) {
      for (int digit : ROUND) {
        BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(k);
        double place = StrictMath.log10(value.doubleValue());
        if (place >= low && place <= high) {
          ticks.add(new Tick(place, label(value, value)));
        }
      }
    }
    return ticks.size() >= FEWEST ? ticks : withinDecade(low, high);
  }

  private static List<Tick> withinDecade(double low, double high) {
    return linear(StrictMath.pow(10, low), StrictMath.pow(10, high), 5).stream()
        .map(tick -> new Tick(Math.clamp(StrictMath.log10(tick.value()), low, high), tick.label()))
        .toList();
  }

  private static int count(BigDecimal from, BigDecimal to, BigDecimal step) {
    BigInteger first = from.divide(step, 0, RoundingMode.CEILING).toBigInteger();
    BigInteger last = to.divide(step, 0, RoundingMode.FLOOR).toBigInteger();
    return last.subtract(first).intValue() + 1;
  }

  private static List<Tick> multiples(BigDecimal from, BigDecimal step, int count) {
    BigDecimal first = from.divide(step, 0, RoundingMode.CEILING);
    BigDecimal last = first.add(BigDecimal.valueOf(count - 1));
    BigDecimal largest = first.abs().max(last.abs()).multiply(step);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BigDecimal value = first.add(BigDecimal.valueOf(i)).multiply(step);
      ticks.add(new Tick(value.doubleValue(), label(value, largest)));
    }
    return ticks;
  }

  /** {@return whether the labels of an axis up to this number have no powers of ten} */
  static boolean isWrittenOut(double largest) {
    return largest >= StrictMath.pow(10, SMALLEST) && largest < StrictMath.pow(10, LARGEST + 1);
  }

  /** Numbers from 0.001 to 99999 are written out, others as {@code 1.5×10⁶}. */
  private static String label(BigDecimal value, BigDecimal largest) {
    int exponent = largest.precision() - largest.scale() - 1;
    if (value.signum() == 0) {
      return "0";
    }
    if (exponent >= SMALLEST && exponent <= LARGEST) {
      return minus(value.stripTrailingZeros().toPlainString());
    }
    BigDecimal mantissa = value.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    if (mantissa.abs().compareTo(BigDecimal.ONE) == 0) {
      return (value.signum() < 0 ? "−" : "") + power(exponent);
    }
    return minus(mantissa.toPlainString()) + "×" + power(exponent);
  }

  private static String power(int exponent) {
    if (exponent == 0 || exponent == 1) {
      return exponent == 0 ? "1" : "10";
    }
    StringBuilder text = new StringBuilder("10");
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }
}
