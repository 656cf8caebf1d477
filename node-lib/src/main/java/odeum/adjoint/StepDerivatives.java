package odeum.adjoint;

import java.util.Locale;
import java.util.Optional;
import odeum.solver.CommonsSolver;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.OneStepMethod;
import odeum.solver.StagedMethod;
import odeum.term.TracedField;

/** How derivatives go through the steps of one family of methods, for one field. */
sealed interface StepDerivatives permits ExplicitDerivatives, StagedDerivatives {
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
    return switch (integrator.solver()) {
      case ExplicitRungeKutta method ->
          new ExplicitDerivatives(field, integrator, method, checkpointed);
      case StagedMethod method -> new StagedDerivatives(field, integrator, method, checkpointed);
      case CommonsSolver box -> throw blackBox(box);
      case OneStepMethod other ->
          throw new UnsupportedOperationException(
              String.format(
                  Locale.ROOT, "No derivative goes through the steps of %s.", other.name()));
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
