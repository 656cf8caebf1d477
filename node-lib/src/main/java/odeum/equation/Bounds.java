package odeum.equation;

/**
 * Between which values a parameter may lie.
 *
 * @param low the least value, or negative infinity
 * @param high the greatest value, or infinity
 */
public record Bounds(double low, double high) {
  public Bounds {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "A lower bound must lie below the upper one, got %s..%s."
              .formatted(Text.number(low), Text.number(high)));
    }
  }

  /** {@return whether a value lies between the bounds, or on one} */
  public boolean contain(double value) {
    return low <= value && value <= high;
  }

  @Override
  public String toString() {
    return (Double.isInfinite(low) ? "" : Text.number(low))
        + ".."
        + (Double.isInfinite(high) ? "" : Text.number(high));
  }
}
