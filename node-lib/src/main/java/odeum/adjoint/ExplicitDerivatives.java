package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.compile.Pullback;
import odeum.graph.Graph;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.StageScheme;
import odeum.tensor.Shape;
import odeum.term.TracedField;

/** Through the stages of explicit Runge-Kutta methods. */
final class ExplicitDerivatives implements StepDerivatives {
  private final TracedField field;
  private final Integrator integrator;
  private final ExplicitRungeKutta solver;
  private final Stages stages;
  private final Optional<Adjoint.Checkpointed> checkpointed;
  private Pullback pullback;
  private Program push;

  ExplicitDerivatives(
      TracedField field,
      Integrator integrator,
      ExplicitRungeKutta solver,
      Optional<Adjoint.Checkpointed> checkpointed) {
    this.integrator = integrator;
    this.field = field;
    this.solver = solver;
    this.stages = new Stages(StageScheme.of(solver.tableau()));
    this.checkpointed = checkpointed;
  }

  @Override
  public TapedSteps newTape() {
    int size = field.state().size();
    FixedTimes fixed = FixedTimes.of(integrator);
    return checkpointed.isPresent()
        ? new CheckpointTape(
            solver,
            integrator.controller(),
            stages,
            pullback(),
            size,
            checkpointed.get().states(),
            fixed)
        : new Tape(pullback(), size, stages, fixed);
  }

  @Override
  public ReverseSteps reverse(TapedSteps tape, boolean timed) {
    return new DirectReverse(stages, (FramedSteps) tape, field.state().size(), timed);
  }

  @Override
  public ForwardSteps forward(
      TapedSteps tape, double[] parameters, double[] parameterTangents, double[] stateTangent) {
    return new DirectForward(
        stages,
        (FramedSteps) tape,
        new Program[] {push()},
        parameters,
        parameterTangents,
        stateTangent);
  }

  private synchronized Pullback pullback() {
    if (pullback == null) {
      pullback = pullback(field.graph());
    }
    return pullback;
  }

  /** A function whose third input is the parameters, with its derivatives by all inputs. */
  static Pullback pullback(Graph graph) {
    int count = graph.inputs().size();
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.add(graph.output(0));
    List<Integer> by = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    by.remove(2);
    by.add(2); // those of fixed inputs come last
    Graph derivative =
        Graph.trace(
            inputs,
            in -> Vjp.valueAndPull(graph, in.subList(0, count), in.subList(count, count + 1), by));
    return Pullback.of(derivative, graph, List.of(2));
  }

  private synchronized Program push() {
    if (push == null) {
      push = Program.of(Jvp.of(field.graph()));
    }
    return push;
  }
}
