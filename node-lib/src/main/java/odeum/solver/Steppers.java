package odeum.solver;

import odeum.term.OdeTerm;
import odeum.term.Term;

/** Opens the moving part of each method. */
final class Steppers {
  private Steppers() {}

  /** A stepper of a method, at no state yet. */
  static Stepper open(OneStepMethod method, Term term) {
    OdeTerm ode =
        switch (term) {
          case OdeTerm only -> only;
        };
    return switch (method) {
      case ExplicitRungeKutta explicit ->
          new RungeKuttaStep(explicit.tableau(), ode.open(), ode.size());
      case ReversibleMethod reversible ->
          new ReversibleStep(reversible, ode.open(), ode.size());
      case SwitchingMethod switching -> open(switching.start(), term);
    };
  }
}
