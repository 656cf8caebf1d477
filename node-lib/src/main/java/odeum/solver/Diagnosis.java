package odeum.solver;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Puts into words how a solve ended: where, what grew fastest, what to try. */
final class Diagnosis {
  private final Integrator.Settings settings;
  private final List<String> names;
  private final StiffnessMonitor stiffness;

  Diagnosis(Integrator.Settings settings, List<String> names, StiffnessMonitor stiffness) {
    this.settings = settings;
    this.names = names;
    this.stiffness = stiffness;
  }

  List<String> notes() {
    return stiffness.isStiff()
        ? List.of("the system looks stiff from t = " + brief(stiffness.stiffFrom()))
        : List.of();
  }

  String message(Result result, RungeKuttaStep step, List<EventRecord> events) {
    return switch (result) {
      case SUCCESS -> "The solve reached its end.";
      case EVENT ->
          String.format(
              Locale.ROOT,
              "Event '%s' stopped the solve at t = %s.",
              events.getLast().name(),
              brief(events.getLast().time()));
      case INTERRUPTED ->
          String.format(Locale.ROOT, "The solve was interrupted at t = %s.", brief(step.start()));
      case MAX_STEPS_REACHED ->
          String.format(
              Locale.ROOT,
              "The solve used all its %d steps at %s. %s",
              settings.maxSteps(),
              where(step),
              forMaxSteps());
      case STEP_TOO_SMALL ->
          String.format(
              Locale.ROOT,
              "The step size fell below %s at %s. %s",
              brief(smallest(step)),
              where(step),
              forTooSmall());
      case NOT_FINITE ->
          String.format(
              Locale.ROOT,
              "The solution is not a finite number after %s. %s",
              where(step),
              forNotFinite());
    };
  }

  private String where(RungeKuttaStep step) {
    return String.format(
        Locale.ROOT,
        "t = %s (%s; %s grew fastest)",
        brief(step.start()),
        settings.solver().name(),
        fastest(step));
  }

  /** The size of the step that failed; 0 is a fixed step too small to move the time at all. */
  private static double smallest(RungeKuttaStep step) {
    return Math.max(Math.abs(step.step()), Math.ulp(step.start()));
  }

  private String forMaxSteps() {
    String what =
        settings.controller() instanceof Pid
            ? "Loosen the tolerances, shorten the span, or allow more steps."
            : "Take larger steps, shorten the span, or allow more steps.";
    return stiff() + what;
  }

  private String forTooSmall() {
    return stiffness.isStiff()
        ? stiff() + "Loosen the tolerances or shorten the span."
        : "The solution may run to infinity there: end the span before it, check the equations, "
            + "or loosen the tolerances.";
  }

  private String forNotFinite() {
    return settings.controller() instanceof Pid
        ? "Look for values that grow without end, a division by zero, or a log or root of a negative"
            + " number in the equations."
        : "Take smaller steps or an adaptive solver such as tsit5; if that changes nothing, look for a"
            + " division by zero, or a log or root of a negative number.";
  }

  private String stiff() {
    return stiffness.isStiff()
        ? String.format(
            Locale.ROOT, "The system looks stiff from t = %s. ", brief(stiffness.stiffFrom()))
        : "";
  }

  /** The first value that is not finite, else the one with the steepest slope. */
  private String fastest(RungeKuttaStep step) {
    int steepest = 0;
    for (int i = 0; i < step.size(); i++) {
      if (!Double.isFinite(step.before()[i]) || !Double.isFinite(step.after()[i])) {
        return names.get(i);
      }
    }
    for (double[] slope : List.of(step.stages()).subList(0, step.evaluated())) {
      for (int i = 0; i < step.size(); i++) {
        if (!Double.isFinite(slope[i])) {
          return names.get(i);
        }
        double known = Math.abs(step.stages()[0][steepest]);
        steepest = Math.abs(step.stages()[0][i]) > known ? i : steepest;
      }
    }
    return names.get(steepest);
  }

  /** A number with up to six digits, as one would write it. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (value == 0 || size >= 1e-4 && size < 1e9) {
      BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6));
      return value == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
