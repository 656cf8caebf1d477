package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import odeum.graph.ImplicitFunction.Call;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** What a solve and its derivatives share. Operands: initial state, parameters, times. */
final class Setting {
  static final int INITIAL = 0;
  static final int PARAMETERS = 1;
  static final int TIMES = 2;

  /** In a derivative, the result of the solve follows its operands. */
  static final int RESULT = 3;

  /** Then the cotangent of the result, or the tangents of the operands. */
  static final int GIVEN = 4;

  private final TracedField field;
  private final Integrator integrator;
  private final Adjoint adjoint;
  private final StepDerivatives derivatives;

  Setting(TracedField field, Integrator integrator, Adjoint adjoint) {
    this.field = field;
    this.integrator = integrator.along(field);
    this.adjoint = adjoint;
    this.derivatives = StepDerivatives.of(field, this.integrator, adjoint);
  }

  /** {@return this setting for the states of many samples as one} */
  Setting mapped(boolean parameters, int samples) {
    return new Setting(field.mapped(parameters, samples), mapped(integrator, samples), adjoint);
  }

  /** {@return the integrator of many samples as one state, whose last axis counts them} */
  static Integrator mapped(Integrator integrator, int samples) {
    OptionalInt controlled = integrator.controlled();
    return controlled.isPresent()
        ? integrator.withControlled(Math.multiplyExact(controlled.getAsInt(), samples))
        : integrator;
  }

  TracedField field() {
    return field;
  }

  FixedTimes fixed() {
    return FixedTimes.of(integrator);
  }

  Integrator integrator() {
    return integrator;
  }

  /** {@return the tape of the evaluation before, if it was this setting's, or a new one} */
  TapedSteps tape(Call call) {
    Object previous = call.previousRecord().orElse(null);
    return previous instanceof Recorded recorded && recorded.of() == this
        ? recorded.tape()
        : newTape();
  }

  TapedSteps newTape() {
    return derivatives.newTape();
  }

  /** {@return the term at the parameters of a call, which begins a tape if there is one} */
  OdeTerm term(Call call, Optional<TapedSteps> tape) {
    OdeTerm term = OdeTerm.of(field, Tensor.vector(operand(call, PARAMETERS)));
    double[] times = operand(call, TIMES);
    return tape.map(t -> t.begin(term, times[times.length - 1])).orElse(term);
  }

  int size() {
    return field.state().size();
  }

  /** {@return the way back through the steps of the solve that a pullback is called with} */
  ReverseSteps reverse(Recorded recorded, boolean timed) {
    return derivatives.reverse(recorded.tape(), timed);
  }

  /** {@return the way of the tangents that a pushforward is called with} */
  ForwardSteps forward(Call call, Recorded recorded) {
    return forward(
        recorded,
        operand(call, PARAMETERS),
        operand(call, GIVEN + PARAMETERS),
        operand(call, GIVEN + INITIAL));
  }

  ForwardSteps forward(
      Recorded recorded, double[] parameters, double[] parameterTangents, double[] stateTangent) {
    return derivatives.forward(recorded.tape(), parameters, parameterTangents, stateTangent);
  }

  /**
   * Stores the states at the wanted times; NaN for those the solve did not reach.
   *
   * @return how many it reached
   */
  static int storeStates(Call call, Solution solution, double[] times) {
    int size = call.shape(INITIAL).size();
    double[] reached = solution.times();
    int saved = 0;
    // After a failure the last state is where the solve got, which is no time that was asked for.
    for (; saved < reached.length && reached[saved] == times[saved]; saved++) {
      solution.copyState(saved, call.memory(), call.result() + saved * size);
    }
    int from = call.result() + saved * size;
    Arrays.fill(call.memory(), from, call.result() + times.length * size, Double.NaN);
    return saved;
  }

  /** {@return why a solve does not reach the last of its times, if it does not} */
  static Optional<String> trouble(TracedField field, Integrator integrator, List<Tensor> operands) {
    Tensor times = operands.get(TIMES);
    OdeTerm term = OdeTerm.of(field, operands.get(PARAMETERS));
    Tensor initial = Tensor.vector(operands.get(INITIAL).toArray());
    Problem problem = Problem.of(term, initial, times.at(0), times.at(times.size() - 1));
    Solution solution = integrator.withoutSteps().solve(problem);
    return solution.result().isSuccess() ? Optional.empty() : solution.reason().lines().findFirst();
  }

  /** {@return the shape of the cotangents of these operands, one after the other} */
  static Shape cotangents(List<Integer> wanted, List<Shape> operands) {
    return Shape.of(wanted.stream().mapToInt(i -> operands.get(i).size()).sum());
  }

  /** Stores NaN as the cotangents of the wanted operands: after a failure they are unknown. */
  static void storeUnknown(Call call, List<Integer> wanted) {
    int count = wanted.stream().mapToInt(i -> call.shape(i).size()).sum();
    Arrays.fill(call.memory(), call.result(), call.result() + count, Double.NaN);
  }

  /** {@return whether the mapped operands let all samples share the steps of one solve} */
  static boolean sharesSteps(List<Boolean> mapped) {
    return mapped.get(INITIAL) && !mapped.get(TIMES);
  }

  /** Refuses derivatives of each sample where a solve of all of them was recorded as one. */
  static void requireOwnSteps(List<Boolean> mapped) {
    if (sharesSteps(mapped)) {
      throw new UnsupportedOperationException(
          "Samples that share the steps of a solve have no derivatives of their own. Differentiate"
              + " what the batch sums up to, or give each sample its own steps: Solve.perSample().");
    }
  }

  /** Stores the cotangents of the wanted operands, one after the other. */
  static void store(Call call, List<Integer> wanted, double[]... cotangents) {
    int at = call.result();
    for (int operand : wanted) {
      System.arraycopy(cotangents[operand], 0, call.memory(), at, cotangents[operand].length);
      at += cotangents[operand].length;
    }
  }

  static double[] operand(Call call, int i) {
    int from = call.operand(i);
    return Arrays.copyOfRange(call.memory(), from, from + call.shape(i).size());
  }
}
