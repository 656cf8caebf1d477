package odeum.adjoint;

import java.util.Arrays;
import java.util.OptionalInt;
import odeum.compile.Pullback;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Replay;
import odeum.solver.StepSizeController;
import odeum.term.OdeTerm;

/**
 * A tape of explicit steps that keeps when they were taken and a few states, so derivatives have
 * the same bits as with a {@link Tape}.
 */
final class CheckpointTape implements FramedSteps {
  private final ExplicitRungeKutta solver;
  private final StepSizeController controller;
  private final Stages stages;
  private final Pullback.Run run;
  private final Pullback.Frame[] frames;
  private final RetakenSteps retaken;
  private Replay window;
  private Pullback.Frame pulled;
  private int evaluated;

  CheckpointTape(
      ExplicitRungeKutta solver,
      StepSizeController controller,
      Stages stages,
      Pullback pullback,
      int size,
      OptionalInt most,
      FixedTimes fixed) {
    this.solver = solver;
    this.controller = controller;
    this.stages = stages;
    this.run = pullback.open();
    this.frames = new Pullback.Frame[stages.count];
    Arrays.setAll(frames, _ -> pullback.frame());
    this.retaken = new RetakenSteps(controller, size, 0, most, fixed);
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    run.fix(2, term.parameters());
    OdeTerm watched = term.evaluatedBy(this::evaluate);
    retaken.begin(Replay.of(solver, term, controller), Replay.of(solver, watched, controller), end);
    return term;
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int count) {
    retaken.accepted(t, h, y, k);
  }

  private void evaluate(double t, double[] y, double[] dy) {
    Pullback.Frame frame = frames[evaluated++];
    run.set(frame, 0, t);
    run.set(frame, 1, y, 0);
    run.forward(frame);
    run.get(frame, 0, dy, 0);
  }

  /** Brings a step into the window, its evaluations into the frames. */
  private void load(int step) {
    if (!retaken.holds(step)) {
      retaken.seek(step);
      evaluated = 0;
      window = retaken.take();
    }
  }

  private Pullback.Frame frame(int step, int stage) {
    load(step);
    if (stage >= evaluated) {
      window.evaluate(stage > stages.closing ? frames.length : stage + 1);
    }
    return frames[stage];
  }

  @Override
  public int steps() {
    return retaken.steps();
  }

  @Override
  public double time(int step) {
    return retaken.time(step);
  }

  @Override
  public double length(int step) {
    return retaken.length(step);
  }

  @Override
  public FixedTimes fixed() {
    return retaken.fixed();
  }

  @Override
  public double end(int step) {
    return retaken.end(step);
  }

  @Override
  public void endsAt(double time) {
    retaken.endsAt(time);
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
  public void clear() {
    run.clear();
  }

  @Override
  public void pull(int step, int stage, double[] bar, double[] stateBar) {
    pulled = frame(step, stage);
    run.backward(pulled, bar, 0);
    run.cotangent(pulled, 1, stateBar, 0);
  }

  @Override
  public void timeBar(double[] target) {
    run.cotangent(pulled, 0, target, 0);
  }

  @Override
  public void addParametersBar(double[] target) {
    run.sum(0, target, 0);
  }

  /** The most states kept at a time. */
  int mostKept() {
    return retaken.mostKept();
  }
}
