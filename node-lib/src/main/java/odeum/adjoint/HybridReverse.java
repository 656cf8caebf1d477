package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction.Call;

/**
 * Goes back through a solve with events, part by part. The cotangents of the state x after an event
 * and of its time become those of the state z before it, first through the change {@code x = J(t,
 * z, p)}, then through the time itself, where the condition {@code g(t, z(t), p)} is zero:
 *
 * <pre>
 *   dt = -(g_y dz + g_p dp) / (g_t + g_y z'),   dz at a fixed time
 * </pre>
 *
 * All steps after an event move with its time, so the cotangent of a part's start goes on into that
 * of the event before it. Where the field jumps, at a fixed time, the steps end and begin anew.
 */
final class HybridReverse {
  private final HybridFunction solve;
  private final Segments segments;
  private final double[] parameters;
  private final double[] parametersBar;
  private final double[] rows;
  private final double[] bars;
  private final double[] rowBars;
  private double[] stateBar;
  private double timeBar;
  private double endBar;
  private int row;

  /**
   * @param rows the times at which the state was saved, with their cotangents
   */
  HybridReverse(HybridFunction solve, Segments segments, Call call, double[] rows, double[] bars) {
    this.solve = solve;
    this.segments = segments;
    this.parameters = Setting.operand(call, Setting.PARAMETERS);
    this.parametersBar = new double[parameters.length];
    this.rows = rows;
    this.bars = bars;
    this.rowBars = new double[rows.length];
    this.row = rows.length - 1;
    this.stateBar = new double[solve.setting().size()];
  }

  /** Sets the cotangent of the state where the solve ended. */
  void startAt(double[] bar) {
    stateBar = bar;
  }

  /** Goes back all the way, with the cotangents of the events' times. */
  void run(double[] eventBars) {
    List<Segments.Boundary> boundaries = segments.boundaries();
    for (int i = segments.parts().size() - 1; i >= 0; i--) {
      ReverseSteps reverse = solve.setting().reverse(segments.parts().get(i), true);
      boolean fixed = i < boundaries.size() && boundaries.get(i).isFixed();
      if (i < boundaries.size() && !fixed) {
        timeBar += eventBars[i];
        cross(boundaries.get(i), segments.parts().get(i));
      }
      back(i, reverse);
      double[] part = reverse.parametersBar(parameters.length);
      for (int j = 0; j < part.length; j++) {
        parametersBar[j] += part[j];
      }
      stateBar = reverse.stateBar();
      timeBar = reverse.startBar();
      endBar += fixed ? 0 : reverse.endBar();
    }
  }

  /** From after the events of a boundary to before them, at a fixed time. */
  private void cross(Segments.Boundary boundary, Recorded part) {
    TracedEvents events = solve.events();
    double t = boundary.time();
    for (Segments.Hit hit : boundary.hits().reversed()) {
      if (hit.applied()) {
        TracedEvents.Slope pulled = events.pull(hit.event(), t, hit.before(), parameters, stateBar);
        timeBar += pulled.byTime();
        stateBar = pulled.byState();
        addParameters(1, pulled.byParameters());
      }
    }
    Segments.Hit first = boundary.hits().getFirst();
    TracedEvents.Slope slope = events.slope(first.event(), t, first.before(), parameters);
    int step = part.tape().steps() - 1;
    double[] derivative = new double[stateBar.length];
    part.tape().slope(step, part.theta(step, t), derivative);
    for (int j = 0; j < derivative.length; j++) {
      timeBar = Math.fma(stateBar[j], derivative[j], timeBar);
    }
    double factor = -timeBar / slope.rate(derivative);
    double[] before = new double[stateBar.length];
    for (int j = 0; j < before.length; j++) {
      before[j] = Math.fma(factor, slope.byState()[j], stateBar[j]);
    }
    stateBar = before;
    addParameters(factor, slope.byParameters());
  }

  private void addParameters(double factor, double[] bar) {
    for (int j = 0; j < bar.length; j++) {
      parametersBar[j] = Math.fma(factor, bar[j], parametersBar[j]);
    }
  }

  private void back(int part, ReverseSteps reverse) {
    Recorded recorded = segments.parts().get(part);
    TapedSteps tape = recorded.tape();
    int last = tape.steps() - 1;
    boolean ends = part < segments.boundaries().size();
    for (int step = last; step >= 0; step--) {
      reverse.begin();
      boolean fixed = ends && step == last && segments.boundaries().get(part).isFixed();
      if (fixed) {
        reverse.add(stateBar, 0);
      } else if (ends && step == last) {
        double theta = recorded.theta(step, segments.boundaries().get(part).time());
        reverse.interpolated(step, theta, stateBar, 0);
      }
      for (; row > 0 && isInside(tape, step, part); row--) {
        int bar = row * stateBar.length;
        rowBars[row] +=
            recorded.isEnd(step, rows, row)
                ? reverse.ended(step, bars, bar)
                : reverse.interpolated(step, recorded.theta(step, rows[row]), bars, bar);
      }
      reverse.finish(step, fixed || recorded.endsAtEnd(step));
    }
    for (; row >= 0 && (part == 0 || last < 0 && isAfter(part)); row--) {
      reverse.add(bars, row * stateBar.length);
    }
  }

  /** A time of an event belongs to the part after it. */
  private boolean isInside(TapedSteps tape, int step, int part) {
    double direction = Math.signum(tape.length(step));
    boolean first = step == 0 && part > 0;
    return first
        ? (rows[row] - segments.boundaries().get(part - 1).time()) * direction >= 0
        : (rows[row] - tape.time(step)) * direction > 0;
  }

  /** An event at the very end leaves no steps after it. */
  private boolean isAfter(int part) {
    return rows[row] == segments.boundaries().get(part - 1).time();
  }

  double[] stateBar() {
    return stateBar;
  }

  double[] parametersBar() {
    return parametersBar;
  }

  /** The cotangents of the times at which the state was saved. */
  double[] rowBars() {
    return rowBars;
  }

  double startBar() {
    return timeBar;
  }

  double endBar() {
    return endBar;
  }
}
