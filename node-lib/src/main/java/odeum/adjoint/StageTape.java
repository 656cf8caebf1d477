package odeum.adjoint;

import java.util.Arrays;
import java.util.Optional;
import odeum.solver.OneStepMethod;
import odeum.solver.Replay;
import odeum.solver.StepSizeController;
import odeum.term.OdeTerm;

/**
 * The steps of a solve whose stages may be implicit, or of parts of the field: it keeps the slopes
 * of all stages, or takes steps again that have them.
 */
final class StageTape implements FramedSteps {
  private static final int NONE = -1;

  private final OneStepMethod solver;
  private final StepSizeController controller;
  private final Stages stages;
  private final StagePulls pulls;
  private final int size;
  private final Optional<RetakenSteps> retaken;
  private final Optional<Linearized> linearized;

  private final FixedTimes fixed;
  private double spanEnd;

  private double[] times = new double[16];
  private double[] lengths = new double[16];

  /** For each step its state and stages, unless steps are taken again. */
  private double[] rows = new double[0];

  private int[] counts = new int[16];
  private int steps;

  /** The step at hand, if steps are taken again. */
  private Replay window;

  private int loaded;
  private int known;
  private final double[] state;
  private final double[][] slopes;

  StageTape(
      OneStepMethod solver,
      StepSizeController controller,
      Stages stages,
      StagePulls pulls,
      int size,
      FixedTimes fixed,
      Optional<RetakenSteps> retaken,
      Optional<Linearized.Programs> programs) {
    this.linearized =
        programs.map(p -> new Linearized(this, stages.rosenbrock().orElseThrow(), p, size));
    this.fixed = fixed;
    this.solver = solver;
    this.controller = controller;
    this.stages = stages;
    this.pulls = pulls;
    this.size = size;
    this.retaken = retaken;
    this.state = new double[size];
    this.slopes = new double[stages.count][size];
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    pulls.begin(term.parameters());
    linearized.ifPresent(l -> l.begin(term.parameters()));
    retaken.ifPresent(
        r ->
            r.begin(Replay.of(solver, term, controller), Replay.of(solver, term, controller), end));
    steps = 0;
    spanEnd = end;
    loaded = NONE;
    return term;
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    if (retaken.isPresent()) {
      retaken.get().accepted(t, h, y, k);
      steps++;
      return;
    }
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
      counts = Arrays.copyOf(counts, 2 * steps);
    }
    int stride = (1 + stages.count) * size;
    if ((steps + 1) * stride > rows.length) {
      rows = Arrays.copyOf(rows, Math.multiplyExact(Math.max(16, 2 * steps), stride));
    }
    times[steps] = t;
    lengths[steps] = h;
    counts[steps] = evaluated;
    System.arraycopy(y, 0, rows, steps * stride, size);
    for (int i = 0; i < evaluated; i++) {
      System.arraycopy(k[i], 0, rows, steps * stride + (1 + i) * size, size);
    }
    steps++;
  }

  /** Brings a step near, with the slopes of its own stages. */
  private void load(int step) {
    if (loaded == step) {
      return;
    }
    pulls.moveTo(time(step), length(step), end(step));
    loaded = step;
    if (retaken.isPresent()) {
      retaken.get().seek(step);
      window = retaken.get().take();
      window.before(state, 0);
      known = window.copyStages(slopes);
      return;
    }
    int offset = step * (1 + stages.count) * size;
    System.arraycopy(rows, offset, state, 0, size);
    known = counts[step];
    for (int i = 0; i < known; i++) {
      System.arraycopy(rows, offset + (1 + i) * size, slopes[i], 0, size);
    }
  }

  /** Evaluates the stages up to one that the solve had no use for. */
  private void know(int step, int stage) {
    load(step);
    if (known <= stage && retaken.isPresent()) { // by the very operations of the solve
      window.evaluate(stage + 1);
      known = window.copyStages(slopes);
    }
    for (; known <= stage; known++) {
      pulls.evaluate(known, state, slopes);
      pulls.slope(known, slopes[known]);
    }
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public double time(int step) {
    return retaken.isPresent() ? retaken.get().time(step) : times[step];
  }

  @Override
  public double length(int step) {
    return retaken.isPresent() ? retaken.get().length(step) : lengths[step];
  }

  @Override
  public FixedTimes fixed() {
    return fixed;
  }

  @Override
  public double end(int step) {
    return fixed.end(this, step, spanEnd);
  }

  @Override
  public void endsAt(double time) {
    spanEnd = time;
    retaken.ifPresent(r -> r.endsAt(time));
  }

  @Override
  public void state(int step, double[] target) {
    load(step);
    System.arraycopy(state, 0, target, 0, size);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    know(step, stage);
    System.arraycopy(slopes[stage], 0, target, 0, size);
  }

  @Override
  public void slope(int step, double theta, double[] target) {
    stages.slope(this, step, theta, target);
  }

  @Override
  public void clear() {
    pulls.clear();
    linearized.ifPresent(Linearized::clear);
  }

  @Override
  public void pull(int step, int stage, double[] bar, double[] stateBar) {
    know(step, stage);
    pulls.pull(stage, state, slopes, bar, stateBar);
  }

  @Override
  public void solveTangent(int step, int stage, double[] tangent) {
    know(step, stage);
    pulls.solve(stage, state, slopes, tangent);
  }

  @Override
  public Linearized linearized() {
    return linearized.orElseThrow();
  }

  @Override
  public void timeBar(double[] target) {
    pulls.timeBar(target);
  }

  @Override
  public void addParametersBar(double[] target) {
    pulls.addParametersBar(target);
    linearized.ifPresent(l -> l.addParametersBar(target));
  }
}
