package odeum.compile;

/** Computes one value of a program. Immutable: all state is in the memory it is given. */
@FunctionalInterface
interface Kernel {
  void run(double[] memory, Object[] records);
}
