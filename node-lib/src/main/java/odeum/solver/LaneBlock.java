package odeum.solver;

import odeum.simd.StageLoops;
import odeum.term.BatchedField;
import odeum.term.OdeTerm;

/**
 * A block of lanes: takes solves from the queue of its group, steps them side by side, and puts the
 * next one where one has ended. When none is left, it moves to fewer lanes. For one thread.
 */
final class LaneBlock {
  private final LaneGroup group;
  private final EnsembleRun run;
  private final Settings settings;
  private final ButcherTableau tableau;
  private final int n;
  private final double limit;
  private Lane[] lanes;
  private LaneStep step;
  private LaneView view;
  private LaneControl control;
  private BatchedField field;
  private double[] parameters;
  private StepSequence.Verdict[] verdicts;
  private double[] due;
  private double[] steep;
  private int[] saving;
  private double[] times;
  private double[][] targets;
  private double[][] wanted;
  private int[] written;
  private RungeKuttaStep starter;
  private boolean ownChanged;
  private boolean queueIsEmpty;
  private final boolean switches;
  private boolean suspected;
  private int live;

  LaneBlock(LaneGroup group, int width) {
    this.group = group;
    this.run = group.run();
    this.settings = run.settings();
    this.tableau = group.method().tableau();
    this.switches = settings.solver() instanceof SwitchingMethod;
    this.n = group.field().state().size();
    this.limit = StiffnessMonitor.of(group.method()).squaredLimit();
    open(width);
  }

  private void open(int width) {
    lanes = new Lane[width];
    field = group.field().batched(group.own(), width);
    step = new LaneStep(tableau, field, n);
    view = new LaneView(step);
    control =
        switch (settings.controller()) {
          case FixedStep fixed -> new LaneFixed(fixed, width);
          case Pid pid ->
              new LanePid(pid, tableau, settings.controlled(n), settings.first(), width);
        };
    verdicts = new StepSequence.Verdict[width];
    due = new double[width];
    steep = new double[width];
    saving = new int[width];
    times = new double[width];
    targets = new double[width][];
    wanted = new double[width][];
    written = new int[width];
    int count = group.field().parameters().size();
    parameters = new double[group.own() ? count * width : count];
  }

  void run() {
    fill();
    while (live > 0) {
      Result stop = run.stop();
      if (stop != null) {
        stop(stop);
      } else {
        tryStep();
        fill();
        pack();
      }
    }
  }

  /** Lets the next solves begin in lanes that are free. */
  private void fill() {
    for (int lane = 0; live < lanes.length && !queueIsEmpty && lane < lanes.length; lane++) {
      if (lanes[lane] == null) {
        begin(lane);
      }
    }
    if (ownChanged) {
      field.setParameters(parameters);
      ownChanged = false;
    }
  }

  private void begin(int lane) {
    while (lanes[lane] == null && !queueIsEmpty) {
      int index = group.next();
      queueIsEmpty = index < 0;
      if (index >= 0 && !run.solvedAlone(index)) {
        begin(lane, index, run.problem(index));
      }
    }
  }

  private void begin(int lane, int index, Problem problem) {
    double[] state = problem.initial().toArray();
    OdeTerm term = problem.term();
    if (starter == null || group.own()) {
      starter = new RungeKuttaStep(tableau, term.open(), n);
      put(term.parameters().toArray(), lane);
      ownChanged = true;
    }
    lanes[lane] =
        new Lane(
            index,
            settings,
            group.method(),
            problem,
            run.saveAt(index),
            run.wanted(index),
            run.mostKept());
    lanes[lane].begin(state);
    starter.restart(problem.start(), state);
    control.begin(lane, starter, problem.end());
    step.begin(lane, starter, problem.end());
    watch(lane);
    live++;
  }

  private void put(double[] values, int lane) {
    if (!group.own()) {
      System.arraycopy(values, 0, parameters, 0, values.length);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      parameters[i * lanes.length + lane] = values[i];
    }
  }

  private void tryStep() {
    control.next(step);
    step.attempt();
    control.judge(step, verdicts);
    if (settings.controller() instanceof Pid) {
      lookForStiffness();
    }
    save();
    step.advance(verdicts);
    int most = settings.maxSteps();
    for (int lane = 0; lane < lanes.length; lane++) {
      StepSequence.Verdict verdict = verdicts[lane];
      boolean ends = step.t[lane] == step.end[lane];
      ends |= step.accepted[lane] + step.rejected[lane] >= most;
      ends |= verdict != StepSequence.Verdict.ACCEPT && verdict != StepSequence.Verdict.REJECT;
      if (ends && verdict != null) {
        finish(lane, result(lane, verdict));
      } else if (switches && suspected && verdict != null) {
        handOver(lane);
      }
    }
  }

  /** A solve that goes over to another method is begun again, alone. */
  private void handOver(int lane) {
    Lane solve = lanes[lane];
    if (solve.stiffness().isStiffAfter(step.accepted[lane])) {
      run.leaveAlone(solve.index);
      free(lane);
    }
  }

