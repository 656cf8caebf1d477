package odeum.solver;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Methods of other programs that are not here: which one here is of their kind. */
final class SolverKin {
  private static final Map<String, String> KIN = new TreeMap<>();
  private static final Set<String> SUGGESTED = new TreeSet<>();

  static {
    kin(
        "rodas5p",
        "a solver for stiff systems",
        "radau",
        "radau5",
        "radauiia5",
        "rodas4",
        "rodas5");
    kin(
        "rodas5p",
        "a solver for stiff systems",
        "bdf",
        "ode15s",
        "cvode",
        "cvodebdf",
        "fbdf",
        "vode");
    kin("rodas5p", "a solver for stiff systems", "qndf", "ode23s", "rosenbrock23", "gear");
    kin("kvaerno5", "an implicit Runge-Kutta method", "sdirk", "esdirk", "trbdf2", "kvaerno4");
    kin("kvaerno3", "an implicit Runge-Kutta method", "ode23tb", "ode23t");
    kin("kencarp4", "an implicit-explicit method", "kencarp3", "kencarp5", "imex");
    kin("auto", "tsit5, which goes over to rodas5p where a system is stiff", "lsoda", "odeint");
    kin(
        "auto",
        "tsit5, which goes over to rodas5p where a system is stiff",
        "autotsit5",
        "automatic");
    kin("dopri5", "the same method", "ode45", "dp5", "rkf45", "rk5", "dormandprince");
    kin("bosh3", "the same method", "ode23", "bs3", "bogackishampine");
    kin("dopri8", "a method of high order", "ode89", "ode87", "dp8", "rk8", "dop8");
    kin("vern7", "a method of high order", "ode78", "ode113", "vern6", "vern8");
    kin("commons:adams", "a method of several steps", "adams", "abm", "cvodeadams");
    kin(
        "verlet",
        "a symplectic method",
        "leapfrog",
        "velocityverlet",
        "stormerverlet",
        "symplectic");
    kin("yoshida4", "a symplectic method", "forestruth", "ruth4", "mclachlan4", "yoshida");
    kin("trapezoid", "the same method", "cranknicolson", "trapezoidal");
    kin("implicit-euler", "the same method", "backwardeuler", "be");
    kin("euler", "the same method", "forwardeuler", "explicit-euler");
  }

  private SolverKin() {}

  private static void kin(String here, String what, String... names) {
    SUGGESTED.add(here);
    for (String name : names) {
      KIN.put(plain(name), String.format(Locale.ROOT, "Try '%s': %s.", here, what));
    }
  }

  /** {@return what to take for a method of this name, if it is known} */
  static Optional<String> of(String name) {
    return Optional.ofNullable(KIN.get(plain(name)));
  }

  /** {@return all that is suggested} */
  static Set<String> suggested() {
    return Collections.unmodifiableSet(SUGGESTED);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
