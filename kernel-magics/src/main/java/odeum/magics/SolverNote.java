package odeum.magics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import odeum.solver.AdaptiveSolver;
import odeum.solver.CommonsSolver;
import odeum.solver.Solver;

/**
 * What a user wants to know of a solver.
 *
 * @param family which family it belongs to, one of {@link #FAMILIES}
 * @param goodFor what it is good for
 */
record SolverNote(String family, String goodFor) {
  private static final String AUTOMATIC = "automatic";
  private static final String EXPLICIT = "explicit";
  private static final String STIFF = "stiff";
  private static final String SPLIT = "implicit-explicit, for split terms";
  private static final String SYMPLECTIC = "symplectic, for separable Hamiltonians";
  private static final String REVERSIBLE = "reversible, for exact gradients in little memory";
  private static final String BLACK_BOXES = "black boxes of Commons Math";
  private static final String OTHERS = "others";

  /** In the order in which they are shown. */
  static final List<String> FAMILIES =
      List.of(AUTOMATIC, EXPLICIT, STIFF, SPLIT, SYMPLECTIC, REVERSIBLE, BLACK_BOXES, OTHERS);

  private static final Map<String, SolverNote> NOTES = new TreeMap<>();

  static {
    note(AUTOMATIC, "auto", "any problem; switches where it is stiff");
    note(EXPLICIT, "euler", "lessons, residual networks");
    note(EXPLICIT, "midpoint", "lessons");
    note(EXPLICIT, "heun", "lessons");
    note(EXPLICIT, "ralston", "least error bound of order 2");
    note(EXPLICIT, "bosh3", "loose tolerances");
    note(EXPLICIT, "rk4", "fixed steps");
    note(EXPLICIT, "rk4-38", "fixed steps");
    note(EXPLICIT, "dopri5", "most problems");
    note(EXPLICIT, "tsit5", "most problems");
    note(EXPLICIT, "dopri8", "tight tolerances");
    note(EXPLICIT, "vern7", "tight tolerances");
    note(EXPLICIT, "vern9", "very tight tolerances");
    note(STIFF, "implicit-euler", "very stiff, loose tolerances; lessons");
    note(STIFF, "implicit-midpoint", "keeps quadratic invariants; lessons");
    note(STIFF, "trapezoid", "mildly stiff, loose tolerances");
    note(STIFF, "kvaerno3", "stiff, loose tolerances");
    note(STIFF, "kvaerno5", "stiff problems");
    note(STIFF, "rodas5p", "stiff problems, tight tolerances");
    note(SPLIT, "kencarp4", "a stiff part beside one that is not");
    note(SYMPLECTIC, "symplectic-euler", "lessons");
    note(SYMPLECTIC, "verlet", "long runs, molecules");
    note(SYMPLECTIC, "ruth3", "long runs");
    note(SYMPLECTIC, "yoshida4", "long runs, small energy errors");
    note(SYMPLECTIC, "yoshida6", "long runs, smallest energy errors");
    note(REVERSIBLE, "alf", "training, memory that does not grow with the steps");
    note(REVERSIBLE, "reversible-heun", "training, memory that does not grow with the steps");
    note(BLACK_BOXES, "commons:rk4", "comparisons");
    note(BLACK_BOXES, "commons:adams", "costly fields");
    note(BLACK_BOXES, "commons:dopri853", "comparisons");
    note(BLACK_BOXES, "commons:gbs", "tight tolerances");
  }

  private static void note(String family, String name, String goodFor) {
    NOTES.put(name, new SolverNote(family, goodFor));
  }

  static SolverNote of(Solver solver) {
    SolverNote known = NOTES.get(solver.name());
    if (known != null) {
      return known;
    }
    return new SolverNote(solver instanceof CommonsSolver ? BLACK_BOXES : OTHERS, "");
  }

  /** {@return how it chooses its steps} */
  static String steps(Solver solver) {
    if (solver instanceof CommonsSolver.Adaptive) {
      return "adaptive";
    }
    return solver instanceof AdaptiveSolver ? "adaptive, or --dt H" : "fixed: --dt H";
  }
}
