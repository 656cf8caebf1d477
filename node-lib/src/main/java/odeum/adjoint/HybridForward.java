package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction.Call;

/** Carries tangents through a solve with events: what {@link HybridReverse} does, forwards. */
final class HybridForward {
  private final HybridFunction solve;
  private final Segments segments;
  private final Call call;
  private final double[] parameters;
  private final double[] parameterTangents;
  private final double[] rows;
  private final double[] moved;
  private final double[] scratch;
  private double[] stateTangent;

  /** The tangent of the start of the part. */
  private double start;

  private int row;
  private int event;

  HybridForward(HybridFunction solve, Segments segments, Call call) {
    this.solve = solve;
    this.segments = segments;
    this.call = call;
    this.parameters = Setting.operand(call, Setting.PARAMETERS);
    this.parameterTangents = Setting.operand(call, Setting.GIVEN + Setting.PARAMETERS);
    this.rows = Setting.operand(call, Setting.TIMES);
    this.moved = Setting.operand(call, Setting.GIVEN + Setting.TIMES);
    this.stateTangent = Setting.operand(call, Setting.GIVEN + Setting.INITIAL);
    this.scratch = new double[stateTangent.length];
    this.start = moved[0];
  }

  void run() {
    boolean states = solve.asked() instanceof Wanted.States;
    if (states) {
      storeRow(stateTangent);
    }
    List<Segments.Boundary> boundaries = segments.boundaries();
    for (int i = 0; i < segments.parts().size(); i++) {
      Recorded part = segments.parts().get(i);
      ForwardSteps forward =
          solve.setting().forward(part, parameters, parameterTangents, stateTangent);
      boolean ends = i < boundaries.size();
      int end = states ? rowsBefore(i) : 0;
      double[] fixed = steps(forward, i, end);
      stateTangent = forward.stateTangent();
      if (ends && boundaries.get(i).isFixed()) {
        start = 0;
      } else if (ends) {
        cross(boundaries.get(i), part, fixed);
      } else {
        while (row < end) { // an event at the very end, or no steps at all
          storeRow(stateTangent);
        }
      }
    }
    if (solve.asked() instanceof Wanted.Occurrence) {
      call.memory()[call.result()] = start;
      System.arraycopy(stateTangent, 0, call.memory(), call.result() + 1, stateTangent.length);
    }
  }

  /** The times up to the event that ends a part; the event's own belongs to the next. */
  private int rowsBefore(int part) {
    int end = row;
    if (part == segments.boundaries().size()) {
      return segments.saved();
    }
    double direction = Math.signum(rows[rows.length - 1] - rows[0]);
    double event = segments.boundaries().get(part).time();
    while (end < segments.saved() && (event - rows[end]) * direction > 0) {
      end++;
    }
    return end;
  }

  /** Goes through a part; the tangent of the state at the event that ends it, at a fixed time. */
  private double[] steps(ForwardSteps forward, int index, int end) {
    Recorded part = segments.parts().get(index);
    TapedSteps steps = part.tape();
    boolean ends = index < segments.boundaries().size();
    boolean jumps = ends && segments.boundaries().get(index).isFixed();
    double endMoves = moved[moved.length - 1];
    double[] fixed = new double[scratch.length];
    for (int step = 0; step < steps.steps(); step++) {
      boolean last = step == steps.steps() - 1;
      double startMoves = part.moved(step, start);
      double stretch = jumps && last ? -startMoves : part.stretched(step, start, endMoves);
      forward.begin(startMoves, stretch);
      for (; row < end && isInside(part, step); row++) {
        forward.interpolated(step, part.theta(step, rows[row]), moved[row], scratch);
        storeRow(row, scratch);
      }
      if (ends && last && !jumps) {
        double theta = part.theta(step, segments.boundaries().get(index).time());
        forward.interpolated(step, theta, 0, fixed);
      }
      forward.finish(step);
      for (; row < end && part.isEnd(step, rows, row); row++) {
        forward.ended(step, moved[row] - startMoves - stretch, scratch);
        storeRow(row, scratch);
      }
    }
    return fixed;
  }

  private boolean isInside(Recorded part, int step) {
    return !part.isEnd(step, rows, row) && part.tape().stepAt(rows[row], step) == step;
  }

  /** From before the events of a boundary, at a fixed time, to after them. */
  private void cross(Segments.Boundary boundary, Recorded part, double[] fixed) {
    TracedEvents events = solve.events();
    double t = boundary.time();
    Segments.Hit first = boundary.hits().getFirst();
    TracedEvents.Slope slope = events.slope(first.event(), t, first.before(), parameters);
    int last = part.tape().steps() - 1;
    double[] derivative = new double[fixed.length];
    part.tape().slope(last, part.theta(last, t), derivative);
    start = -slope.moved(fixed, parameterTangents) / slope.rate(derivative);
    stateTangent = new double[fixed.length];
    for (int j = 0; j < fixed.length; j++) {
      stateTangent[j] = Math.fma(start, derivative[j], fixed[j]);
    }
    for (Segments.Hit hit : boundary.hits()) {
      if (solve.asked() instanceof Wanted.EventTimes) {
        call.memory()[call.result() + event++] = start;
      }
      if (hit.applied()) {
        var tangents = new TracedEvents.Slope(start, stateTangent, parameterTangents);
        stateTangent = events.push(hit.event(), t, hit.before(), parameters, tangents);
      }
    }
  }

  private void storeRow(double[] tangent) {
    storeRow(row++, tangent);
  }

  private void storeRow(int at, double[] tangent) {
    int offset = call.result() + at * tangent.length;
    System.arraycopy(tangent, 0, call.memory(), offset, tangent.length);
  }
}
