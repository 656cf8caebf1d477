package odeum.solver;

import java.util.List;
import java.util.Locale;

/** Saves what {@link SaveAt} asks for while the solve goes on. */
final class Recorder {
  private final SavedStates saved;
  private final double[] wanted;
  private final boolean everyStep;
  private final boolean ends;
  private final double direction;
  private final double[] state;
  private int next;

  Recorder(SaveAt saveAt, double start, double end, int n) {
    this(saveAt, start, end, n, wanted(saveAt, start, end));
  }

  /**
   * @param wanted the times that are asked for; not changed
   */
  Recorder(SaveAt saveAt, double start, double end, int n, double[] wanted) {
    this.wanted = wanted;
    boolean endless = saveAt instanceof SaveAt.Even && Double.isInfinite(end);
    this.everyStep = endless || saveAt instanceof SaveAt.Steps || saveAt instanceof SaveAt.Dense;
    this.ends = everyStep || saveAt instanceof SaveAt.End;
    this.direction = Math.signum(end - start);
    this.saved = ends ? new SavedStates(n, 2) : new SavedStates(n, wanted);
    this.state = new double[n];
  }

  /** The times that are asked for; none if those of the steps are. */
  static double[] wanted(SaveAt saveAt, double start, double end) {
    return switch (saveAt) {
      case SaveAt.Even _ when Double.isInfinite(end) -> new double[0];
      case SaveAt.Even(int count) -> start == end ? new double[] {start} : even(count, start, end);
      case SaveAt.Times(List<Double> times) -> given(times, start, end);
      case SaveAt.Steps _, SaveAt.Dense _, SaveAt.End _ -> new double[0];
    };
  }

  private static double[] even(int count, double start, double end) {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = start + i * (end - start) / (count - 1);
    }
    times[count - 1] = end;
    return times;
  }

  private static double[] given(List<Double> list, double start, double end) {
    double direction = Math.signum(end - start);
    double previous = start;
    double[] times = new double[list.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = list.get(i);
      if (!((times[i] - previous) * direction >= 0 && (end - times[i]) * direction >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Saved times must go from %s to %s in order; %s does not fit.",
                start,
                end,
                times[i]));
      }
      previous = times[i];
    }
    return times;
  }

  /** Saves the start, or an end that no step reaches. */
  void begin(double t, double[] y) {
    if (ends) {
      saved.add(t, y);
    }
    while (next < wanted.length && wanted[next] == t) {
      saved.add(t, y);
      next++;
    }
  }

  /** Saves the wanted times of an accepted step. */
  void accept(DenseStep step) {
    while (next < wanted.length && (step.end() - wanted[next]) * direction >= 0) {
      save(step);
    }
    if (everyStep) {
      saved.add(step.end(), step.after());
    }
  }

  /** The next time to save; beyond the end if none, and the start if every step is saved. */
  double due(double start) {
    if (everyStep) {
      return start;
    }
    return next < wanted.length ? wanted[next] : direction * Double.POSITIVE_INFINITY;
  }

  /** Whether it saves nothing but the wanted times. */
  boolean savesTimesOnly() {
    return !ends;
  }

  /** Where the states at the wanted times lie, for one who writes them there. */
  double[] states() {
    return saved.states();
  }

  /** How many of the wanted times were saved. */
  int next() {
    return next;
  }

  /** Counts states that were written at wanted times. */
  void countUpTo(int written) {
    next = written;
    saved.countUpTo(written);
  }

  /** Saves the wanted times of an accepted step before the time of an event. */
  void acceptUpTo(double event, double[] y, DenseStep step) {
    while (next < wanted.length && (event - wanted[next]) * direction > 0) {
      save(step);
    }
    if (everyStep) {
      saved.add(event, y);
    }
  }

  private void save(DenseStep step) {
    step.interpolate(wanted[next], state);
    saved.add(wanted[next], state);
    next++;
  }

  /**
   * Saves the state after an event: it is the one at this time; where every step is saved, there
   * are both.
   */
  void happened(double t, double[] y, boolean changed) {
    if (everyStep && changed) {
      saved.add(t, y);
    }
    while (next < wanted.length && wanted[next] == t) {
      saved.add(t, y);
      next++;
    }
  }

  /** Saves where the solve ended, unless it ended at the end and the end was not asked for. */
  void finish(Result result, double t, double[] y) {
    if ((ends || result != Result.SUCCESS) && !saved.endsAt(t)) {
      saved.add(t, y);
    }
  }

  SavedStates saved() {
    return saved;
  }
}
