package odeum.adjoint;

import java.util.ArrayDeque;
import java.util.Arrays;
import odeum.compile.Pullback;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * The accepted steps of one solve, and for each of their stages a frame: what its evaluation left
 * for the way back. The closing stage of a step, its slope at its end, is the first of the next
 * one. A tape can be used again for another solve, and then allocates nothing.
 */
final class Tape implements Derivative, FramedSteps {
  private final Pullback pullback;
  private final Pullback.Run run;
  private final int size;
  private final Stages method;
  private final int stages;
  private final int closing;

  /** The arrays into which the solver has slopes computed: each stands for a stage. */
  private double[][] slots = new double[16][];

  private Pullback.Frame[] inSlot = new Pullback.Frame[16];
  private boolean[] kept = new boolean[16];
  private int slotCount;
  private final ArrayDeque<Pullback.Frame> free = new ArrayDeque<>();

  private double[] times = new double[16];
  private double[] lengths = new double[16];
  private double[] states;
  private Pullback.Frame[] frames;
  private int steps;
  private Pullback.Frame pulled;
  private boolean open;
  private final FixedTimes fixed;
  private double spanEnd;

  Tape(Pullback pullback, int size, Stages method, FixedTimes fixed) {
    this.fixed = fixed;
    this.pullback = pullback;
    this.run = pullback.open();
    this.size = size;
    this.method = method;
    this.stages = method.count;
    this.closing = method.closing;
    this.states = new double[16 * size];
    this.frames = new Pullback.Frame[16 * stages];
  }

  @Override
  public OdeTerm begin(OdeTerm term, double end) {
    run.fix(2, term.parameters());
    spanEnd = end;
    forget();
    return term.evaluatedBy(this);
  }

  private void forget() {
    for (int i = 0; i < slotCount; i++) {
      if (!kept[i]) {
        free.push(inSlot[i]);
      }
    }
    for (int step = 0; step < steps; step++) {
      for (int stage = 0; stage < stages; stage++) {
        Pullback.Frame frame = frames[step * stages + stage];
        boolean shared = stage == closing && step + 1 < steps && fixed.continues(this, step + 1);
        if (frame != null && !shared) {
          free.push(frame);
        }
      }
    }
    Arrays.fill(frames, 0, steps * stages, null);
    Arrays.fill(slots, 0, slotCount, null);
    slotCount = 0;
    steps = 0;
    open = false;
  }

  @Override
  public void evaluate(double t, double[] y, double[] dy) {
    int slot = slot(dy);
    if (slot < 0) {
      slot = addSlot(dy);
    } else if (kept[slot]) {
      inSlot[slot] = frame();
      kept[slot] = false;
    }
    Pullback.Frame frame = inSlot[slot];
    run.set(frame, 0, t);
    run.set(frame, 1, y, 0);
    run.forward(frame);
    run.get(frame, 0, dy, 0);
  }

  @SuppressWarnings("ReferenceEquality") // the very array is what counts
  private int slot(double[] slope) {
    for (int i = 0; i < slotCount; i++) {
      if (slots[i] == slope) {
        return i;
      }
    }
    return -1;
  }

  private int addSlot(double[] slope) {
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, 2 * slotCount);
      inSlot = Arrays.copyOf(inSlot, 2 * slotCount);
      kept = Arrays.copyOf(kept, 2 * slotCount);
    }
    slots[slotCount] = slope;
    inSlot[slotCount] = frame();
    kept[slotCount] = false;
    return slotCount++;
  }

  private Pullback.Frame frame() {
    return free.isEmpty() ? pullback.frame() : free.pop();
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
      states = Arrays.copyOf(states, Math.multiplyExact(2 * steps, size));
      frames = Arrays.copyOf(frames, 2 * steps * stages);
    }
    times[steps] = t;
    lengths[steps] = h;
    System.arraycopy(y, 0, states, steps * size, size);
    for (int stage = 0; stage < evaluated; stage++) {
      frames[steps * stages + stage] = keep(k[stage]);
    }
    if (open && fixed.continues(this, steps)) {
      frames[(steps - 1) * stages + closing] = frames[steps * stages];
    }
    open = evaluated <= closing;
    steps++;
  }

  private Pullback.Frame keep(double[] slope) {
    int slot = slot(slope);
    kept[slot] = true;
    return inSlot[slot];
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
  }

  @Override
  public void state(int step, double[] target) {
    System.arraycopy(states, step * size, target, 0, size);
  }

  @Override
  public void stage(int step, int stage, double[] target) {
    run.get(frame(step, stage), 0, target, 0);
  }

  @Override
  public void slope(int step, double theta, double[] target) {
    method.slope(this, step, theta, target);
  }

  private Pullback.Frame frame(int step, int stage) {
    return frames[step * stages + stage];
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
}
