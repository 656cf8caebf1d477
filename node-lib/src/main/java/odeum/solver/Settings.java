package odeum.solver;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import odeum.term.InputSpan;

/**
 * What an integrator is made of.
 *
 * @param first the size of the first step, or empty to choose it
 * @param controlled how many values of the state choose the steps, or empty for all
 */
record Settings(
    Solver solver,
    StepSizeController controller,
    OptionalDouble first,
    OptionalInt controlled,
    SaveAt saveAt,
    boolean keepsSteps,
    Limits limits,
    Waypoints waypoints,
    Hooks hooks) {

  /** When a solve gives up. */
  record Limits(int maxSteps, Optional<Duration> time) {}

  /** What takes part in a solve. */
  record Hooks(
      List<Event> events, List<StepListener> listeners, List<BooleanSupplier> interrupts) {}

  Settings withFirst(OptionalDouble firstStep, OptionalInt values) {
    return new Settings(
        solver, controller, firstStep, values, saveAt, keepsSteps, limits, waypoints, hooks);
  }

  Settings withOutput(SaveAt where, boolean keeps) {
    return new Settings(
        solver, controller, first, controlled, where, keeps, limits, waypoints, hooks);
  }

  Settings with(Limits others) {
    return new Settings(
        solver, controller, first, controlled, saveAt, keepsSteps, others, waypoints, hooks);
  }

  Settings with(Waypoints others) {
    return new Settings(
        solver, controller, first, controlled, saveAt, keepsSteps, limits, others, hooks);
  }

  Settings with(Hooks others) {
    return new Settings(
        solver, controller, first, controlled, saveAt, keepsSteps, limits, waypoints, others);
  }

  /** {@return these settings, adaptive steps ending at the kinks of these inputs too} */
  Settings along(List<InputSpan> inputs) {
    if (!(controller instanceof Pid pid) || inputs.isEmpty()) {
      return this;
    }
    List<Double> kinks =
        inputs.stream().flatMap(input -> input.stepTimes(pid.rtol()).stream()).toList();
    List<Double> own = waypoints.steps();
    return new HashSet<>(own).containsAll(kinks)
        ? this
        : with(
            new Waypoints(
                Stream.concat(own.stream(), kinks.stream()).distinct().toList(),
                waypoints.jumps()));
  }

  int maxSteps() {
    return limits.maxSteps();
  }

  /** {@return whether steps are kept for {@link Solution#at}} */
  boolean keepsAnySteps() {
    return switch (saveAt) {
      case SaveAt.Dense _ -> true;
      case SaveAt.End _ -> false;
      case SaveAt.Even _, SaveAt.Times _, SaveAt.Steps _ -> keepsSteps;
    };
  }

  /** {@return the events of a problem, then those of the integrator} */
  List<Event> eventsWith(List<Event> problems) {
    if (hooks.events().isEmpty()) {
      return problems;
    }
    return Stream.concat(problems.stream(), hooks.events().stream()).toList();
  }

  /** {@return what may stop a solve that begins now} */
  Interrupt interrupt() {
    return new Interrupt(hooks.interrupts(), limits.time());
  }

  /** {@return how many of n values choose the steps} */
  int controlled(int n) {
    return Math.min(n, controlled.orElse(n));
  }

  /** {@return the step sizes of one solve of n values} */
  StepSequence sequence(OneStepMethod method, int n) {
    return switch (controller) {
      case FixedStep fixed -> new FixedSequence(fixed);
      case Pid pid -> new PidSequence(pid, method.errorOrder(), controlled(n), first);
    };
  }
}
