package odeum.bench;

import java.io.IOException;
import java.util.Map;

/** Work that is timed. Building one is the first call of a user: tracing and compiling included. */
@FunctionalInterface
interface Case {
  /**
   * {@return values by which the sides are compared} Each call begins anew, so that equal counts
   * give equal values.
   *
   * @param count how many iterations
   */
  Map<String, Double> run(int count);

  /** How a case comes to be. */
  @FunctionalInterface
  interface Builder {
    /** {@return the case} */
    Case build(String task, Inputs inputs) throws IOException;
  }
}
