package odeum.adjoint;

import java.util.Locale;
import java.util.Optional;
import odeum.solver.CommonsSolver;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.ReversibleMethod;
import odeum.solver.Solver;
import odeum.solver.StagedMethod;
import odeum.solver.SwitchingMethod;
import odeum.term.TracedField;

/** How derivatives go through the steps of one family of methods, for one field. */
sealed interface StepDerivatives
    permits ExplicitDerivatives, StagedDerivatives, ReversibleDerivatives, SwitchedDerivatives {
  /** A tape for the steps of a solve. */
  TapedSteps newTape();

  /** The way back through the steps on a tape. */
  ReverseSteps reverse(TapedSteps tape, boolean timed);

  /** The way of tangents through the steps on a tape. */
  ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent);

  /** The derivatives for the steps of a solver. */
  static StepDerivatives of(TracedField field, Integrator integrator, Adjoint adjoint) {
    return of(field, integrator, integrator.solver(), adjoint);
  }

  /** The derivatives for steps of one of the methods of a solver. */
  static StepDerivatives of(
      TracedField field, Integrator integrator, Solver solver, Adjoint adjoint) {
    if (adjoint instanceof Adjoint.Reversible && !(solver instanceof ReversibleMethod)) {
      throw notReversible(solver);
    }
    Optional<Adjoint.Checkpointed> checkpointed =
        adjoint instanceof Adjoint.Checkpointed some ? Optional.of(some) : Optional.empty();
    return switch (solver) {
      case ExplicitRungeKutta method ->
          new ExplicitDerivatives(field, integrator, method, checkpointed);
      case StagedMethod method -> new StagedDerivatives(field, integrator, method, checkpointed);
      case ReversibleMethod method -> new ReversibleDerivatives(field, method, integrator, adjoint);
      case CommonsSolver box -> throw blackBox(box);
      case SwitchingMethod method -> new SwitchedDerivatives(field, integrator, method, adjoint);
    };
  }

  private static IllegalArgumentException notReversible(Solver solver) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The reversible adjoint goes back by the solver's own steps, and those of %s cannot be"
                + " undone. Take the solver alf or reversible-heun, or Adjoint.checkpointed(), which"
                + " saves memory too.",
            solver.name()));
  }

  private static IllegalArgumentException blackBox(CommonsSolver box) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s is a black box: no derivative goes through its steps. Take Adjoint.backsolve(), which"
                + " needs none, or a solver of our own such as tsit5.",
            box.name()));
  }
}
