package odeum.magics;

/** The magics of Odeum. */
public final class Magics {
  private Magics() {}

  /** {@return a catalogue of all magics} */
  public static Catalogue catalogue() {
    return Catalogue.of(
        new LsMagic(),
        new OdeMagic(),
        new PlotMagic(),
        new SolveMagic(),
        new SolversMagic(),
        new SystemsMagic(),
        new TrainMagic());
  }
}
