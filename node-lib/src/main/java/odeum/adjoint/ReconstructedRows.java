package odeum.adjoint;

import java.util.Arrays;
import odeum.solver.Replay;
import odeum.solver.ReversibleMethod;
import odeum.term.OdeTerm;

/**
 * Keeps what the last step started with, and goes back from there: a step with {@code -h} undoes
 * one with {@code h}. A jump cannot be undone, so the last step before each is kept too.
 */
final class ReconstructedRows implements RowSource {
  private final ReversibleMethod method;
  private final StepTimes times;
  private final FreshStarts fresh;
  private final int stride;
  private final double[] state;

  /** What the last step before each jump started with, and at last that of the solve. */
  private double[] lasts;

  private int count;
  private Replay walk;

  ReconstructedRows(ReversibleMethod method, StepTimes times, FreshStarts fresh, int size) {
    this.method = method;
    this.times = times;
    this.fresh = fresh;
    this.stride = (1 + method.carriedRows()) * size;
    this.state = new double[size];
    this.lasts = new double[stride];
  }

  @Override
  public void begin(OdeTerm term) {
    count = 0;
    walk = Replay.of(method, term, times.controller());
  }

  @Override
  public void accepted(int step, double[] rows, boolean isFresh) {
    count += isFresh ? 1 : 0;
    if (count * stride > lasts.length) {
      lasts = Arrays.copyOf(lasts, Math.multiplyExact(2 * count, stride));
    }
    System.arraycopy(rows, 0, lasts, (count - 1) * stride, stride);
  }

  @Override
  public void find(int step, int current, double[] rows) {
    int part = fresh.lastBefore(step);
    int last = (part + 1 < fresh.count() ? fresh.step(part + 1) : times.count()) - 1;
    if (step == last) {
      System.arraycopy(lasts, part * stride, rows, 0, stride);
    } else if (step == current - 1) {
      walk.moveTo(times.time(current), rows);
      walk.attempt(times.time(step));
      walk.advance();
      walk.copyStart(rows);
    } else {
      walkTo(step, part, rows);
    }
  }

  private void walkTo(int step, int part, double[] rows) {
    int at = fresh.step(part);
    fresh.copy(part, state);
    walk.restart(times.time(at), state);
    for (; at < step; at++) {
      walk.attempt(times.end(at));
      walk.advance();
    }
    walk.copyStart(rows);
  }
}
