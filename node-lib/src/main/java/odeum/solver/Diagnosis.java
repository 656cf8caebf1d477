package odeum.solver;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Puts into words how a solve ended: where, what grew fastest, what to try.
 *
 * @param settings the integrator
 * @param stiffFrom where the system began to look stiff
 */
record Diagnosis(Settings settings, OptionalDouble stiffFrom) {
  /**
   * Where a solve is.
   *
   * @param t time
   * @param step the size of the last step
   * @param fastest the name of the value that grows fastest
   * @param words what the solver itself said when it gave up
   */
  record Place(double t, double step, String fastest, String words) {}

  String message(Result result, Place place, List<EventRecord> events) {
    return switch (result) {
      case SUCCESS -> "The solve reached its end.";
      case EVENT ->
          String.format(
              Locale.ROOT,
              "Event '%s' stopped the solve at t = %s.",
              events.getLast().name(),
              brief(events.getLast().time()));
      case INTERRUPTED ->
          String.format(Locale.ROOT, "The solve was interrupted at t = %s.", brief(place.t()));
      case OUT_OF_TIME ->
          String.format(
              Locale.ROOT,
              "The time for the solve was over at %s. %s",
              where(place),
              forMaxSteps());
      case NOT_SOLVED ->
          String.format(
              Locale.ROOT,
              "The equations of a step of size %s could not be solved at %s. %s",
              brief(place.step()),
              where(place),
              "Take smaller steps, or look for jumps in the equations.");
      case MAX_STEPS_REACHED ->
          String.format(
              Locale.ROOT,
              "The solve used all its %d steps at %s. %s",
              settings.maxSteps(),
              where(place),
              forMaxSteps());
      case EVENTS_ACCUMULATED ->
          String.format(
              Locale.ROOT,
              "The events accumulate near t = %s: '%s' comes ever faster and never ends. %s",
              brief(place.t()),
              events.getLast().name(),
              "End the span before it, or add an event that stops the solve where little is left.");
      case STEP_TOO_SMALL ->
          String.format(
              Locale.ROOT,
              "The step size fell below %s at %s. %s",
              brief(smallest(place)),
              where(place),
              forTooSmall());
      case NOT_FINITE ->
          String.format(
              Locale.ROOT,
              "The solution is not a finite number after %s. %s",
              where(place),
              forNotFinite());
      case GAVE_UP ->
          String.format(
              Locale.ROOT,
              "The solver gave up at %s: %s. Take another one, such as tsit5.",
              where(place),
              place.words());
    };
  }

  private String where(Place place) {
    return String.format(
        Locale.ROOT,
        "t = %s (%s; %s grew fastest)",
        brief(place.t()),
        settings.solver().name(),
        place.fastest());
  }

  /** The size of the step that failed; 0 is a fixed step too small to move the time at all. */
  private static double smallest(Place place) {
    return Math.max(Math.abs(place.step()), Math.ulp(place.t()));
  }

  private String forMaxSteps() {
    String what =
        settings.controller() instanceof Pid
            ? "Loosen the tolerances, shorten the span, or allow more steps."
            : "Take larger steps, shorten the span, or allow more steps.";
    return stiff() + what;
  }

  private String forTooSmall() {
    return stiffFrom.isPresent()
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
    return stiffFrom.isPresent()
        ? String.format(
            Locale.ROOT, "The system looks stiff from t = %s. ", brief(stiffFrom.getAsDouble()))
        : "";
  }

  /** The first value that is not finite, else the one with the steepest slope. */
  static String fastest(
      List<String> names, double[] before, double[] after, List<double[]> slopes) {
    int steepest = 0;
    for (int i = 0; i < names.size(); i++) {
      if (!Double.isFinite(before[i]) || !Double.isFinite(after[i])) {
        return names.get(i);
      }
    }
    for (double[] slope : slopes) {
      double[] first = slopes.getFirst();
      for (int i = 0; i < names.size(); i++) {
        if (!Double.isFinite(slope[i])) {
          return names.get(i);
        }
        steepest = Math.abs(first[i]) > Math.abs(first[steepest]) ? i : steepest;
      }
    }
    return names.isEmpty() ? "nothing" : names.get(steepest);
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
