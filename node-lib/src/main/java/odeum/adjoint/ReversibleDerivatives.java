package odeum.adjoint;

import java.util.OptionalInt;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.compile.Pullback;
import odeum.solver.Integrator;
import odeum.solver.ReversibleMethod;
import odeum.solver.StepSizeController;
import odeum.term.TracedField;

/** Through the steps of reversible methods. */
final class ReversibleDerivatives implements StepDerivatives {
  private final TracedField field;
  private final ReversibleMethod method;
  private final StepSizeController controller;
  private final FixedTimes fixed;
  private final Adjoint adjoint;
  private Pullback pullback;
  private Program push;

  ReversibleDerivatives(
      TracedField field, ReversibleMethod method, Integrator integrator, Adjoint adjoint) {
    this.field = field;
    this.method = method;
    this.controller = integrator.controller();
    this.fixed = FixedTimes.of(integrator);
    this.adjoint = adjoint;
  }

  @Override
  public TapedSteps newTape() {
    int size = field.state().size();
    return switch (adjoint) {
      case Adjoint.Checkpointed(OptionalInt most) -> {
        StepTimes times = new StepTimes(controller);
        FreshStarts fresh = new FreshStarts(size);
        RowSource rows = new CheckpointedRows(method, times, fresh, size, most);
        yield new CarriedWindow(method, pullback(), size, times, fresh, rows);
      }
      case Adjoint.Reversible _ -> {
        StepTimes times = new StepTimes(controller);
        FreshStarts fresh = new FreshStarts(size);
        RowSource rows = new ReconstructedRows(method, times, fresh, size);
        yield new CarriedWindow(method, pullback(), size, times, fresh, rows);
      }
      default -> new CarriedTape(method, controller, pullback(), size);
    };
  }

  @Override
  public ReverseSteps reverse(TapedSteps tape, boolean timed) {
    return new CarriedReverse(method, (CarriedSteps) tape, fixed, field.state().size(), timed);
  }

  @Override
  public ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent) {
    CarriedSteps steps = (CarriedSteps) tape;
    return new CarriedForward(method, steps, push(), parameters, parameterTangents, stateTangent);
  }

  private synchronized Pullback pullback() {
    if (pullback == null) {
      pullback = ExplicitDerivatives.pullback(field.graph());
    }
    return pullback;
  }

  private synchronized Program push() {
    if (push == null) {
      push = Program.of(Jvp.of(field.graph()));
    }
    return push;
  }

  /** Computes the slope of the dense output of a step. */
  static void slope(
      ReversibleMethod method, CarriedSteps steps, int step, double theta, double[] target) {
    double[] evaluation = new double[target.length];
    steps.stage(step, 0, target);
    steps.stage(step, method.carriedRows(), evaluation);
    double part = 2 * method.weight() * theta;
    for (int j = 0; j < target.length; j++) {
      target[j] = Math.fma(part, evaluation[j], (1 - part) * target[j]);
    }
  }
}
