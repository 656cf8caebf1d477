package odeum.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/** One solve by a black box: what {@link Integration} is for Runge-Kutta methods. */
final class CommonsIntegration implements CommonsRun.Observer {
  private static final double[][] NO_STAGES = {};

  /** A span of so many ulps is none for Commons Math. */
  private static final int TOO_SHORT = 1000;

  private final Settings settings;
  private final Problem problem;
  private final double t0;
  private final double t1;
  private final Derivative derivative;
  private final EventMonitor events;
  private final Recorder recorder;
  private final CommonsSteps kept;
  private final boolean keepsSteps;
  private final CommonsRun run;
  private final double[] slope;

  /** How the solve ends at the event found last, or null if it goes on. */
  private Result ending;

  private final List<EventRecord> happened = new ArrayList<>();

  CommonsIntegration(
      Settings settings, CommonsSolver solver, Problem problem, double t0, double t1) {
    ProblemCheck.checkEnd(solver, t1);
    OdeTerm term = problem.term();
    this.settings = settings;
    this.problem = problem;
    this.t0 = t0;
    this.t1 = t1;
    this.derivative = term.open();
    this.slope = new double[term.size()];
    this.events = EventMonitor.of(settings, problem, t0, t1);
    this.recorder = new Recorder(settings.saveAt(), t0, t1, term.size());
    this.kept = new CommonsSteps(term.size(), settings.saveAt() instanceof SaveAt.Dense);
    this.keepsSteps = settings.keepsAnySteps();
    this.run = new CommonsRun(solver, settings, derivative, term.size(), this);
  }

  Solution solve() {
    double[] initial = problem.initial().toArray();
    recorder.begin(t0, initial);
    run.step().moveTo(t0, initial);
    Result result;
    if (!Stepper.isFinite(initial)) {
      result = Result.NOT_FINITE;
    } else if (t0 == t1) {
      result = Result.SUCCESS;
    } else {
      events.begin(t0, initial);
      result = run(initial);
    }
    boolean stopped = result == Result.EVENT;
    double end = stopped ? events.time() : run.step().end();
    recorder.finish(result, end, stopped ? events.state() : run.step().after());
    return new Solution(problem, recorder.saved(), kept, outcome(result, end));
  }

  /** Each part of the span, and of that what lies between two resets, is a run of its own. */
  private Result run(double[] initial) {
    double from = t0;
    double[] state = initial;
    Result result = Result.SUCCESS;
    for (Waypoints.Leg leg : settings.waypoints().legs(t0, t1)) {
      while (from != leg.next() && result == Result.SUCCESS) {
        result = run.solve(from, leg.to(), state, settings.first());
        if (result == Result.EVENT && ending != Result.EVENT) {
          state = events.state().clone();
          result = afterReset(state);
          from = goOn(events.time(), leg, state, result);
        } else if (result == Result.SUCCESS) {
          state = run.step().after().clone();
          from = leg.next();
          if (leg.endsInJump() && from == t1) {
            run.step().moveTo(t1, state);
            recorder.begin(t1, state);
          }
        }
      }
    }
    return result;
  }

  /** What is too short for a black box is a straight line. */
  private double goOn(double time, Waypoints.Leg leg, double[] state, Result result) {
    double rest = Math.abs(leg.to() - time);
    double ulp = Math.ulp(Math.max(Math.abs(time), Math.abs(leg.to())));
    boolean arrives = result == Result.SUCCESS && rest <= TOO_SHORT * ulp;
    if (arrives && rest > 0) {
      double[] slope = new double[state.length];
      derivative.evaluate(time, state, slope);
      LinearStep last = new LinearStep(time, leg.to(), state.clone(), slope);
      recorder.accept(last);
      last.interpolate(leg.to(), state);
    }
    double from = arrives ? leg.next() : time;
    run.step().moveTo(from, state);
    return from;
  }

  private Result afterReset(double[] state) {
    if (!Stepper.isFinite(state)) {
      return Result.NOT_FINITE;
    }
    if (ending != null) {
      return ending;
    }
    boolean many = run.statistics().accepted() >= settings.maxSteps();
    return many ? Result.MAX_STEPS_REACHED : Result.SUCCESS;
  }

  @Override
  public boolean stopsAt(CommonsStep step) {
    boolean found = events.finds(step);
    if (found) {
      recorder.acceptUpTo(events.time(), events.state(), step);
    } else {
      recorder.accept(step);
    }
    if (keepsSteps) {
      kept.add(step);
    }
    for (StepListener listener : settings.hooks().listeners()) {
      listener.accepted(step.start(), step.step(), step.before(), NO_STAGES, 0);
    }
    if (!found) {
      boolean settles = settles(step);
      ending = settles ? Result.EVENT : ending;
      return settles;
    }
    ending = events.happens(happened);
    recorder.happened(events.time(), events.state(), events.changed());
    if (ending == null) {
      events.resume(events.time(), events.state());
    }
    return true;
  }

  private boolean settles(CommonsStep step) {
    if (!events.awaitsSteady()) {
      return false;
    }
    derivative.evaluate(step.end(), step.after(), slope);
    return events.settles(step.end(), step.after(), slope, happened);
  }

  private Solution.Outcome outcome(Result result, double end) {
    Diagnosis diagnosis = new Diagnosis(settings, OptionalDouble.empty(), problem, t0, t1);
    Diagnosis.Place place = place(result);
    List<EventRecord> events = List.copyOf(happened);
    String moving = moving(result);
    return new Solution.Outcome(
        settings.solver().name(),
        t0,
        end,
        result,
        run.statistics(),
        events,
        LazyText.of(() -> diagnosis.message(result, place, events) + moving),
        List.of());
  }

  private String moving(Result result) {
    if (!events.awaitsSteady() || !result.wasOnItsWay()) {
      return "";
    }
    CommonsStep step = run.step();
    derivative.evaluate(step.end(), step.after(), slope);
    List<Event> all = settings.eventsWith(problem.events());
    return Moving.words(all, problem.names(), step.after(), slope);
  }

  private Diagnosis.Place place(Result result) {
    CommonsStep step = run.step();
    String fastest = "";
    if (!result.isSuccess()) {
      derivative.evaluate(step.end(), step.after(), slope);
      fastest = Diagnosis.fastest(problem.names(), step.before(), step.after(), List.of(slope));
    }
    double tried = Math.copySign(run.smallest(), t1 - t0);
    return new Diagnosis.Place(
        settings.solver().name(), step.end(), tried, step.after().clone(), fastest, run.words());
  }
}
