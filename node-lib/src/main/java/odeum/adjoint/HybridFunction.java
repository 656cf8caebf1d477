package odeum.adjoint;

import java.util.Arrays;
import java.util.List;
import odeum.graph.ImplicitFunction;
import odeum.solver.Solution;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A solve with events that change the state, or that end it, or of a field that jumps. What did not
 * come is NaN.
 *
 * @param title what it is called
 */
record HybridFunction(Setting setting, TracedEvents events, Wanted asked, String title)
    implements ImplicitFunction {
  @Override
  public String name() {
    return title;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return asked.shape(operands);
  }

  @Override
  public void evaluate(Call call) {
    boolean taped = call.recordIsRead();
    HybridRun run = new HybridRun(setting, events, asked, call, taped);
    Solution solution = run.solve(Tensor.vector(Setting.operand(call, Setting.INITIAL)));
    int saved = store(call, run, solution);
    if (taped) {
      call.record(run.segments(saved));
    }
  }

  /**
   * Stores the result.
   *
   * @return how many of the wanted times were reached; of one event, 1 if it came
   */
  private int store(Call call, HybridRun run, Solution solution) {
    double[] m = call.memory();
    return switch (asked) {
      case Wanted.States _ ->
          Setting.storeStates(call, solution, Setting.operand(call, Setting.TIMES));
      case Wanted.Occurrence _ -> {
        Segments.Boundary last = run.isDone() ? run.segments(1).boundaries().getLast() : null;
        if (last == null) {
          Arrays.fill(m, call.result(), call.result() + setting.size() + 1, Double.NaN);
          yield 0;
        }
        m[call.result()] = last.time();
        double[] state = last.hits().getLast().before();
        System.arraycopy(state, 0, m, call.result() + 1, state.length);
        yield 1;
      }
      case Wanted.EventTimes(int most) -> {
        Arrays.fill(m, call.result(), call.result() + most, Double.NaN);
        int at = call.result();
        for (Segments.Boundary boundary : run.segments(0).boundaries()) {
          for (int i = 0; i < boundary.hits().size(); i++) {
            m[at++] = boundary.time();
          }
        }
        yield at - call.result();
      }
    };
  }

  /** Without events samples with the same times share the steps, as one state. */
  @Override
  public ImplicitFunction map(List<Boolean> mapped, int size) {
    boolean shares = events.isEmpty() && Setting.sharesSteps(mapped);
    return shares
        ? new HybridFunction(
            setting.mapped(mapped.get(Setting.PARAMETERS), size), events, asked, title)
        : ImplicitFunction.super.map(mapped, size);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    return new HybridPullback(this, wanted);
  }

  @Override
  public ImplicitFunction pushforward() {
    return new HybridPushforward(this);
  }
}
