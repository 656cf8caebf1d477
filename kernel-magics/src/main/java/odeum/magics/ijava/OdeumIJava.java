package odeum.magics.ijava;

import odeum.magics.MagicException;

/** Puts the magics into a running IJava kernel: a cell, or its start-up script, calls install. */
public final class OdeumIJava {
  private OdeumIJava() {}

  /**
   * Registers the magics, and how values are shown, with the IJava kernel of this process.
   *
   * @throws MagicException when there is none
   */
  public static void install() {
    IJavaMagics.register(IJavaKernel.running());
  }
}
