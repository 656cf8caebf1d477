package odeum.adjoint;

import java.util.Arrays;
import java.util.OptionalInt;
import odeum.compile.Pullback;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Replay;
import odeum.solver.StepSizeController;
import odeum.term.OdeTerm;

/**
 * A tape that keeps when its steps were taken and a few states. A step that is asked for is taken
 * again from the checkpoint before it, with the same bits, so derivatives have the same bits as
 * with a {@link Tape}.
 */
final class CheckpointTape implements FramedSteps {
  private static final int NONE = -1;

  private final ExplicitRungeKutta solver;
  private final StepSizeController controller;
  private final Stages stages;
  private final Pullback.Run run;
  private final Pullback.Frame[] frames;
  private final Checkpoints checkpoints;
  private final double[] state;
  private double[] times = new double[16];
  private double[] lengths = new double[16];
  private double spanEnd;
  private int steps;
  private boolean complete;

  /** Takes steps to get on. */
  private Replay walk;

  /** Takes the step asked for, its evaluations go into the frames. */
  private Replay window;

  private int inWindow;
  private int evaluated;

  CheckpointTape(
      Integrator integrator,
      ExplicitRungeKutta solver,
      Stages stages,
      Pullback pullback,
      int size,
      OptionalInt most) {
    this.solver = solver;
    this.controller = integrator.controller();
    this.stages = stages;
    this.run = pullback.open();
    this.frames = new Pullback.Frame[stages.count];
    Arrays.setAll(frames, _ -> pullback.frame());
    this.checkpoints = new Checkpoints(size, most);
    this.state = new double[size];
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    spanEnd = end;
    run.fix(2, term.parameters());
    checkpoints.clear();
    steps = 0;
    complete = false;
    inWindow = NONE;
    walk = Replay.of(solver, term, controller);
    window = Replay.of(solver, term.evaluatedBy(this::evaluate), controller);
    return term;
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int count) {
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
    }
    times[steps] = t;
    lengths[steps] = h;
    checkpoints.offer(steps, y);
    steps++;
  }

  private void evaluate(double t, double[] y, double[] dy) {
    Pullback.Frame frame = frames[evaluated++];
    run.set(frame, 0, t);
    run.set(frame, 1, y, 0);
    run.forward(frame);
    run.get(frame, 0, dy, 0);
  }

  /** Brings a step into the window. */
  private void load(int step) {
    if (step == inWindow) {
      return;
    }
    if (!complete) {
      checkpoints.complete();
      complete = true;
    }
    if (inWindow != NONE && step == inWindow + 1) {
      window.after(state, 0);
    } else {
      walkTo(step);
    }
    inWindow = step;
    evaluated = 0;
    window.moveTo(times[step], state);
    window.attempt(end(step));
  }

  /** Computes the state before a step from the checkpoint before it, with others on the way. */
  private void walkTo(int step) {
    int from = checkpoints.lastBefore(step);
    int at = checkpoints.step(from);
    checkpoints.copy(from, state);
    if (at == step) {
      return;
    }
    checkpoints.dropAfter(from);
    walk.moveTo(times[at], state);
    int next = checkpoints.next(at, step);
    while (at < step) {
      walk.attempt(end(at));
      walk.advance();
      at++;
      if (at == next) {
        walk.before(state, 0);
        checkpoints.add(at, state);
        next = checkpoints.next(at, step);
      }
    }
    walk.before(state, 0);
  }

  private double end(int step) {
    if (step + 1 < steps) {
      return times[step + 1];
    }
    return spanEnd - times[step] == lengths[step] ? spanEnd : times[step] + lengths[step];
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public double time(int step) {
    return times[step];
  }

  @Override
  public double length(int step) {
    return lengths[step];
  }

  @Override
  public void state(int step, double[] target) {
    load(step);
    window.before(target, 0);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    run.get(frame(step, stage), 0, target, 0);
  }

  @Override
  public void slope(int step, double theta, double[] target) {
    stages.slope(this, step, theta, target);
  }

  @Override
  public Pullback.Frame frame(int step, int stage) {
    load(step);
    if (stage >= evaluated) {
      window.evaluate(stage > stages.closing ? frames.length : stage + 1);
    }
    return frames[stage];
  }

  @Override
  public Pullback.Run run() {
    return run;
  }

  /** The most states kept at a time. */
  int mostKept() {
    return checkpoints.mostKept();
  }
}
