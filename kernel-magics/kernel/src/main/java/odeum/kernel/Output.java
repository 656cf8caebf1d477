package odeum.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What a cell may do with its own output. */
public final class Output {
  private Output() {}

  /**
   * Removes what the running cell has shown so far.
   *
   * @param wait whether it stays until something new is shown, so that an animation does not
   *     flicker
   */
  public static void clearOutput(boolean wait) {
    if (BaseKernel.notebookKernel() instanceof OdeumKernel kernel) {
      kernel.clearOutput(wait);
    }
  }
}
