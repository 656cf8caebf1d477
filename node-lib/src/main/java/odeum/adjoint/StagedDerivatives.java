package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.compile.Pullback;
import odeum.solver.AdditiveRungeKutta;
import odeum.solver.ImplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.RosenbrockMethod;
import odeum.solver.StageScheme;
import odeum.solver.StagedMethod;
import odeum.solver.SymplecticMethod;
import odeum.term.TracedField;

/** Through stages that may be implicit, or of parts of the field. */
final class StagedDerivatives implements StepDerivatives {
  private final Integrator integrator;
  private final StagedMethod method;
  private final Optional<Adjoint.Checkpointed> checkpointed;
  private final Stages stages;
  private final boolean carries;
  private final int size;

  /** The parts of the field by number. */
  private final List<TracedField> fields;

  private final Optional<TracedField> implicit;
  private List<Pullback> pullbacks;
  private Program[] pushes;
  private Optional<Linearized.Programs> linearized = Optional.empty();

  StagedDerivatives(
      TracedField field,
      Integrator integrator,
      StagedMethod method,
      Optional<Adjoint.Checkpointed> checkpointed) {
    this.integrator = integrator;
    this.method = method;
    this.checkpointed = checkpointed;
    this.size = field.state().size();
    StageScheme scheme =
        method instanceof AdditiveRungeKutta additive && field.summands().isEmpty()
            ? additive.wholeScheme()
            : method.scheme();
    this.stages = new Stages(scheme);
    this.carries = scheme.isFirstSameAsLast();
    this.fields = fields(field, method);
    this.implicit =
        switch (method) {
          case ImplicitRungeKutta _, AdditiveRungeKutta _, RosenbrockMethod _ ->
              Optional.of(fields.getLast());
          case SymplecticMethod _ -> Optional.empty();
        };
  }

  private static List<TracedField> fields(TracedField field, StagedMethod method) {
    List<TracedField> fields = new ArrayList<>(List.of(field));
    switch (method) {
      case ImplicitRungeKutta _, RosenbrockMethod _ -> {}
      case AdditiveRungeKutta _ -> fields.addAll(field.summands());
      case SymplecticMethod _ -> {
        boolean[] positions = field.positions().orElseThrow(() -> inseparable(method));
        fields.add(field.restricted(positions));
        fields.add(field.restricted(opposite(positions)));
      }
    }
    return List.copyOf(fields);
  }

  private static IllegalArgumentException inseparable(StagedMethod method) {
    return new IllegalArgumentException(
        method.name()
            + " needs positions whose derivatives depend on velocities only, and the other way"
            + " round. Take another solver, such as tsit5.");
  }

  private static boolean[] opposite(boolean[] flags) {
    boolean[] others = new boolean[flags.length];
    for (int i = 0; i < flags.length; i++) {
      others[i] = !flags[i];
    }
    return others;
  }

  @Override
  public TapedSteps newTape() {
    FixedTimes fixed = FixedTimes.of(integrator);
    StagePulls pulls = new StagePulls(stages, pullbacks(), implicit, size);
    Optional<RetakenSteps> retaken =
        checkpointed.map(
            some ->
                new RetakenSteps(
                    integrator.controller(), size, carries ? 1 : 0, some.states(), fixed));
    return new StageTape(
        method, integrator.controller(), stages, pulls, size, fixed, retaken, linearized());
  }

  @Override
  public ReverseSteps reverse(TapedSteps tape, boolean timed) {
    return new DirectReverse(stages, (FramedSteps) tape, size, timed);
  }

  @Override
  public ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent) {
    return new DirectForward(
        stages, (FramedSteps) tape, pushes(), parameters, parameterTangents, stateTangent);
  }

  private synchronized Optional<Linearized.Programs> linearized() {
    if (linearized.isEmpty() && method instanceof RosenbrockMethod) {
      linearized = Optional.of(Linearized.Programs.of(fields.getFirst()));
    }
    return linearized;
  }

  private synchronized List<Pullback> pullbacks() {
    if (pullbacks == null) {
      pullbacks = fields.stream().map(f -> ExplicitDerivatives.pullback(f.graph())).toList();
    }
    return pullbacks;
  }

  private synchronized Program[] pushes() {
    if (pushes == null) {
      pushes = fields.stream().map(f -> Program.of(Jvp.of(f.graph()))).toArray(Program[]::new);
    }
    return pushes;
  }
}
