package odeum.kernel;

/** What {@code System.exit} does in a cell: the kernel must outlive it. */
final class CellExit extends Error {
  private static final long serialVersionUID = 1;

  CellExit(String call) {
    super(
        call + ": a cell cannot end the kernel. To end or restart it, use the Kernel menu.",
        null,
        false,
        false);
  }
}
