package odeum.solver;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import odeum.tensor.Names;
import org.apache.commons.math3.ode.FirstOrderIntegrator;
import org.apache.commons.math3.ode.nonstiff.AdamsMoultonIntegrator;
import org.apache.commons.math3.ode.nonstiff.ClassicalRungeKuttaIntegrator;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.apache.commons.math3.ode.nonstiff.GraggBulirschStoerIntegrator;

/** The solvers, by name. The package's table says what each is good for. */
public final class Solvers {
  private static final int ADAMS_STEPS = 5;
  private static final RungeKutta EULER = new RungeKutta("euler", Tableaus.EULER);
  private static final EmbeddedRungeKutta MIDPOINT =
      new EmbeddedRungeKutta("midpoint", Tableaus.MIDPOINT);
  private static final EmbeddedRungeKutta HEUN = new EmbeddedRungeKutta("heun", Tableaus.HEUN);
  private static final EmbeddedRungeKutta RALSTON =
      new EmbeddedRungeKutta("ralston", Tableaus.RALSTON);
  private static final EmbeddedRungeKutta BOSH3 = new EmbeddedRungeKutta("bosh3", Tableaus.BOSH3);
  private static final RungeKutta RK4 = new RungeKutta("rk4", Tableaus.RK4);
  private static final RungeKutta RK4_38 = new RungeKutta("rk4-38", Tableaus.RK4_38);
  private static final EmbeddedRungeKutta DOPRI5 =
      new EmbeddedRungeKutta("dopri5", Tableaus.DOPRI5);
  private static final EmbeddedRungeKutta TSIT5 = new EmbeddedRungeKutta("tsit5", Tableaus.TSIT5);
  private static final EmbeddedRungeKutta DOPRI8 =
      new EmbeddedRungeKutta("dopri8", DormandPrince853.TABLEAU);
  private static final EmbeddedRungeKutta VERN7 = new EmbeddedRungeKutta("vern7", Verner7.TABLEAU);
  private static final EmbeddedRungeKutta VERN9 = new EmbeddedRungeKutta("vern9", Verner9.TABLEAU);

  private static final ImplicitRungeKutta IMPLICIT_EULER =
      new ImplicitRungeKutta("implicit-euler", ImplicitTableaus.IMPLICIT_EULER);
  private static final ImplicitRungeKutta IMPLICIT_MIDPOINT =
      new ImplicitRungeKutta("implicit-midpoint", ImplicitTableaus.IMPLICIT_MIDPOINT);
  private static final ImplicitRungeKutta TRAPEZOID =
      new ImplicitRungeKutta("trapezoid", ImplicitTableaus.TRAPEZOID);
  private static final ImplicitRungeKutta KVAERNO3 =
      new ImplicitRungeKutta("kvaerno3", ImplicitTableaus.KVAERNO3);
  private static final ImplicitRungeKutta KVAERNO5 =
      new ImplicitRungeKutta("kvaerno5", ImplicitTableaus.KVAERNO5);
  private static final AdditiveRungeKutta KENCARP4 =
      new AdditiveRungeKutta("kencarp4", AdditiveTableaus.KENCARP4);

  private static final RosenbrockMethod RODAS5P =
      new RosenbrockMethod("rodas5p", RosenbrockTableaus.RODAS5P);

  private static final SymplecticMethod SYMPLECTIC_EULER =
      new SymplecticMethod("symplectic-euler", SymplecticSchemes.EULER);
  private static final SymplecticMethod VERLET =
      new SymplecticMethod("verlet", SymplecticSchemes.VERLET);
  private static final SymplecticMethod RUTH3 =
      new SymplecticMethod("ruth3", SymplecticSchemes.RUTH3);
  private static final SymplecticMethod YOSHIDA4 =
      new SymplecticMethod("yoshida4", SymplecticSchemes.YOSHIDA4);
  private static final SymplecticMethod YOSHIDA6 =
      new SymplecticMethod("yoshida6", SymplecticSchemes.YOSHIDA6);

  private static final ReversibleMethod ALF = new ReversibleMethod("alf", 0.5, 0.5, 0, 1);
  private static final ReversibleMethod REVERSIBLE_HEUN =
      new ReversibleMethod("reversible-heun", 1, 1, 1, 0.5);

  private static final SwitchingMethod AUTO = new SwitchingMethod("auto", TSIT5, RODAS5P);

  private static final CommonsSolver.Fixed COMMONS_RK4 =
      CommonsSolver.fixed("commons:rk4", 4, ClassicalRungeKuttaIntegrator::new);
  private static final CommonsSolver.Adaptive COMMONS_DOPRI853 =
      CommonsSolver.adaptive("commons:dopri853", 8, DormandPrince853Integrator::new);
  private static final CommonsSolver.Adaptive COMMONS_GBS =
      CommonsSolver.adaptive("commons:gbs", 18, GraggBulirschStoerIntegrator::new);
  private static final CommonsSolver.Adaptive COMMONS_ADAMS =
      CommonsSolver.adaptive("commons:adams", ADAMS_STEPS + 1, Solvers::adams);

