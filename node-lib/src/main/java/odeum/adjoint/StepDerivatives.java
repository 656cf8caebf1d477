package odeum.adjoint;

import java.util.Locale;
import java.util.Optional;
import odeum.solver.CommonsSolver;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Solver;
import odeum.solver.StagedMethod;
import odeum.solver.SwitchingMethod;
import odeum.term.TracedField;

/** How derivatives go through the steps of one family of methods, for one field. */
sealed interface StepDerivatives
    permits ExplicitDerivatives, StagedDerivatives, SwitchedDerivatives {
  /** A tape for the steps of a solve. */
  TapedSteps newTape();

  /** The way back through the steps on a tape. */
  ReverseSteps reverse(TapedSteps tape, boolean timed);

  /** The way of tangents through the steps on a tape. */
  ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent);

  /** The derivatives for the steps of a solver. */
  static StepDerivatives of(
      TracedField field, Integrator integrator, Optional<Adjoint.Checkpointed> checkpointed) {
    return of(field, integrator, integrator.solver(), checkpointed);
  }

  /** The derivatives for steps of one of the methods of a solver. */
  static StepDerivatives of(
      TracedField field,
      Integrator integrator,
      Solver solver,
      Optional<Adjoint.Checkpointed> checkpointed) {
    return switch (solver) {
      case ExplicitRungeKutta method ->
          new ExplicitDerivatives(field, integrator, method, checkpointed);
      case StagedMethod method -> new StagedDerivatives(field, integrator, method, checkpointed);
      case CommonsSolver box -> throw blackBox(box);
      case SwitchingMethod method ->
          new SwitchedDerivatives(field, integrator, method, checkpointed);
    };
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
