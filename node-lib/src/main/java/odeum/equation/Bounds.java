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
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** {@return the bounds as written behind {@code in}} */
  @Override
  public String toString() {
    String least = Double.isInfinite(low) ? "" : Text.number(low);
    String most = Double.isInfinite(high) ? "" : Text.number(high);
    return least + ".." + most;
  }
}