  private static final List<Solver> ALL =
      List.of(
          EULER,
          MIDPOINT,
          HEUN,
          RALSTON,
          BOSH3,
          RK4,
          RK4_38,
          DOPRI5,
          TSIT5,
          VERN7,
          DOPRI8,
          VERN9,
          AUTO,
          IMPLICIT_EULER,
          IMPLICIT_MIDPOINT,
          TRAPEZOID,
          KVAERNO3,
          KVAERNO5,
          RODAS5P,
          KENCARP4,
          SYMPLECTIC_EULER,
          VERLET,
          RUTH3,
          YOSHIDA4,
          YOSHIDA6,
          ALF,
          REVERSIBLE_HEUN,
          COMMONS_RK4,
          COMMONS_ADAMS,
          COMMONS_DOPRI853,
          COMMONS_GBS);

  private static final Map<String, Solver> ALIASES =
      Map.of("rk45", DOPRI5, "rk23", BOSH3, "dop853", DOPRI8, "rk438", RK4_38);

  private Solvers() {}

  /** {@return Euler's method, order 1} Euler, "Institutiones calculi integralis", 1768. */
  public static RungeKutta euler() {
    return EULER;
  }

  /** {@return the explicit midpoint rule, 2(1)} Runge 1895, doi:10.1007/BF01446807. */
  public static EmbeddedRungeKutta midpoint() {
    return MIDPOINT;
  }

  /** {@return Heun's method of order 2, 2(1)} Heun, Z. Math. Phys. 45, 1900. */
  public static EmbeddedRungeKutta heun() {
    return HEUN;
  }

  /**
   * {@return Ralston's method of order 2, 2(1)} Ralston 1962,
   * doi:10.1090/S0025-5718-1962-0150954-0.
   */
  public static EmbeddedRungeKutta ralston() {
    return RALSTON;
  }

  /** {@return Bogacki and Shampine's pair 3(2)} 1989, doi:10.1016/0893-9659(89)90079-7. */
  public static EmbeddedRungeKutta bosh3() {
    return BOSH3;
  }

  /** {@return the classical Runge-Kutta method, order 4} Kutta, Z. Math. Phys. 46, 1901. */
  public static RungeKutta rk4() {
    return RK4;
  }

  /** {@return Kutta's 3/8 rule, order 4} Kutta, Z. Math. Phys. 46, 1901. */
  public static RungeKutta rk438() {
    return RK4_38;
  }

  /**
   * {@return Dormand and Prince's pair 5(4)} 1980, doi:10.1016/0771-050X(80)90013-3; dense output
   * by Shampine 1986, doi:10.1090/S0025-5718-1986-0815836-3.
   */
  public static EmbeddedRungeKutta dopri5() {
    return DOPRI5;
  }

  /** {@return Tsitouras' pair 5(4)} 2011, doi:10.1016/j.camwa.2011.06.002. */
  public static EmbeddedRungeKutta tsit5() {
    return TSIT5;
  }

  /**
   * {@return Dormand and Prince's method 8(5,3) as in Hairer's DOP853} Hairer, Norsett and Wanner,
   * II.5, doi:10.1007/978-3-540-78862-1. Not the pair 8(7) that other libraries call dopri8.
   */
  public static EmbeddedRungeKutta dopri8() {
    return DOPRI8;
  }

  /** {@return Verner's pair 7(6)} 2010, doi:10.1007/s11075-009-9290-3. */
  public static EmbeddedRungeKutta vern7() {
    return VERN7;
  }

  /** {@return Verner's pair 9(8)} 2010, doi:10.1007/s11075-009-9290-3. */
  public static EmbeddedRungeKutta vern9() {
    return VERN9;
  }

  /**
   * {@return tsit5, which goes over to rodas5p where the system turns out to be stiff} By Hairer's
   * test: Hairer and Wanner, II, IV.2.
   */
  public static SwitchingMethod auto() {
    return AUTO;
  }

  /** {@return the implicit Euler method, order 1} L-stable: for lessons. */
  public static ImplicitRungeKutta implicitEuler() {
    return IMPLICIT_EULER;
  }

  /** {@return the implicit midpoint rule, order 2} A-stable and symplectic. */
  public static ImplicitRungeKutta implicitMidpoint() {
    return IMPLICIT_MIDPOINT;
  }

  /** {@return the trapezoidal rule, order 2} A-stable. Crank and Nicolson 1947. */
  public static ImplicitRungeKutta trapezoid() {
    return TRAPEZOID;
  }

  /** {@return Kvaerno's pair 3(2)} L-stable. 2004, doi:10.1023/B:BITN.0000046811.70614.38. */
  public static ImplicitRungeKutta kvaerno3() {
    return KVAERNO3;
  }

