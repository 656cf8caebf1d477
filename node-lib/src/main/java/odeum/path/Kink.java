package odeum.path;

/**
 * Where a function of time turns at once.
 *
 * @param time when
 * @param sharpness how much its slope changes, times the shorter interval beside it, as a part of
 *     the range of all values
 */
public record Kink(double time, double sharpness) {}