  /** Saves what is due in accepted steps, one time of each lane after the other. */
  private void save() {
    int found = 0;
    for (int lane = 0; lane < lanes.length; lane++) { // no branch that could not be foreseen
      saving[found] = lane;
      found += isDue(lane) & verdicts[lane] == StepSequence.Verdict.ACCEPT ? 1 : 0;
    }
    int count = 0;
    for (int i = 0; i < found; i++) {
      int lane = saving[i];
      if (targets[lane] != null) {
        saving[count++] = lane;
      } else {
        lanes[lane].accept(view, step, lane);
        due[lane] = lanes[lane].due();
      }
    }
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        times[i] = due[saving[i]];
      }
      step.weigh(saving, times, count);
      int left = 0;
      for (int i = 0; i < count; i++) {
        int lane = saving[i];
        step.interpolate(lane, times[i], i, targets[lane], written[lane] * n);
        written[lane]++;
        due[lane] = dueAfter(lane);
        saving[left] = lane;
        left += isDue(lane) ? 1 : 0;
      }
      count = left;
    }
  }

  private double dueAfter(int lane) {
    double[] all = wanted[lane];
    int next = written[lane];
    return next < all.length ? all[next] : step.direction[lane] * Double.POSITIVE_INFINITY;
  }

  /** Sees to it that a lane is saved: by itself, or straight to where its states lie. */
  private void watch(int lane) {
    Recorder recorder = lanes[lane].recorder();
    targets[lane] = lanes[lane].wantsTimesOnly() ? recorder.states() : null;
    wanted[lane] = run.wanted(lanes[lane].index);
    written[lane] = recorder.next();
    due[lane] = lanes[lane].due();
  }

  private boolean isDue(int lane) {
    return (step.t1[lane] - due[lane]) * step.direction[lane] >= 0;
  }

  private Result result(int lane, StepSequence.Verdict verdict) {
    return switch (verdict) {
      case TOO_SMALL -> Result.STEP_TOO_SMALL;
      case NOT_FINITE, NOT_SOLVED -> Result.NOT_FINITE;
      case ACCEPT, REJECT ->
          step.t[lane] == step.end[lane] ? Result.SUCCESS : Result.MAX_STEPS_REACHED;
    };
  }

  private void lookForStiffness() {
    int closing = tableau.closing();
    if (closing < 2 || limit == Double.POSITIVE_INFINITY) {
      return;
    }
    int beyond =
        StageLoops.steeper(
            steep,
            step.h,
            step.k,
            closing * step.stride,
            (closing - 1) * step.stride,
            limit,
            step.y1,
            step.stage,
            n,
            lanes.length);
    if (beyond == 0 && !suspected) {
      return;
    }
    suspected = false;
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] != null) {
        StiffnessMonitor monitor = lanes[lane].stiffness();
        if (verdicts[lane] == StepSequence.Verdict.ACCEPT && step.closed[lane]) {
          monitor.accept(step.t[lane], steep[lane] != 0);
        }
        suspected |= !monitor.isCalm();
      }
    }
  }

  /** Tells a lane what was saved for it. */
  private void settle(int lane) {
    if (lanes[lane] != null && targets[lane] != null) {
      lanes[lane].recorder().countUpTo(written[lane]);
    }
  }

  private void finish(int lane, Result result) {
    settle(lane);
    run.solved(lanes[lane].index, lanes[lane].finish(settings, result, step, lane));
    free(lane);
  }

  private void free(int lane) {
    lanes[lane] = null;
    step.stop(lane);
    live--;
  }

  private void stop(Result reason) {
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] != null) {
        finish(lane, reason);
      }
    }
    fill(); // the others end where they begin
  }

  /** Moves to fewer lanes when at most half are taken and nothing waits. */
  private void pack() {
    if (!queueIsEmpty || live == 0 || 2 * live > lanes.length) {
      return;
    }
    int width = lanes.length;
    while (width > LaneGroup.FEWEST_LANES && 2 * live <= width) {
      width /= 2;
    }
    if (width < lanes.length) {
      packInto(width);
    }
  }

  private void packInto(int width) {
    for (int lane = 0; lane < lanes.length; lane++) {
      settle(lane);
    }
    int[] from = new int[live];
    int count = 0;
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] != null) {
        from[count++] = lane;
      }
    }
    Lane[] before = lanes;
    LaneStep wider = step;
    LaneControl widerControl = control;
    double[] allParameters = parameters;
    open(width);
    step.take(wider, from);
    control.take(widerControl, from);
    for (int lane = 0; lane < count; lane++) {
      lanes[lane] = before[from[lane]];
      watch(lane);
    }
    takeParameters(allParameters, before.length, from);
    field.setParameters(parameters);
  }

  private void takeParameters(double[] all, int width, int[] from) {
    if (!group.own()) {
      parameters = all;
      return;
    }
    for (int i = 0; i < parameters.length / lanes.length; i++) {
      for (int lane = 0; lane < from.length; lane++) {
        parameters[i * lanes.length + lane] = all[i * width + from[lane]];
      }
    }
  }
}
