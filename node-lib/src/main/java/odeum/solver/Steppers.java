package odeum.solver;

import java.util.List;
import java.util.Locale;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import odeum.term.Term;

/** Opens the moving part of each method. */
final class Steppers {
  private Steppers() {}

  /** A stepper of a method, at no state yet. */
  static Stepper open(OneStepMethod method, Term term, StepSizeController controller) {
    OdeTerm ode =
        switch (term) {
          case OdeTerm only -> only;
        };
    StageTolerance tolerance = StageTolerance.of(controller);
    return switch (method) {
      case ExplicitRungeKutta explicit ->
          new RungeKuttaStep(explicit.tableau(), ode.open(), ode.size());
      case ImplicitRungeKutta implicit -> whole(implicit.scheme(), ode, tolerance);
      case AdditiveRungeKutta additive ->
          ode.summands().isEmpty()
              ? whole(additive.wholeScheme(), ode, tolerance)
              : sum(additive.scheme(), ode, tolerance);
      case RosenbrockMethod rosenbrock -> {
        Derivative derivative = ode.open();
        RosenbrockTableau tableau = rosenbrock.tableau();
        StageEquations equations =
            new RosenbrockSolver(tableau, derivative, ode.linearize(), ode.size());
        yield new StagedStep(
            rosenbrock.scheme(), new Derivative[] {derivative}, equations, ode.size());
      }
      case SymplecticMethod symplectic -> separated(symplectic, ode);
      case ReversibleMethod reversible -> new ReversibleStep(reversible, ode.open(), ode.size());
      case SwitchingMethod switching -> open(switching.start(), term, controller);
    };
  }

  private static Stepper whole(StageScheme scheme, OdeTerm term, StageTolerance tolerance) {
    Derivative derivative = term.open();
    StageSolver solver =
        new StageSolver(scheme, derivative, term.linearize(), tolerance, term.size());
    return new StagedStep(scheme, new Derivative[] {derivative}, solver, term.size());
  }

  private static Stepper sum(StageScheme scheme, OdeTerm term, StageTolerance tolerance) {
    OdeTerm stiff = term.summands().getLast();
    Derivative implicit = stiff.open();
    StageSolver solver =
        new StageSolver(scheme, implicit, stiff.linearize(), tolerance, term.size());
    Derivative[] parts = {term.open(), term.summands().getFirst().open(), implicit};
    return new StagedStep(scheme, parts, solver, term.size());
  }

  private static Stepper separated(SymplecticMethod method, OdeTerm term) {
    List<OdeTerm> moves = separated(method.name(), term);
    Derivative[] parts = {term.open(), moves.getFirst().open(), moves.getLast().open()};
    return new StagedStep(method.scheme(), parts, null, term.size());
  }

  private static List<OdeTerm> separated(String name, OdeTerm term) {
    List<OdeTerm> moves = term.separated();
    if (moves.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs positions whose derivatives depend on velocities only, and velocities whose"
                  + " derivatives depend on positions only, as in x'' = f(x); these equations are"
                  + " not of that kind. Take another solver, such as tsit5 or dopri8.",
              name));
    }
    return moves;
  }
}
