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
  private Lane[] lanes;
  private LaneStep step;
  private LaneView view;
  private LaneControl control;
  private BatchedField field;
  private double[] parameters;
  private StepSequence.Verdict[] verdicts;
  private boolean[] accepted;
  private double[] slopes;
  private double[] states;
  private RungeKuttaStep starter;
  private boolean ownChanged;
  private boolean queueIsEmpty;
  private int live;

  LaneBlock(LaneGroup group, int width) {
    this.group = group;
    this.run = group.run();
    this.settings = run.settings();
    this.tableau = group.tableau();
    this.n = group.field().state().size();
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
    accepted = new boolean[width];
    slopes = new double[width];
    states = new double[width];
    int count = group.field().parameters().size();
    parameters = new double[group.own() ? count * width : count];
  }

  void run() {
    fill();
    while (live > 0) {
      if (run.isStopped()) {
        stop();
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
    lanes[lane] = new Lane(index, settings, tableau, problem, run.saveAt(index), run.mostKept());
    lanes[lane].begin(state);
    starter.restart(problem.start(), state);
    control.begin(lane, starter, problem.end());
    step.begin(lane, starter, problem.end());
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
    for (int lane = 0; lane < lanes.length; lane++) {
      accepted[lane] = verdicts[lane] == StepSequence.Verdict.ACCEPT;
      if (accepted[lane]) {
        lanes[lane].accept(view, step, lane);
      }
    }
    step.advance(accepted);
    for (int lane = 0; lane < lanes.length; lane++) {
      if (verdicts[lane] != null) {
        goOn(lane);
      }
    }
  }

  private void lookForStiffness() {
    int closing = tableau.closing();
    if (closing < 2) {
      return; // as far as the monitor is concerned
    }
    StageLoops.squaredDistance(
        slopes,
        step.k,
        closing * step.stride,
        step.k,
        (closing - 1) * step.stride,
        n,
        lanes.length);
    StageLoops.squaredDistance(states, step.y1, 0, step.stage, 0, n, lanes.length);
    for (int lane = 0; lane < lanes.length; lane++) {
      if (verdicts[lane] == StepSequence.Verdict.ACCEPT) {
        lanes[lane]
            .stiffness()
            .accept(step.t[lane], step.h[lane], step.closed[lane], slopes[lane], states[lane]);
      }
    }
  }

  private void goOn(int lane) {
    switch (verdicts[lane]) {
      case ACCEPT -> {
        if (step.t[lane] == step.end[lane]) {
          finish(lane, Result.SUCCESS);
        }
      }
      case REJECT -> lanes[lane].reject();
      case TOO_SMALL -> fail(lane, Result.STEP_TOO_SMALL);
      case NOT_FINITE -> fail(lane, Result.NOT_FINITE);
    }
    if (lanes[lane] != null && lanes[lane].tried() >= settings.maxSteps()) {
      finish(lane, Result.MAX_STEPS_REACHED);
    }
  }

  private void fail(int lane, Result failure) {
    lanes[lane].reject();
    finish(lane, failure);
  }

  private void finish(int lane, Result result) {
    run.solved(lanes[lane].index, lanes[lane].finish(settings, result, step, lane));
    lanes[lane] = null;
    step.stop(lane);
    live--;
  }

  private void stop() {
    for (int lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] != null) {
        finish(lane, Result.INTERRUPTED);
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
