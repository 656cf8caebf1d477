package odeum.compile;

import java.util.Arrays;
import java.util.List;
import odeum.graph.Op;

/**
 * Where each value lies. Inputs, constants, outputs and what is computed once have places of their
 * own; what the derivative reads of an evaluation lies in its frame; the places of the others are
 * used again as soon as nobody reads them any more.
 */
final class Layout {
  private final Values values;
  private final Place[] places;
  private final boolean[] lasting;
  private int size;
  private int frameSize;

  private Layout(Values values) {
    this.values = values;
    this.places = new Place[values.count()];
    this.lasting = new boolean[values.count()];
  }

  /**
   * {@return the places for these tasks}
   *
   * @param outputs the positions of the results
   * @param framed whether values that the backward phase reads lie in frames
   * @param reserved how much memory at the start is for something else
   */
  static Layout of(
      Values values,
      List<Task> tasks,
      List<Integer> outputs,
      Phases phases,
      boolean framed,
      int reserved) {
    Layout layout = new Layout(values);
    layout.take(reserved);
    boolean[] saved = framed ? saved(values, tasks, outputs, phases) : new boolean[values.count()];
    boolean[] own = own(values, tasks, outputs, phases);
    for (int position = 0; position < values.count(); position++) {
      layout.lasting[position] = saved[position] || own[position];
      if (saved[position]) {
        layout.places[position] = new Place(layout.frameSize, true);
        layout.frameSize += values.size(position);
      } else if (own[position]) {
        layout.places[position] = new Place(layout.take(values.size(position)), false);
      }
    }
    int shared = layout.size;
    for (int phase = Phases.FORWARD; phase <= Phases.BACKWARD; phase++) {
      int now = phase;
      layout.passing(shared, tasks.stream().filter(t -> phases.of(t.value()) == now).toList());
    }
    return layout;
  }

  /** What an evaluation computes or is given, and its derivative reads; and its results. */
  private static boolean[] saved(
      Values values, List<Task> tasks, List<Integer> outputs, Phases phases) {
    boolean[] saved = new boolean[values.count()];
    for (Task task : tasks) {
      if (phases.of(task.value()) == Phases.BACKWARD) {
        for (int operand : task.operands()) {
          int root = values.root(operand);
          saved[root] = phases.of(root) == Phases.FORWARD;
        }
      }
    }
    for (int output : outputs) {
      int root = values.root(output);
      saved[root] = phases.of(root) == Phases.FORWARD;
    }
    return saved;
  }

  private static boolean[] own(
      Values values, List<Task> tasks, List<Integer> outputs, Phases phases) {
    boolean[] own = new boolean[values.count()];
    outputs.forEach(output -> own[values.root(output)] = true);
    for (Task task : tasks) {
      own[task.value()] |= phases.of(task.value()) == Phases.FIXED;
    }
    for (int position = 0; position < own.length; position++) {
      Op op = values.op(position);
      own[position] |=
          op instanceof Op.Input || (op instanceof Op.Constant && values.needed(position));
    }
    return own;
  }

  private int take(int count) {
    int at = size;
    size += FreeSpace.rounded(count);
    return at;
  }

  /** Places for what lives only within these tasks. */
  private void passing(int start, List<Task> tasks) {
    int[] last = new int[values.count()];
    Arrays.fill(last, -1);
    for (int i = 0; i < tasks.size(); i++) {
      last[tasks.get(i).value()] = i;
      for (int operand : tasks.get(i).operands()) {
        last[values.root(operand)] = i;
      }
    }
    FreeSpace space = new FreeSpace(start);
    boolean[] passing = new boolean[values.count()];
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      int value = task.value();
      if (places[value] == null && !task.accumulates()) {
        int heir = inherited(task, i, last, passing);
        if (heir >= 0) {
          places[value] = places[heir];
          passing[heir] = false;
        } else {
          places[value] = new Place(space.take(values.size(value)), false);
        }
        passing[value] = true;
      }
      release(task, i, last, passing, space);
    }
    size = Math.max(size, space.size());
  }

  /** An operand that dies here and whose place the result may take. */
  private int inherited(Task task, int i, int[] last, boolean[] passing) {
    if (task.isElementwise()) {
      for (int operand : task.operands()) {
        int root = values.root(operand);
        boolean same = values.size(root) == values.size(task.value());
        if (passing[root] && last[root] == i && same && readWholly(task, root)) {
          return root;
        }
      }
    }
    return -1;
  }

  private boolean readWholly(Task task, int root) {
    return task.operands().stream()
        .allMatch(o -> values.root(o) != root || values.size(o) == values.size(root));
  }

  private void release(Task task, int i, int[] last, boolean[] passing, FreeSpace space) {
    for (int operand : task.operands()) {
      free(values.root(operand), i, last, passing, space);
    }
    free(task.value(), i, last, passing, space);
  }

  private void free(int root, int i, int[] last, boolean[] passing, FreeSpace space) {
    if (passing[root] && last[root] == i) {
      passing[root] = false;
      space.giveBack(places[root].at(), values.size(root));
    }
  }

  /** Whether a value stays where it is after the tasks of its phase. */
  boolean lasts(int root) {
    return lasting[root];
  }

  /** Where a value starts. */
  Place place(int position) {
    return places[values.root(position)].plus(values.start(position));
  }

  /** How much memory a run has. */
  int size() {
    return size;
  }

  /** How much memory a frame has. */
  int frameSize() {
    return frameSize;
  }
}
