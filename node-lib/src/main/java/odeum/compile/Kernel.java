package odeum.compile;

/** Computes one value of a program. Immutable: all state is in the memory it is given. */
@FunctionalInterface
interface Kernel {
  /**
   * Computes the value.
   *
   * @param m the memory of the run
   * @param f the memory of the frame in use; m itself in a program without frames
   * @param records what implicit functions left for their derivatives, by value
   */
  void run(double[] m, double[] f, Object[] records);
}
