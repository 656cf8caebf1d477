package odeum.adjoint;

import odeum.compile.Pullback;
import odeum.solver.Replay;
import odeum.solver.ReversibleMethod;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * Steps of a reversible method of which only what {@link RowSource} needs is kept. A step that is
 * asked for is taken again.
 */
final class CarriedWindow implements CarriedSteps {
  private static final int NONE = -2;

  private final ReversibleMethod method;
  private final Pullback.Run run;
  private final int size;
  private final StepTimes times;
  private final FreshStarts fresh;
  private final FreshWatch watch = new FreshWatch();
  private final RowSource source;
  private final Pullback.Frame frame;
  private final Pullback.Frame opening;

  /** What the step in the window started with. */
  private final double[] rows;

  private final double[] state;
  private Replay window;
  private int inWindow;

  /** Where the next evaluation of the window goes. */
  private Pullback.Frame target;

  CarriedWindow(
      ReversibleMethod method,
      Pullback pullback,
      int size,
      StepTimes times,
      FreshStarts fresh,
      RowSource source) {
    this.method = method;
    this.run = pullback.open();
    this.size = size;
    this.times = times;
    this.fresh = fresh;
    this.source = source;
    this.frame = pullback.frame();
    this.opening = pullback.frame();
    this.rows = new double[(1 + method.carriedRows()) * size];
    this.state = new double[size];
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    run.fix(2, term.parameters());
    times.clear(end);
    fresh.clear();
    watch.clear();
    source.begin(term);
    inWindow = NONE;
    window = Replay.of(method, term.evaluatedBy(this::evaluateAgain), times.controller());
    Derivative derivative = term.open();
    return term.evaluatedBy(
        (t, y, dy) -> {
          watch.evaluated(dy);
          derivative.evaluate(t, y, dy);
        });
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    int step = times.count();
    boolean isFresh = watch.accepted(k[0]);
    if (isFresh) {
      fresh.add(step, y);
    }
    System.arraycopy(y, 0, rows, 0, size);
    for (int i = 0; i < method.carriedRows(); i++) {
      System.arraycopy(k[i], 0, rows, (i + 1) * size, size);
    }
    source.accepted(step, rows, isFresh);
    times.add(t, h);
  }

  private void evaluateAgain(double t, double[] y, double[] dy) {
    run.set(target, 0, t);
    run.set(target, 1, y, 0);
    run.forward(target);
    run.get(target, 0, dy, 0);
  }

  /** Brings a step into the window. */
  private void load(int step) {
    if (step == inWindow) {
      return;
    }
    if (fresh.contains(step)) {
      fresh.copy(fresh.lastBefore(step), state);
      target = opening;
      window.restart(times.time(step), state);
      window.copyStart(rows);
    } else {
      if (step == inWindow + 1) {
        window.advance();
        window.copyStart(rows);
      } else {
        source.find(step, inWindow, rows);
      }
      window.moveTo(times.time(step), rows);
    }
    target = frame;
    window.attempt(times.end(step));
    inWindow = step;
  }

  @Override
  public int steps() {
    return times.count();
  }

  @Override
  public double time(int step) {
    return times.time(step);
  }

  @Override
  public double length(int step) {
    return times.length(step);
  }

  @Override
  public void state(int step, double[] target) {
    load(step);
    System.arraycopy(rows, 0, target, 0, size);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    load(step);
    if (stage < method.carriedRows()) {
      System.arraycopy(rows, (stage + 1) * size, target, 0, size);
    } else {
      run.get(frame, 0, target, 0);
    }
  }

  @Override
  public void slope(int step, double theta, double[] target) {
    ReversibleDerivatives.slope(method, this, step, theta, target);
  }

  @Override
  public boolean isFresh(int step) {
    return fresh.contains(step);
  }

  @Override
  public Pullback.Frame frame(int step) {
    load(step);
    return frame;
  }

  @Override
  public Pullback.Frame opening(int step) {
    load(step);
    return opening;
  }

  @Override
  public Pullback.Run run() {
    return run;
  }
}
