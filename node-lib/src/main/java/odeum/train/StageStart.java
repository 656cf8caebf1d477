package odeum.train;

import odeum.nn.Parameters;
import odeum.tensor.Tensor;

/**
 * A method as it is taken up.
 *
 * @param number which of the methods in turn it is
 * @param epochs how many epochs it had done before
 * @param start the parameters it began with, or begins with now
 * @param position where it was; empty if it begins now
 * @param memory what it remembers; empty if it begins now
 */
record StageStart(
    int number, int epochs, Parameters start, Tensor position, OptimizerMemory memory) {
  static StageStart of(int number, Parameters start) {
    return new StageStart(number, 0, start, Tensor.vector(), OptimizerMemory.EMPTY);
  }

  boolean remembers() {
    return !memory.names().isEmpty();
  }
}
