package odeum.solver;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
    int maxSteps,
    List<Event> events,
    List<StepListener> listeners,
    List<BooleanSupplier> interrupts) {

  Settings with(OptionalDouble firstStep, OptionalInt values) {
    return new Settings(
        solver,
        controller,
        firstStep,
        values,
        saveAt,
        keepsSteps,
        maxSteps,
        events,
        listeners,
        interrupts);
  }

  Settings with(SaveAt where, boolean keeps) {
    return new Settings(
        solver,
        controller,
        first,
        controlled,
        where,
        keeps,
        maxSteps,
        events,
        listeners,
        interrupts);
  }

  Settings with(int most) {
    return new Settings(
        solver,
        controller,
        first,
        controlled,
        saveAt,
        keepsSteps,
        most,
        events,
        listeners,
        interrupts);
  }

  Settings with(List<Event> others, List<StepListener> observers, List<BooleanSupplier> stops) {
    return new Settings(
        solver,
        controller,
        first,
        controlled,
        saveAt,
        keepsSteps,
        maxSteps,
        others,
        observers,
        stops);
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
    if (events.isEmpty()) {
      return problems;
    }
    return Stream.concat(problems.stream(), events.stream()).toList();
  }

  /** {@return how many of n values choose the steps} */
  int controlled(int n) {
    return Math.min(n, controlled.orElse(n));
  }

  /** {@return the step sizes of one solve of n values} */
  StepSequence sequence(ButcherTableau tableau, int n) {
    return switch (controller) {
      case FixedStep fixed -> new FixedSequence(fixed);
      case Pid pid -> new PidSequence(pid, tableau, controlled(n), first);
    };
  }
}
