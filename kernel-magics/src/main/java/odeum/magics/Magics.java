package odeum.magics;

import java.util.List;

/** The magics of Odeum. */
public final class Magics {
  /** What the lines printed by {@code --code} need imported, and what coursework cells call. */
  public static final List<String> IMPORTS =
      List.of(
          "java.nio.file.*",
          "odeum.tensor.*",
          "odeum.graph.*",
          "odeum.autodiff.Gradient",
          "odeum.file.Idx",
          "odeum.file.NumPy",
          "odeum.path.*",
          "odeum.term.*",
          "odeum.solver.*",
          "odeum.adjoint.*",
          "odeum.nn.*",
          "odeum.train.*",
          "odeum.equation.*",
          "odeum.model.*",
          "odeum.plot.*",
          "odeum.magics.Charts",
          "odeum.magics.Datasets",
          "static odeum.magics.Check.*");

  private Magics() {}

  /** {@return the names of all magics, with their signs: {@code %solve}, {@code %%ode}} */
  public static List<String> names() {
    return catalogue().magics().stream().map(magic -> magic.usage().shown()).toList();
  }

  /** {@return a catalogue of all magics} */
  public static Catalogue catalogue() {
    return Catalogue.of(
        new CompareMagic(),
        new DataMagic(),
        new EnvInfoMagic(),
        new GradientMagic(),
        new LsMagic(),
        new OdeMagic(),
        new PlotMagic(),
        new ShareMagic(),
        new SolveMagic(),
        new SolversMagic(),
        new SystemsMagic(),
        new TrainMagic());
  }
}
