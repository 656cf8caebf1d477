package odeum.tensor;

/**
 * A key of a counter-based random generator: the same key always gives the same numbers, and keys
 * made from it by {@link #fold} are independent of it and of each other. Keys are passed, never
 * global. The bits are those of SplitMix64's finalizer applied twice to key and counter (Steele,
 * Lea and Flood 2014, doi:10.1145/2660193.2660195).
 *
 * @param high first half of the key
 * @param low second half of the key
 */
public record RandomKey(long high, long low) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** {@return the key of a seed} */
  public static RandomKey of(long seed) {
    return new RandomKey(mix(seed + GOLDEN), mix(seed ^ 0xd1b54a32d192ed03L));
  }

  /** {@return the key that belongs to a number under this key} */
  public RandomKey fold(long number) {
    return new RandomKey(mix(high + mix(number * GOLDEN + low)), mix(low ^ mix(number + high)));
  }

  /** {@return 64 random bits, number {@code counter} of this key} */
  public long bits(long counter) {
    return mix(mix(counter * GOLDEN + high) + low);
  }

  /** {@return a number in (0, 1), number {@code counter} of this key} */
  public double uniform(long counter) {
    return ((bits(counter) >>> 11) + 0.5) * 0x1.0p-53;
  }

  /** {@return a whole number in {@code 0 .. bound-1}, number {@code counter} of this key} */
  public int integer(long counter, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("The bound must be positive, got " + bound + ".");
    }
    return (int) Math.unsignedMultiplyHigh(bits(counter), bound);
  }

  /**
   * {@return a standard normal number, number {@code counter} of this key} By the polar form of Box
   * and Muller, with StrictMath, whose bits are the same everywhere.
   */
  public double normal(long counter) {
    double radius = Math.sqrt(-2 * StrictMath.log(uniform(2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(2 * counter + 1));
  }

  /** {@return independent numbers, uniform in (low, high)} */
  public Tensor uniform(Shape shape, double low, double high) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * uniform(i);
    }
    return Tensor.of(shape, values);
  }

  /** {@return independent standard normal numbers} */
  public Tensor normal(Shape shape) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = normal(i);
    }
    return Tensor.of(shape, values);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
