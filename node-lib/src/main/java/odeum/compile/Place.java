package odeum.compile;

/**
 * Where a value lies.
 *
 * @param at its first element
 * @param framed whether in the frame, else in the run's own memory
 */
record Place(int at, boolean framed) {
  double[] in(double[] m, double[] f) {
    return framed ? f : m;
  }

  Place plus(int elements) {
    return elements == 0 ? this : new Place(at + elements, framed);
  }
}
