package odeum.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Solves problems: a solver, how its steps are chosen, and what is kept. Immutable; may be used by
 * many threads at once.
 */
public final class Integrator {
  private static final int MAX_STEPS = 100_000;
  private static final int SAVED = 200;
  private static final Pid DEFAULT = Pid.of(1e-6, 1e-9);

  private final Settings settings;

  /** What an integrator is made of. */
  record Settings(
      ExplicitRungeKutta solver,
      StepSizeController controller,
      SaveAt saveAt,
      int maxSteps,
      List<Event> events,
      List<StepListener> listeners,
      List<BooleanSupplier> interrupts) {}

  private Integrator(Settings settings) {
    this.settings = settings;
  }

  /** {@return an integrator with adaptive steps, rtol 1e-6 and atol 1e-9} */
  public static Integrator of(Solver solver) {
    return switch (solver) {
      case EmbeddedRungeKutta adaptive -> adaptive(adaptive, DEFAULT);
      case RungeKutta fixed ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s has no error estimate to choose steps by. Give a fixed step, or take %s.",
                  fixed.name(),
                  "an adaptive solver such as tsit5"));
    };
  }

  /** {@return an integrator whose steps meet a tolerance} */
  public static Integrator adaptive(AdaptiveSolver solver, Pid pid) {
    return switch (solver) {
      case EmbeddedRungeKutta method -> start(method, pid);
    };
  }

  /** {@return an integrator with steps of one size, positive also backward in time} */
  public static Integrator fixed(Solver solver, double step) {
    return switch (solver) {
      case ExplicitRungeKutta method -> start(method, new FixedStep(step));
    };
  }

  private static Integrator start(ExplicitRungeKutta solver, StepSizeController controller) {
    return new Integrator(
        new Settings(
            solver, controller, SaveAt.even(SAVED), MAX_STEPS, List.of(), List.of(), List.of()));
  }

  /** {@return this integrator saving elsewhere} */
  public Integrator withSaveAt(SaveAt saveAt) {
    Settings s = settings;
    return new Integrator(
        new Settings(
            s.solver, s.controller, saveAt, s.maxSteps, s.events, s.listeners, s.interrupts));
  }

  /** {@return this integrator giving up after this many steps, rejected ones included} */
  public Integrator withMaxSteps(int maxSteps) {
    if (maxSteps < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The most steps must be at least 1, got %d.", maxSteps));
    }
    Settings s = settings;
    return new Integrator(
        new Settings(
            s.solver, s.controller, s.saveAt, maxSteps, s.events, s.listeners, s.interrupts));
  }

  /** {@return this integrator with events besides those of the problem} */
  public Integrator withEvents(Event... events) {
    Settings s = settings;
    return new Integrator(
        new Settings(
            s.solver,
            s.controller,
            s.saveAt,
            s.maxSteps,
            List.of(events),
            s.listeners,
            s.interrupts));
  }

  /** {@return this integrator telling a listener, besides its others, of every accepted step} */
  public Integrator withListener(StepListener listener) {
    Settings s = settings;
    return new Integrator(
        new Settings(
            s.solver,
            s.controller,
            s.saveAt,
            s.maxSteps,
            s.events,
            appended(s.listeners, listener),
            s.interrupts));
  }

  /**
   * {@return this integrator asking, once per step, whether to stop} It stops by itself when its
   * thread is interrupted.
   */
  public Integrator withInterrupt(BooleanSupplier stop) {
    Settings s = settings;
    return new Integrator(
        new Settings(
            s.solver,
            s.controller,
            s.saveAt,
            s.maxSteps,
            s.events,
            s.listeners,
            appended(s.interrupts, stop)));
  }

  private static <T> List<T> appended(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }

  /** {@return the solver} */
  public Solver solver() {
    return settings.solver;
  }

  /** {@return how the steps are chosen} */
  public StepSizeController controller() {
    return settings.controller;
  }

  /** {@return what is saved} */
  public SaveAt saveAt() {
    return settings.saveAt;
  }

  /** {@return the solution over the problem's own span} */
  public Solution solve(Problem problem) {
    return solve(problem, problem.start(), problem.end());
  }

  /**
   * {@return the solution from the initial state at t0 to t1} A numerical failure is not thrown:
   * the solution goes as far as it got and its {@link Solution#result} says why it ended.
   */
  public Solution solve(Problem problem, double t0, double t1) {
    ProblemCheck.check(problem.term(), problem.initial(), problem.names());
    ProblemCheck.checkSpan(t0, t1);
    return new Integration(settings, problem, t0, t1).solve();
  }
}
