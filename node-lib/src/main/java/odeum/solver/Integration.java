package odeum.solver;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One solve: the loop over the steps. Nothing is allocated per step unless it is kept. */
final class Integration {
  private final Settings settings;
  private final Problem problem;
  private final double t0;
  private final double t1;
  private final Drive drive;
  private final Iterator<Waypoints.Leg> legs;
  private final EventMonitor events;
  private final Recorder recorder;
  private final boolean keepsSteps;
  private final StepListener[] listeners;
  private final Interrupt interrupt;
  private final List<EventRecord> happened = new ArrayList<>();
  private Waypoints.Leg leg;
  private int accepted;
  private int rejected;
  private Result result;

  Integration(Settings settings, OneStepMethod method, Problem problem, double t0, double t1) {
    this.settings = settings;
    this.problem = problem;
    this.t0 = t0;
    this.t1 = t1;
    this.recorder = new Recorder(settings.saveAt(), t0, t1, problem.term().size());
    this.keepsSteps = settings.keepsAnySteps();
    this.listeners = settings.hooks().listeners().toArray(StepListener[]::new);
    this.interrupt = settings.interrupt();
    this.events = EventMonitor.of(settings, problem, t0, t1);
    this.legs = settings.waypoints().legs(t0, t1).iterator();
    this.drive = new Drive(settings, method, problem.term(), Math.signum(t1 - t0));
  }

  Solution solve() {
    double[] initial = problem.initial().toArray();
    drive.step().moveTo(t0, initial);
    recorder.begin(t0, initial);
    if (!Stepper.isFinite(initial)) {
      result = Result.NOT_FINITE;
    } else if (t0 == t1) {
      result = Result.SUCCESS;
    } else {
      events.begin(t0, initial);
      leg = legs.next();
      drive.begin(leg.to());
    }
    while (result == null) {
      tryStep();
    }
    boolean stopped = result == Result.EVENT;
    double end = stopped ? events.time() : drive.step().start();
    recorder.finish(result, end, stopped ? events.state() : drive.step().before());
    return new Solution(problem, recorder.saved(), drive.kept(), outcome(end));
  }

  private Solution.Outcome outcome(double end) {
    Diagnosis diagnosis = new Diagnosis(settings, drive.untreated(), problem, t0, t1);
    Diagnosis.Place place = place();
    Result ended = result;
    List<EventRecord> events = List.copyOf(happened);
    Statistics work = new Statistics(accepted, rejected, drive.evaluations());
    String moving = moving();
    return new Solution.Outcome(
        drive.solver(),
        t0,
        end,
        result,
        work,
        events,
        LazyText.of(() -> diagnosis.message(ended, place, events) + moving),
        drive.notes());
  }

  private String moving() {
    if (!events.awaitsSteady() || !result.wasOnItsWay()) {
      return "";
    }
    Stepper step = drive.step();
    double[] slope = new double[step.size()];
    step.evaluate(step.start(), step.before(), slope);
    List<Event> all = settings.eventsWith(problem.events());
    return Moving.words(all, problem.names(), step.before(), slope);
  }

  private Diagnosis.Place place() {
    Stepper step = drive.step();
    List<double[]> slopes = List.of(step.stages()).subList(0, step.evaluated());
    String fastest =
        result.isSuccess()
            ? ""
            : Diagnosis.fastest(problem.names(), step.before(), step.after(), slopes);
    return new Diagnosis.Place(
        drive.working(), step.start(), step.step(), step.before().clone(), fastest, "");
  }

  private void tryStep() {
    Result stop = interrupt.requested();
    if (stop != null) {
      result = stop;
    } else if (accepted + rejected >= settings.maxSteps()) {
      result = Result.MAX_STEPS_REACHED;
    } else {
      switch (drive.tryStep()) {
        case ACCEPT -> accept(drive.step());
        case REJECT -> rejected++;
        case TOO_SMALL -> fail(Result.STEP_TOO_SMALL);
        case NOT_FINITE -> fail(Result.NOT_FINITE);
        case NOT_SOLVED -> fail(Result.NOT_SOLVED);
      }
    }
  }

  private void fail(Result failure) {
    rejected++;
    result = failure;
  }

  private void accept(Stepper step) {
    accepted++;
    drive.judgeStiffness();
    boolean found = events.finds(step);
    if (found) {
      recorder.acceptUpTo(events.time(), events.state(), step);
    } else {
      recorder.accept(step);
    }
    if (keepsSteps) {
      drive.keep();
    }
    for (StepListener listener : listeners) {
      listener.accepted(step.start(), step.step(), step.before(), step.stages(), step.evaluated());
    }
    if (!found) {
      step.advance();
      if (settles(step)) {
        result = Result.EVENT;
      } else {
        arrive(step);
      }
      return;
    }
    result = events.happens(happened);
    recorder.happened(events.time(), events.state(), events.changed());
    if (result != Result.EVENT) {
      goOn(step, events.time(), events.state());
    }
  }

  private boolean settles(Stepper step) {
    return events.awaitsSteady()
        && events.settles(step.start(), step.before(), slope(step), happened);
  }

  /** For most methods this is the first stage of the next step, so it costs nothing. */
  private static double[] slope(Stepper step) {
    if (!(step instanceof ReversibleStep)) {
      return step.slope();
    }
    double[] slope = new double[step.size()]; // what it carries is another point's
    step.evaluate(step.start(), step.before(), slope);
    return slope;
  }

  /** Begins the next leg where one ends. */
  private void arrive(Stepper step) {
    if (step.start() != leg.to()) {
      if (drive.exchanges()) {
        drive.exchange(leg.to());
      }
    } else if (nextLeg(step)) {
      drive.begin(leg.to());
    }
  }

  /** Goes to the next leg, or ends the solve if there is none. */
  private boolean nextLeg(Stepper step) {
    if (leg.endsInJump()) {
      step.moveTo(leg.next(), step.before().clone());
    }
    if (!legs.hasNext()) {
      if (leg.endsInJump()) {
        recorder.begin(step.start(), step.before());
      }
      result = result == null ? Result.SUCCESS : result;
      return false;
    }
    leg = legs.next();
    return true;
  }

  /** Goes on with the state that an event made. */
  private void goOn(Stepper step, double time, double[] state) {
    step.moveTo(time, state);
    if (!Stepper.isFinite(state)) {
      result = Result.NOT_FINITE;
    }
    if (result == null && (time != leg.to() || nextLeg(step))) {
      events.resume(time, state);
      drive.restart(leg.to());
    }
  }
}