  /** {@return Kvaerno's pair 5(4)} L-stable. 2004, doi:10.1023/B:BITN.0000046811.70614.38. */
  public static ImplicitRungeKutta kvaerno5() {
    return KVAERNO5;
  }

  /**
   * {@return Kennedy and Carpenter's implicit-explicit pair 4(3)} L-stable. 2003,
   * doi:10.1016/S0168-9274(02)00138-1.
   */
  public static AdditiveRungeKutta kencarp4() {
    return KENCARP4;
  }

  /**
   * {@return the Rosenbrock method 5(4) of Steinebach} L-stable, no iterations: fastest on most
   * stiff systems. 2023, doi:10.1007/s10543-023-00967-x.
   */
  public static RosenbrockMethod rodas5p() {
    return RODAS5P;
  }

  /** {@return the symplectic Euler method, order 1} De Vogelaere 1956. */
  public static SymplecticMethod symplecticEuler() {
    return SYMPLECTIC_EULER;
  }

  /**
   * {@return the method of Stoermer and Verlet, order 2} Verlet 1967, doi:10.1103/PhysRev.159.98.
   */
  public static SymplecticMethod verlet() {
    return VERLET;
  }

  /** {@return Ruth's symplectic method of order 3} 1983, doi:10.1109/TNS.1983.4332919. */
  public static SymplecticMethod ruth3() {
    return RUTH3;
  }

  /** {@return Yoshida's symplectic method of order 4} 1990, doi:10.1016/0375-9601(90)90092-3. */
  public static SymplecticMethod yoshida4() {
    return YOSHIDA4;
  }

  /** {@return Yoshida's symplectic method of order 6} 1990, doi:10.1016/0375-9601(90)90092-3. */
  public static SymplecticMethod yoshida6() {
    return YOSHIDA6;
  }

  /**
   * {@return asynchronous leapfrog, order 2, reversible} Mutze 2013, arXiv:1311.6602; for gradients
   * Zhuang et al. 2021, arXiv:2102.04668. One evaluation a step.
   */
  public static ReversibleMethod alf() {
    return ALF;
  }

  /**
   * {@return reversible Heun, order 2} Kidger et al. 2021, arXiv:2105.13493. One evaluation a step.
   */
  public static ReversibleMethod reversibleHeun() {
    return REVERSIBLE_HEUN;
  }

  /** {@return the classical Runge-Kutta method of Commons Math} */
  public static CommonsSolver.Fixed commonsRk4() {
    return COMMONS_RK4;
  }

  /** {@return Dormand and Prince's method 8(5,3) of Commons Math} */
  public static CommonsSolver.Adaptive commonsDopri853() {
    return COMMONS_DOPRI853;
  }

  /**
   * {@return Gragg, Bulirsch and Stoer's extrapolation, of varying order, of Commons Math} Bulirsch
   * and Stoer 1966, doi:10.1007/BF02165234. It finds no first step where every slope is zero.
   */
  public static CommonsSolver.Adaptive commonsGbs() {
    return COMMONS_GBS;
  }

  /** {@return the Adams-Moulton method in Nordsieck form, predicted by Adams-Bashforth} */
  public static CommonsSolver.Adaptive commonsAdams() {
    return COMMONS_ADAMS;
  }

  /** The first values come from a method of one step, which must not reach the end before. */
  private static FirstOrderIntegrator adams(
      double minStep, double maxStep, double[] atol, double[] rtol) {
    AdamsMoultonIntegrator adams =
        new AdamsMoultonIntegrator(ADAMS_STEPS, minStep, maxStep, atol, rtol);
    double starting = Math.max(minStep, maxStep / (2 * ADAMS_STEPS));
    adams.setStarterIntegrator(new DormandPrince853Integrator(minStep, starting, atol, rtol));
    return adams;
  }

  /**
   * {@return every solver: explicit ones by rising order, implicit, symplectic, reversible, those
   * of Commons Math}
   */
  public static List<Solver> all() {
    return ALL;
  }

  /** {@return the solver of this name} Also {@code rk45}, {@code rk23}, {@code dop853}. */
  public static Solver named(String name) {
    for (Solver solver : ALL) {
      if (solver.name().equals(name)) {
        return solver;
      }
    }
    Solver alias = ALIASES.get(name);
    if (alias == null) {
      throw new IllegalArgumentException(unknown(name));
    }
    return alias;
  }

  private static String unknown(String name) {
    List<String> names = ALL.stream().map(Solver::name).toList();
    Optional<String> kin = SolverKin.of(name);
    String hint =
        kin.isPresent()
            ? kin.get() + " "
            : Names.nearest(name, names).map(near -> "Did you mean '" + near + "'? ").orElse("");
    return String.format(
        Locale.ROOT, "Unknown solver '%s'. %sKnown: %s.", name, hint, String.join(", ", names));
  }
}
