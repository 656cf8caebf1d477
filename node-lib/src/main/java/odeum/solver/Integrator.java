package odeum.solver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import odeum.solver.Settings.Hooks;
import odeum.solver.Settings.Limits;
import odeum.term.Term;
import odeum.term.TracedField;

/**
 * Solves problems: a solver, how its steps are chosen, and what is kept. Immutable; may be used by
 * many threads at once.
 */
public final class Integrator {
  private static final int MAX_STEPS = 100_000;
  private static final int SAVED = 200;
  private static final Pid DEFAULT = Pid.of(1e-6, 1e-9);

  private final Settings settings;

  private Integrator(Settings settings) {
    this.settings = settings;
  }

  /** {@return an integrator with adaptive steps, rtol 1e-6 and atol 1e-9} */
  public static Integrator of(Solver solver) {
    return switch (solver) {
      case AdaptiveSolver adaptive -> adaptive(adaptive, DEFAULT);
      case OneStepMethod _, CommonsSolver.Fixed _ ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s has no error estimate to choose steps by. Give a fixed step, or take %s.",
                  solver.name(),
                  "an adaptive solver such as tsit5"));
    };
  }

  /** {@return an integrator whose steps meet a tolerance} */
  public static Integrator adaptive(AdaptiveSolver solver, Pid pid) {
    return start(solver, pid);
  }

  /** {@return an integrator with steps of one size, positive also backward in time} */
  public static Integrator fixed(Solver solver, double step) {
    return switch (solver) {
      case OneStepMethod _, CommonsSolver.Fixed _ -> start(solver, new FixedStep(step));
      case CommonsSolver.Adaptive _ ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s chooses its steps by itself. Leave the step out, or take %s for fixed steps.",
                  solver.name(),
                  "rk4 or commons:rk4"));
    };
  }

  private static Integrator start(Solver solver, StepSizeController controller) {
    return new Integrator(
        new Settings(
            solver,
            controller,
            OptionalDouble.empty(),
            OptionalInt.empty(),
            SaveAt.even(SAVED),
            true,
            new Limits(MAX_STEPS, Optional.empty()),
            Waypoints.NONE,
            new Hooks(List.of(), List.of(), List.of())));
  }

  /**
   * {@return this integrator beginning adaptive steps with this size} It saves the two evaluations
   * that choose it.
   *
   * @param size positive also backward in time
   */
  public Integrator withFirstStep(double size) {
    OptionalDouble first = OptionalDouble.of(new FixedStep(size).size());
    return new Integrator(settings.withFirst(first, settings.controlled()));
  }

  /**
   * {@return this integrator choosing its steps by the first values of the state only} The others
   * are integrals that no other value depends on: arXiv:2009.09457.
   *
   * @param values how many, at least 1
   */
  public Integrator withControlled(int values) {
    if (values < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "At least one value must choose the steps, got %d.", values));
    }
    return new Integrator(settings.withFirst(settings.first(), OptionalInt.of(values)));
  }

  /** {@return this integrator saving elsewhere} */
  public Integrator withSaveAt(SaveAt saveAt) {
    return new Integrator(settings.withOutput(saveAt, settings.keepsSteps()));
  }

  /**
   * {@return this integrator keeping nothing but the saved times, unless {@link SaveAt#dense} asks
   * for more} It saves memory when {@link Solution#at} is not needed.
   */
  public Integrator withoutSteps() {
    return new Integrator(settings.withOutput(settings.saveAt(), false));
  }

  /** {@return this integrator giving up after this many steps, rejected ones included} */
  public Integrator withMaxSteps(int maxSteps) {
    if (maxSteps < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The most steps must be at least 1, got %d.", maxSteps));
    }
    return new Integrator(settings.with(new Limits(maxSteps, settings.limits().time())));
  }

  /**
   * {@return this integrator giving up after this time} The solution is what it has got by then;
   * how far that is depends on the machine.
   */
  public Integrator withTimeBudget(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The time for a solve must be positive, got %s.", time));
    }
    return new Integrator(settings.with(new Limits(settings.maxSteps(), Optional.of(time))));
  }

  /** {@return this integrator ending a step at each of these times, as far as they are passed} */
  public Integrator withStepTimes(double... times) {
    List<Double> steps = Arrays.stream(times).boxed().toList();
    return new Integrator(settings.with(new Waypoints(steps, settings.waypoints().jumps())));
  }

  /**
   * {@return this integrator minding that the vector field jumps at these times} A step ends just
   * before each and the next one starts afresh just after it, so that none goes over it. Only
   * kvaerno5 looks beyond its steps, by a quarter of them.
   */
  public Integrator withJumpTimes(double... times) {
    List<Double> jumps = Arrays.stream(times).boxed().toList();
    return new Integrator(settings.with(new Waypoints(settings.waypoints().steps(), jumps)));
  }

  /**
   * {@return this integrator ending adaptive steps at the kinks of the inputs of a field} Solving a
   * problem does so by itself.
   */
  public Integrator along(TracedField field) {
    return new Integrator(settings.along(field.inputs()));
  }

  /** {@return this integrator with these events besides those of the problem} */
  public Integrator withEvents(Event... events) {
    Hooks hooks = settings.hooks();
    return new Integrator(
        settings.with(new Hooks(List.of(events), hooks.listeners(), hooks.interrupts())));
  }

  /** {@return this integrator telling a listener, besides its others, of every accepted step} */
  public Integrator withListener(StepListener listener) {
    Hooks hooks = settings.hooks();
    List<StepListener> listeners = appended(hooks.listeners(), listener);
    return new Integrator(settings.with(new Hooks(hooks.events(), listeners, hooks.interrupts())));
  }

  /**
   * {@return this integrator asking, once per step, whether to stop} It stops by itself when its
   * thread is interrupted.
   */
  public Integrator withInterrupt(BooleanSupplier stop) {
    Hooks hooks = settings.hooks();
    List<BooleanSupplier> interrupts = appended(hooks.interrupts(), stop);
    return new Integrator(settings.with(new Hooks(hooks.events(), hooks.listeners(), interrupts)));
  }

  private static <T> List<T> appended(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }

  /** {@return the solver} */
  public Solver solver() {
    return settings.solver();
  }

  /** {@return how the steps are chosen} */
  public StepSizeController controller() {
    return settings.controller();
  }

  /** {@return what is saved} */
  public SaveAt saveAt() {
    return settings.saveAt();
  }

  /** {@return the size of the first step, if it was given} */
  public OptionalDouble firstStep() {
    return settings.first();
  }

  /** {@return how many values of the state choose the steps, if not all} */
  public OptionalInt controlled() {
    return settings.controlled();
  }

  /** {@return after how many steps, rejected ones included, it gives up} */
  public int maxSteps() {
    return settings.maxSteps();
  }

  /** {@return the times at each of which a step ends} */
  public List<Double> stepTimes() {
    return settings.waypoints().steps();
  }

  /** {@return the times at which the vector field jumps} */
  public List<Double> jumpTimes() {
    return settings.waypoints().jumps();
  }

  /** {@return the events it has besides those of the problem} */
  public List<Event> events() {
    return settings.hooks().events();
  }

  /** {@return the solution over the problem's own span} */
  public Solution solve(Problem problem) {
    return solve(problem, problem.start(), problem.end());
  }

  /**
   * {@return the solution from the initial state at t0 to t1} A numerical failure is not thrown:
   * the solution goes as far as it got and its {@link Solution#result} says why it ended.
   *
   * @param t1 before t0 to go backward in time; infinite if an event ends the solve, such as {@link
   *     Event#steady}
   */
  public Solution solve(Problem problem, double t0, double t1) {
    return solve(settings, problem, t0, t1);
  }

  static Solution solve(Settings settings, Problem problem, double t0, double t1) {
    ProblemCheck.check(problem);
    ProblemCheck.checkSpan(t0, t1, settings.eventsWith(problem.events()));
    problem.term().inputs().forEach(input -> input.requireCovers(t0, t1));
    Settings all = settings.along(problem.term().inputs());
    return switch (settings.solver()) {
      case OneStepMethod method -> new Integration(all, method, problem, t0, t1).solve();
      case CommonsSolver method -> new CommonsIntegration(all, method, problem, t0, t1).solve();
    };
  }

  /**
   * {@return the solutions of many problems, each with steps of its own} Problems whose terms share
   * a traced field, as those of {@link Variants} do, are solved side by side in vectors; threads
   * share the work. Each solution has the bits it has alone. What has events, listeners or a
   * hand-written derivative is solved one by one.
   */
  public Ensemble ensemble(List<? extends Problem> problems) {
    return ensemble(problems, Collections.nCopies(problems.size(), settings.saveAt()));
  }

  /**
   * {@return the solutions of many problems, each saved where it is said for it}
   *
   * @param saveAts as many as problems
   */
  public Ensemble ensemble(List<? extends Problem> problems, List<SaveAt> saveAts) {
    return new EnsembleRun(settings, problems, saveAts).run();
  }

  /** {@return the solutions of variants of a problem} */
  public Ensemble ensemble(Variants variants) {
    return ensemble(variants.problems());
  }

  /**
   * {@return what takes states of a term from time to time} It has the solver, the step control,
   * the most steps and the interrupts of this integrator; nothing is saved, events and listeners do
   * not count.
   */
  public Propagator propagator(Term term) {
    return switch (settings.solver()) {
      case OneStepMethod method -> new OneStepPropagator(settings, method, term);
      case CommonsSolver method -> new CommonsPropagator(settings, method, term);
    };
  }
}
