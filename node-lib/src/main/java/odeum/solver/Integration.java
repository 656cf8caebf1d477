package odeum.solver;

import java.util.ArrayList;
import java.util.List;
import odeum.term.OdeTerm;

/** One solve: the loop over the steps. Nothing is allocated per step unless it is kept. */
final class Integration {
  private final Settings settings;
  private final Problem problem;
  private final double t0;
  private final double t1;
  private final RungeKuttaStep step;
  private final StepSequence sequence;
  private final StiffnessMonitor stiffness;
  private final EventMonitor events;
  private final Recorder recorder;
  private final DenseSteps dense;
  private final boolean keepsSteps;
  private final StepListener[] listeners;
  private final Interrupt interrupt;
  private final List<EventRecord> happened = new ArrayList<>();
  private int accepted;
  private int rejected;
  private Result result;

  Integration(Settings settings, ExplicitRungeKutta solver, Problem problem, double t0, double t1) {
    OdeTerm term = problem.term();
    ButcherTableau tableau = solver.tableau();
    int n = term.size();
    this.settings = settings;
    this.problem = problem;
    this.t0 = t0;
    this.t1 = t1;
    this.recorder = new Recorder(settings.saveAt(), t0, t1, n);
    this.dense = new DenseSteps(term, tableau, settings.saveAt() instanceof SaveAt.Dense);
    this.keepsSteps = settings.keepsAnySteps();
    this.listeners = settings.listeners().toArray(StepListener[]::new);
    this.interrupt = new Interrupt(settings.interrupts());
    this.stiffness = new StiffnessMonitor(tableau);
    this.events = new EventMonitor(settings.eventsWith(problem.events()), term);
    this.sequence = settings.sequence(tableau, n);
    this.step = new RungeKuttaStep(tableau, term.open(), n);
  }

  Solution solve() {
    double[] initial = problem.initial().toArray();
    step.moveTo(t0, initial);
    recorder.begin(t0, initial);
    if (!RungeKuttaStep.isFinite(initial)) {
      result = Result.NOT_FINITE;
    } else if (t0 == t1) {
      result = Result.SUCCESS;
    } else {
      events.begin(t0, initial);
      sequence.begin(step, t1);
    }
    while (result == null) {
      tryStep();
    }
    boolean stopped = result == Result.EVENT;
    double end = stopped ? events.time() : step.start();
    recorder.finish(result, end, stopped ? events.state() : step.before());
    return new Solution(problem, recorder.saved(), dense, outcome(end));
  }

  private Solution.Outcome outcome(double end) {
    Diagnosis diagnosis = new Diagnosis(settings, stiffness.stiffFrom());
    return new Solution.Outcome(
        settings.solver().name(),
        t0,
        end,
        result,
        new Statistics(accepted, rejected, step.evaluations()),
        List.copyOf(happened),
        diagnosis.message(result, place(), happened),
        diagnosis.notes());
  }

  private Diagnosis.Place place() {
    List<double[]> slopes = List.of(step.stages()).subList(0, step.evaluated());
    String fastest =
        result.isSuccess()
            ? ""
            : Diagnosis.fastest(problem.names(), step.before(), step.after(), slopes);
    return new Diagnosis.Place(step.start(), step.step(), fastest, "");
  }

  private void tryStep() {
    if (interrupt.requested()) {
      result = Result.INTERRUPTED;
    } else if (accepted + rejected >= settings.maxSteps()) {
      result = Result.MAX_STEPS_REACHED;
    } else {
      step.attempt(sequence.next(step.start()));
      switch (sequence.judge(step)) {
        case ACCEPT -> accept();
        case REJECT -> rejected++;
        case TOO_SMALL -> fail(Result.STEP_TOO_SMALL);
        case NOT_FINITE -> fail(Result.NOT_FINITE);
      }
    }
  }

  private void fail(Result failure) {
    rejected++;
    result = failure;
  }

  private void accept() {
    accepted++;
    boolean last = step.end() == t1;
    if (settings.controller() instanceof Pid) {
      stiffness.accept(step);
    }
    boolean stopped = events.finds(step);
    recorder.accept(step, stopped ? events.time() : step.end());
    if (keepsSteps) {
      dense.add(step);
    }
    for (StepListener listener : listeners) {
      listener.accepted(step.start(), step.step(), step.before(), step.stages(), step.evaluated());
    }
    if (stopped) {
      happened.add(events.record());
      result = Result.EVENT;
    } else {
      step.advance();
      result = last ? Result.SUCCESS : null;
    }
  }
}
