package odeum.adjoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.compile.Pullback;
import odeum.solver.ReversibleMethod;
import odeum.solver.StepSizeController;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * All steps of a reversible method, with what each of them took over and what its evaluation left.
 * A tape can be used again for another solve, and then allocates nothing.
 */
final class CarriedTape implements CarriedSteps, Derivative {
  private final ReversibleMethod method;
  private final Pullback pullback;
  private final Pullback.Run run;
  private final int size;

  /** How many values of a step are kept: its state and the rows it takes over. */
  private final int stride;

  private final StepTimes times;
  private final FreshStarts fresh;
  private final FreshWatch watch = new FreshWatch();
  private double[] rows;
  private Pullback.Frame[] frames = new Pullback.Frame[16];
  private final List<Pullback.Frame> openings = new ArrayList<>();

  /** Where the first evaluation since the last step goes, which may be that of a slope. */
  private Pullback.Frame first;

  CarriedTape(ReversibleMethod method, StepSizeController controller, Pullback pullback, int size) {
    this.method = method;
    this.pullback = pullback;
    this.run = pullback.open();
    this.size = size;
    this.stride = (1 + method.carriedRows()) * size;
    this.times = new StepTimes(controller);
    this.fresh = new FreshStarts(size);
    this.rows = new double[16 * stride];
    this.first = pullback.frame();
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    run.fix(2, term.parameters());
    times.clear(end);
    fresh.clear();
    watch.clear();
    return term.evaluatedBy(this);
  }

  @Override
  public void evaluate(double t, double[] y, double[] dy) {
    watch.evaluated(dy);
    Pullback.Frame frame = watch.evaluations() == 1 ? first : next();
    run.set(frame, 0, t);
    run.set(frame, 1, y, 0);
    run.forward(frame);
    run.get(frame, 0, dy, 0);
  }

  /** The frame of the step that is being tried. */
  private Pullback.Frame next() {
    int step = times.count();
    if (step == frames.length) {
      frames = Arrays.copyOf(frames, 2 * step);
    }
    if (frames[step] == null) {
      frames[step] = pullback.frame();
    }
    return frames[step];
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    int step = times.count();
    if (watch.evaluations() == 1) {
      Pullback.Frame spare = next();
      frames[step] = first;
      first = spare;
    }
    if (watch.accepted(k[0])) {
      int opened = fresh.count();
      fresh.add(step, y);
      if (opened == openings.size()) {
        openings.add(pullback.frame());
      }
      first = openings.set(opened, first);
    }
    if ((step + 1) * stride > rows.length) {
      rows = Arrays.copyOf(rows, Math.multiplyExact(2 * step, stride));
    }
    System.arraycopy(y, 0, rows, step * stride, size);
    for (int i = 0; i < method.carriedRows(); i++) {
      System.arraycopy(k[i], 0, rows, step * stride + (i + 1) * size, size);
    }
    times.add(t, h);
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
    System.arraycopy(rows, step * stride, target, 0, size);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    if (stage < method.carriedRows()) {
      System.arraycopy(rows, step * stride + (stage + 1) * size, target, 0, size);
    } else {
      run.get(frames[step], 0, target, 0);
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
    return frames[step];
  }

  @Override
  public Pullback.Frame opening(int step) {
    return openings.get(fresh.lastBefore(step));
  }

  @Override
  public Pullback.Run run() {
    return run;
  }
}
