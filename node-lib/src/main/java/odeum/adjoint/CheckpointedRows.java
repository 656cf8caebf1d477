package odeum.adjoint;

import java.util.OptionalInt;
import odeum.solver.Replay;
import odeum.solver.ReversibleMethod;
import odeum.term.OdeTerm;

/** Keeps what some steps started with, and takes steps again from there. */
final class CheckpointedRows implements RowSource {
  private final ReversibleMethod method;
  private final StepTimes times;
  private final FreshStarts fresh;
  private final Checkpoints checkpoints;
  private final double[] state;
  private Replay walk;
  private boolean complete;

  CheckpointedRows(
      ReversibleMethod method, StepTimes times, FreshStarts fresh, int size, OptionalInt most) {
    this.method = method;
    this.times = times;
    this.fresh = fresh;
    this.checkpoints = new Checkpoints((1 + method.carriedRows()) * size, most);
    this.state = new double[size];
  }

  @Override
  public void begin(OdeTerm term) {
    checkpoints.clear();
    complete = false;
    walk = Replay.of(method, term, times.controller());
  }

  @Override
  public void accepted(int step, double[] rows, boolean isFresh) {
    checkpoints.offer(step, rows);
  }

  @Override
  public void find(int step, int current, double[] rows) {
    if (!complete) {
      checkpoints.complete();
      complete = true;
    }
    int from = checkpoints.lastBefore(step);
    int at = checkpoints.step(from);
    checkpoints.copy(from, rows);
    if (at == step) {
      return;
    }
    checkpoints.dropAfter(from);
    walk.moveTo(times.time(at), rows);
    int next = checkpoints.next(at, step);
    while (at < step) {
      walk.attempt(times.end(at));
      walk.advance();
      at++;
      if (fresh.contains(at)) {
        fresh.copy(fresh.lastBefore(at), state);
        walk.restart(times.time(at), state);
      }
      if (at == next) {
        walk.copyStart(rows);
        checkpoints.add(at, rows);
        next = checkpoints.next(at, step);
      }
    }
    walk.copyStart(rows);
  }

  /** The most states kept at a time. */
  int mostKept() {
    return checkpoints.mostKept();
  }
}
