package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Result;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;

/**
 * Time and state where an event stops a solve, shape {@code (1 + state)}; NaN when the solve fails
 * or no event comes.
 */
final class EventFunction implements ImplicitFunction {
  private final Setting setting;
  private final Event event;
  private final Program slope;

  EventFunction(Setting setting, Event event) {
    this.setting = setting;
    this.event = event;
    this.slope = slope(event);
  }

  /** The condition's value and its derivatives by t, y and p. */
  private static Program slope(Event event) {
    if (!(event instanceof Event.Crossing crossing)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Event '%s' is a steady state, which has no time. Take SteadySolve for the state and its derivatives.",
              event.name()));
    }
    if (!(crossing.condition() instanceof Event.Condition.Traced(var observable))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Event '%s' has a plain condition, so its time has no derivative. Give a traced one: an Observable.",
              event.name()));
    }
    Graph condition = observable.graph();
    return Program.of(
        Graph.trace(
            condition.inputs(),
            in -> Vjp.pull(condition, in, List.of(in.getFirst().constant(Tensor.vector(1))))));
  }

  Setting setting() {
    return setting;
  }

  @Override
  public String name() {
    return "solve until event '" + event.name() + "'";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return Shape.of(1 + operands.get(Setting.INITIAL).size());
  }

  @Override
  public void evaluate(Call call) {
    double[] span = Setting.operand(call, Setting.TIMES);
    Tensor initial = Tensor.vector(Setting.operand(call, Setting.INITIAL));
    TapedSteps steps = setting.tape(call);
    Integrator integrator = setting.integrator().withSaveAt(SaveAt.end()).withListener(steps);
    OdeTerm term = setting.term(call, Optional.of(steps));
    Problem problem = Problem.of(term, initial, span[0], span[1]).withEvents(event);
    Solution solution = integrator.solve(problem);
    boolean stopped = solution.result() == Result.EVENT;
    Tensor state = solution.state(solution.size() - 1);
    double[] m = call.memory();
    m[call.result()] = stopped ? solution.times()[solution.size() - 1] : Double.NaN;
    for (int j = 0; j < state.size(); j++) {
      m[call.result() + 1 + j] = stopped ? state.at(j) : Double.NaN;
    }
    call.record(new Recorded(setting, steps, reaches(steps, span[1]), stopped ? 1 : 0));
  }

  private static boolean reaches(TapedSteps steps, double end) {
    int last = steps.steps() - 1;
    if (last < 0 || Double.isInfinite(end)) {
      return false;
    }
    double rest = end - steps.time(last) - steps.length(last);
    return Math.abs(rest) <= 2 * Math.ulp(Math.max(Math.abs(end), Math.abs(steps.time(last))));
  }

  /**
   * How the event's time moves: {@code dt = -(g_y dy + g_p dp) / (g_t + g_y y')}, where dy is the
   * change of the state at a fixed time.
   */
  Crossing crossing(Call call, Recorded recorded) {
    double[] m = call.memory();
    int result = call.operand(Setting.RESULT);
    int size = setting.size();
    Program.Run run = slope.open();
    run.set(0, m[result]);
    run.set(1, m, result + 1);
    run.set(2, Setting.operand(call, Setting.PARAMETERS), 0);
    run.run();
    double[] byState = run.get(1).toArray();
    TapedSteps steps = recorded.tape();
    int step = steps.steps() - 1;
    double theta = recorded.theta(step, m[result]);
    double[] derivative = new double[size];
    steps.slope(step, theta, derivative);
    double rate = run.number(0);
    for (int j = 0; j < size; j++) {
      rate = Math.fma(byState[j], derivative[j], rate);
    }
    // What the field captured of functions around it comes last, and the condition knows none of
    // it.
    int parameters = call.shape(Setting.PARAMETERS).size();
    double[] byParameters = Arrays.copyOf(run.get(2).toArray(), parameters);
    return new Crossing(
        step,
        theta,
        rate,
        Tensor.vector(derivative),
        Tensor.vector(byState),
        Tensor.vector(byParameters));
  }

  /** The event's condition where it crosses zero, with its derivatives. */
  record Crossing(
      int step,
      double theta,
      double rate,
      Tensor derivative,
      Tensor byState,
      Tensor byParameters) {}

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    return new EventPullback(this, wanted);
  }

  @Override
  public ImplicitFunction pushforward() {
    return new EventPushforward(this);
  }
}
