package odeum.compile;

import java.util.List;
import java.util.Optional;
import odeum.graph.Op;
import odeum.simd.Stages;

/**
 * Makes tiny programs faster, once they have shown to run often: one generated method that computes
 * number by number, where a kernel per value costs more than what it computes. The bits are those
 * of the kernels.
 */
final class StraightLine {
  /** Programs of more numbers stay with kernels. */
  private static final int MOST_NUMBERS = 400;

  private final Values values;
  private final List<Task> tasks;
  private final Phases phases;
  private final Layout layout;
  private final boolean[] computed;

  private StraightLine(Values values, List<Task> tasks, Phases phases, Layout layout) {
    this.values = values;
    this.tasks = tasks;
    this.phases = phases;
    this.layout = layout;
    this.computed = new boolean[values.count()];
    tasks.forEach(task -> computed[task.value()] |= !task.accumulates());
  }

  /**
   * {@return the maker of code for these tasks, if they are tiny and all can be written as code}
   */
  static Optional<StraightLine> of(Values values, List<Task> tasks, Phases phases, Layout layout) {
    long numbers = tasks.stream().mapToLong(task -> Work.of(task, values)).sum();
    for (int position = 0; position < values.count(); position++) {
      if (values.needed(position)) {
        numbers += values.op(position) instanceof Op.Input ? 0 : values.size(position);
        if (!ScalarRules.covers(values.op(position))) {
          return Optional.empty();
        }
      }
    }
    return numbers <= MOST_NUMBERS
        ? Optional.of(new StraightLine(values, tasks, phases, layout))
        : Optional.empty();
  }

  /** {@return one kernel that does what those of a phase do} */
  Optional<Kernel> kernel(int phase) {
    ScalarCode code = new ScalarCode();
    ScalarValues numbers = new ScalarValues(values, code, at -> given(code, at, phase));
    for (Task task : tasks) {
      if (phases.of(task.value()) != phase) {
        continue;
      }
      if (task.accumulates()) {
        accumulate(task, code, numbers);
      } else if (layout.lasts(task.value())) {
        Place place = layout.place(task.value());
        code.store(array(place), place.at(), numbers.of(task.value()));
      }
    }
    return Generated.kernel(code);
  }

  private static int array(Place place) {
    return place.framed() ? 1 : 0;
  }

  /** What is in memory when a phase begins. */
  private Optional<Scalar[]> given(ScalarCode code, int position, int phase) {
    boolean stored = computed[position] && phases.of(position) != phase && layout.lasts(position);
    if (!stored && !(values.op(position) instanceof Op.Input)) {
      return Optional.empty();
    }
    Place place = layout.place(position);
    return Optional.of(code.load(array(place), place.at(), values.size(position)));
  }

  private static void accumulate(Task task, ScalarCode code, ScalarValues numbers) {
    Scalar[] a = numbers.of(task.operands().getFirst());
    switch (task.kind()) {
      case Task.AccumulateProduct(int at, int rows, int inner, int width) -> {
        Scalar[] b = numbers.of(task.operands().get(1));
        for (int i = 0; i < rows * width; i++) {
          for (int p = 0; p < inner; p++) {
            int lane = at + 8 * i + (p & 7);
            Scalar x = a[i / width * inner + p];
            Scalar y = b[i % width * inner + p];
            code.store(0, lane, code.fma(x, y, code.load(0, lane)));
          }
        }
      }
      case Task.AccumulateRows(int at, int rows, int width) -> {
        for (int i = 0; i < rows * width; i++) {
          int lane = at + 8 * (i / width) + (i % width & 7);
          code.store(0, lane, code.add(code.load(0, lane), a[i]));
        }
      }
      case Task.Accumulate(int at, int count) -> {
        for (int i = 0; i < count; i++) {
          code.store(0, at + i, code.add(code.load(0, at + i), a[i]));
        }
      }
      default -> throw new IllegalStateException("No sum: " + task);
    }
  }

  /** {@return the stages of a method for the program of a derivative: inputs t, y, p} */
  Optional<Generated.Maker> stages(Stages.Scheme scheme, int output) {
    ScalarCode code =
        StageCode.of(
            scheme,
            values.size(output),
            (lines, time, state) ->
                new ScalarValues(
                        values,
                        lines,
                        at ->
                            switch (values.op(at)) {
                              case Op.Input(int input) when input == 0 ->
                                  Optional.of(new Scalar[] {time});
                              case Op.Input(int input) when input == 1 -> Optional.of(state);
                              default -> given(lines, at, Phases.FORWARD);
                            })
                    .of(output));
    return Generated.stages(scheme, code, StageCode.dense(scheme, values.size(output)));
  }
}
