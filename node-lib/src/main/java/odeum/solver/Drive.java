package odeum.solver;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import odeum.term.OdeTerm;

/** The stepper of a solve and the sizes of its steps; both may be exchanged on the way. */
final class Drive {
  private final Settings settings;
  private final OdeTerm term;
  private final double direction;
  private final StiffnessMonitor stiffness;
  private OneStepMethod method;
  private Stepper step;
  private StepSequence sequence;
  private DenseSteps dense;
  private SwitchedSteps switched;
  private long evaluations;

  Drive(Settings settings, OneStepMethod method, OdeTerm term, double direction) {
    this.settings = settings;
    this.term = term;
    this.direction = direction;
    this.stiffness = StiffnessMonitor.of(method);
    open(method);
  }

  private void open(OneStepMethod opened) {
    method = opened;
    step = Steppers.open(method, term, settings.controller());
    sequence = settings.sequence(method, step.size());
    boolean unlimited = settings.saveAt() instanceof SaveAt.Dense;
    dense = new DenseSteps(method, term, settings.controller(), step.stages().length, unlimited);
  }

  Stepper step() {
    return step;
  }

  /** Prepares for steps towards an end. */
  void begin(double end) {
    sequence.begin(step, end);
  }

  /** Prepares for steps from a new state, of which the sizes so far say nothing. */
  void restart(double end) {
    sequence.forget();
    sequence.begin(step, end);
  }

  StepSequence.Verdict tryStep() {
    step.attempt(sequence.next(step.start()));
    return sequence.judge(step);
  }

  void keep() {
    dense.add(step);
  }

  KeptSteps kept() {
    return switched == null ? dense : switched;
  }

  /** Looks at the step just accepted. */
  void judgeStiffness() {
    if (settings.controller() instanceof Pid) {
      stiffness.accept(step);
    }
  }

  OptionalDouble stiffFrom() {
    return stiffness.stiffFrom();
  }

  /** Whether it is time to go over to the method for stiff systems. */
  boolean exchanges() {
    return method instanceof SwitchingMethod && switched == null && stiffFrom().isPresent();
  }

  /** Goes over to the method for stiff systems. */
  void exchange(double end) {
    Stepper old = step;
    DenseSteps first = dense;
    evaluations += old.evaluations();
    open(((SwitchingMethod) method).stiff());
    step.moveTo(old.start(), old.before());
    switched = new SwitchedSteps(first, dense, old.start(), direction);
    sequence.begin(step, end);
  }

  /** Where the system began to look stiff to a method that is not made for it. */
  OptionalDouble untreated() {
    return switched == null ? stiffFrom() : OptionalDouble.empty();
  }

  /** The name of the method at work now. */
  String working() {
    return method instanceof SwitchingMethod both ? both.start().name() : method.name();
  }

  /** The names of the methods at work. */
  String solver() {
    String start =
        settings.solver() instanceof SwitchingMethod both ? both.start().name() : method.name();
    return switched == null ? start : start + ", then " + method.name();
  }

  long evaluations() {
    return evaluations + step.evaluations();
  }

  List<String> notes() {
    if (switched != null) {
      return List.of(
          String.format(
              Locale.ROOT,
              "the system looks stiff from t = %s: went over to %s",
              Diagnosis.brief(switched.time()),
              method.name()));
    }
    return stiffFrom().stream().mapToObj(Lane::note).toList();
  }
}
