package odeum.adjoint;

import java.util.Optional;
import odeum.solver.Integrator;
import odeum.solver.SwitchingMethod;
import odeum.term.TracedField;

/** Through the steps of a method, then of the one that it goes over to. */
final class SwitchedDerivatives implements StepDerivatives {
  private final ExplicitDerivatives first;
  private final StepDerivatives second;

  SwitchedDerivatives(
      TracedField field, Integrator integrator, SwitchingMethod method, Adjoint adjoint) {
    Optional<Adjoint.Checkpointed> checkpointed =
        adjoint instanceof Adjoint.Checkpointed some ? Optional.of(some) : Optional.empty();
    this.first = new ExplicitDerivatives(field, integrator, method.start(), checkpointed);
    this.second = StepDerivatives.of(field, integrator, method.stiff(), adjoint);
  }

  @Override
  public TapedSteps newTape() {
    return new SwitchedTape((FramedSteps) first.newTape(), (FramedSteps) second.newTape());
  }

  @Override
  public ReverseSteps reverse(TapedSteps tape, boolean timed) {
    SwitchedTape both = (SwitchedTape) tape;
    return new SwitchedReverse(
        both,
        (DirectReverse) first.reverse(both.first(), timed),
        (DirectReverse) second.reverse(both.second(), timed),
        timed);
  }

  @Override
  public ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent) {
    SwitchedTape both = (SwitchedTape) tape;
    return new SwitchedForward(
        both,
        first.forward(both.first(), parameters, parameterTangents, stateTangent),
        tangent -> second.forward(both.second(), parameters, parameterTangents, tangent));
  }
}
