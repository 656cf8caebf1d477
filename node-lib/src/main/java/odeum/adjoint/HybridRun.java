package odeum.adjoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import odeum.graph.ImplicitFunction.Call;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.StepListener;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * One solve with events, as an integrator does it; the steps between two events go to a tape of
 * their own.
 */
final class HybridRun implements StepListener {
  private final Setting setting;
  private final TracedEvents events;
  private final Wanted wanted;
  private final OdeTerm term;
  private final double[] times;
  private final boolean taped;
  private final Derivative plain;
  private final Derivative[] jumps;
  private final ArrayDeque<TapedSteps> spare = new ArrayDeque<>();
  private final List<TapedSteps> tapes = new ArrayList<>();
  private final List<Segments.Boundary> boundaries = new ArrayList<>();
  private TapedSteps tape;
  private Derivative slopes;
  private boolean moved = true;

  /** The time of a jump of the field that the steps have come to, or NaN. */
  private double jump = Double.NaN;

  private boolean done;
  private int hits;

  HybridRun(Setting setting, TracedEvents events, Wanted wanted, Call call, boolean taped) {
    double[] parameters = Setting.operand(call, Setting.PARAMETERS);
    this.setting = setting;
    this.events = events;
    this.wanted = wanted;
    this.term = OdeTerm.of(setting.field(), Tensor.vector(parameters));
    this.times = Setting.operand(call, Setting.TIMES);
    this.taped = taped;
    this.plain = term.open();
    this.jumps = events.open(parameters);
    if (call.previousRecord().orElse(null) instanceof Segments old && old.of() == setting) {
      old.parts().forEach(part -> spare.add(part.tape()));
    }
  }

  Solution solve(Tensor initial) {
    Integrator integrator = setting.integrator();
    integrator =
        wanted instanceof Wanted.States
            ? integrator.withSaveAt(SaveAt.times(times)).withoutSteps()
            : integrator.withSaveAt(SaveAt.end());
    integrator =
        integrator
            .withEvents(events.hooked(this::happens))
            .withInterrupt(() -> done)
            .withListener(this);
    nextTape();
    OdeTerm hooked = term.evaluatedBy(this::evaluate);
    double end = times[times.length - 1];
    if (Double.isInfinite(end)) {
      throw new IllegalArgumentException(
          "A solve that has derivatives needs a finite end. Give one that the event comes before.");
    }
    return integrator.solve(Problem.of(taped ? hooked : term, initial, times[0], end));
  }

  private void nextTape() {
    if (taped) {
      tape = spare.isEmpty() ? setting.newTape() : spare.pop();
      slopes = tape.begin(term, times[times.length - 1]).open();
      tapes.add(tape);
    }
  }

  private void evaluate(double t, double[] y, double[] dy) {
    passJump();
    slopes.evaluate(t, y, dy);
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    passJump(); // not every method evaluates the field as a whole
    moved = true;
    if (taped) {
      tape.accepted(t, h, y, k, evaluated);
      jump = jumpAt(t, h);
    }
  }

  /** The jump of the field just after a step, or NaN. */
  private double jumpAt(double t, double h) {
    double end = times[times.length - 1];
    for (double time : setting.integrator().jumpTimes()) {
      double rest = Math.abs(time - t - h);
      boolean inside = (time - times[0]) * h > 0 && (end - time) * h > 0;
      if (inside && rest <= 2 * Math.ulp(Math.max(Math.abs(t), Math.abs(time)))) {
        return time;
      }
    }
    return Double.NaN;
  }

  /** The first thing done after a jump of the field. */
  private void passJump() {
    if (!Double.isNaN(jump)) {
      boundaries.add(new Segments.Boundary(jump, List.of()));
      nextTape();
      jump = Double.NaN;
    }
  }

  private void happens(int event, double t, double[] y) {
    if (done) {
      return;
    }
    jump = Double.NaN; // the event comes before it, or with it
    if (moved) {
      boundaries.add(new Segments.Boundary(t, new ArrayList<>()));
      moved = false;
    }
    hits += wanted.counts(event) ? 1 : 0;
    done = hits == wanted.most();
    boolean applies = events.changes(event) && !done;
    boundaries.getLast().hits().add(new Segments.Hit(event, y.clone(), applies));
    if (applies) {
      jumps[event].evaluate(t, y.clone(), y);
    }
    if (done) {
      slopes = plain; // what follows belongs to nothing
    } else if (taped && boundaries.size() == tapes.size()) {
      nextTape();
    }
  }

  /** Whether what was waited for came. */
  boolean isDone() {
    return done;
  }

  Segments segments(int saved) {
    double end = times[times.length - 1];
    List<Recorded> parts =
        tapes.stream().map(it -> new Recorded(setting, it, reaches(it, end), saved)).toList();
    return new Segments(setting, parts, boundaries, saved);
  }

  /** Whether the last step ends at the end of the span, so that its length follows it. */
  private static boolean reaches(TapedSteps steps, double end) {
    int last = steps.steps() - 1;
    if (last < 0) {
      return false;
    }
    double rest = end - steps.time(last) - steps.length(last);
    return Math.abs(rest) <= 2 * Math.ulp(Math.max(Math.abs(end), Math.abs(steps.time(last))));
  }
}
