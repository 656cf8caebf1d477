package odeum.solver;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Puts into words how a solve ended: where, which value, why, what to try.
 *
 * @param settings the integrator
 * @param stiffFrom where the system began to look stiff to the solver at work
 * @param problem what was solved
 * @param start from when
 * @param end to when
 */
record Diagnosis(
    Settings settings, OptionalDouble stiffFrom, Problem problem, double start, double end) {
  /** The end of every message of a solve that did not get to its end, but somewhere. */
  static final String KEPT = " The solution up to there is kept.";

  /**
   * Where a solve is.
   *
   * @param solver the method at work
   * @param t time
   * @param step the size of the last step
   * @param state the state then
   * @param fastest the name of the value that grows fastest
   * @param words what the solver itself said when it gave up
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Place(
      String solver, double t, double step, double[] state, String fastest, String words) {}

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
          String.format(Locale.ROOT, "The solve was interrupted at t = %s.", brief(place.t()))
              + kept(place);
      case OUT_OF_TIME ->
          String.format(Locale.ROOT, "The time for the solve was over at %s. ", where(place))
              + forLimit(place, "time")
              + kept(place);
      case NOT_SOLVED -> notSolved(place);
      case MAX_STEPS_REACHED ->
          String.format(
                  Locale.ROOT,
                  "The solve used all its %d steps at %s. ",
                  settings.maxSteps(),
                  where(place))
              + forLimit(place, "steps")
              + kept(place);
      case EVENTS_ACCUMULATED ->
          String.format(
                  Locale.ROOT,
                  "The events accumulate near t = %s: '%s' comes ever faster and never ends. %s",
                  brief(place.t()),
                  events.getLast().name(),
                  "End the span before it, or add an event that stops the solve where little is"
                      + " left.")
              + kept(place);
      case STEP_TOO_SMALL -> tooSmall(place);
      case NOT_FINITE -> notFinite(place);
      case GAVE_UP ->
          String.format(
                  Locale.ROOT,
                  "The solver gave up at %s: %s. Take another one, such as tsit5.",
                  where(place),
                  place.words())
              + kept(place);
    };
  }

  private String where(Place place) {
    return String.format(
        Locale.ROOT,
        "t = %s (%s; %s grew fastest)",
        brief(place.t()),
        place.solver(),
        place.fastest());
  }

  private String kept(Place place) {
    return place.t() == start ? "" : KEPT;
  }

  private Probe probe(Place place) {
    double step = Math.copySign(smallest(place), end - start);
    return new Probe(problem, place.t(), step, place.state());
  }

  /** The size of the step that failed; 0 is a fixed step too small to move the time at all. */
  private static double smallest(Place place) {
    return Math.max(Math.abs(place.step()), Math.ulp(place.t()));
  }

  private boolean isAdaptive() {
    return settings.controller() instanceof Pid;
  }

  private String forLimit(Place place, String limit) {
    if (stiffFrom.isPresent()) {
      return stiff() + "Take a solver for stiff systems, such as rodas5p or kvaerno5.";
    }
    Optional<String> special = special(probe(place));
    if (special.isPresent()) {
      return special.get();
    }
    return (isAdaptive() ? "Loosen the tolerances" : "Take larger steps")
        + ", shorten the span, or allow more "
        + limit
        + ".";
  }

  private String tooSmall(Place place) {
    String fell =
        String.format(
            Locale.ROOT,
            "The step size fell below %s at %s. ",
            brief(smallest(place)),
            where(place));
    if (stiffFrom.isPresent()) {
      return fell
          + stiff()
          + "Take a solver for stiff systems, such as rodas5p or kvaerno5."
          + kept(place);
    }
    Probe probe = probe(place);
    Optional<Probe.Hole> hole = probe.growth().isPresent() ? Optional.empty() : probe.hole();
    if (hole.isPresent() && !hole.get().trouble().overflows()) {
      return fell + withHole(hole.get(), place);
    }
    return fell + forTooSmall(probe) + kept(place);
  }

  /** What is special in the equations there. */
  private Optional<String> special(Probe probe) {
    return probe.growth().map(this::grows).or(() -> probe.jump().map(this::jumps));
  }

  private String forTooSmall(Probe probe) {
    return special(probe)
        .orElse(
            "The solution may run to infinity there: end the span before it, check the equations, "
                + "or loosen the tolerances.");
  }

  private String notSolved(Place place) {
    String failed =
        String.format(
            Locale.ROOT,
            "The equations of a step of size %s could not be solved at %s. ",
            brief(place.step()),
            where(place));
    Probe probe = probe(place);
    Optional<Probe.Hole> hole = probe.hole();
    if (hole.isPresent() && !hole.get().trouble().overflows()) {
      return failed + withHole(hole.get(), place);
    }
    String advice =
        isAdaptive()
            ? "Take another solver, such as rodas5p or tsit5, or look for jumps in the equations."
            : "Take smaller steps, or look for jumps in the equations.";
    return failed + special(probe).orElse(advice) + kept(place);
  }

  private String notFinite(Place place) {
    for (int i = 0; i < place.state().length; i++) {
      if (!Double.isFinite(place.state()[i])) {
        return String.format(
            Locale.ROOT,
            "%s is %s at t = %s. Give %s a finite number.",
            problem.names().get(i),
            place.state()[i],
            brief(place.t()),
            place.t() == start ? "the start" : "the reset of the event");
      }
    }
    String failed =
        String.format(Locale.ROOT, "The solution is not a finite number after %s. ", where(place));
    Probe probe = probe(place);
    Optional<Probe.Hole> hole = probe.hole();
    if (hole.isPresent() && !hole.get().trouble().overflows()) {
      return failed + withHole(hole.get(), place);
    }
    Optional<String> grows =
        probe
            .growth()
            .map(this::grows)
            .or(() -> probe.huge().stream().mapToObj(i -> isHuge(i, place)).findFirst());
    String smaller = "Take smaller steps or an adaptive solver such as tsit5";
    if (grows.isPresent()) {
      return failed + grows.get() + (isAdaptive() ? "" : " " + smaller + ".") + kept(place);
    }
    if (hole.isPresent()) {
      return failed + withHole(hole.get(), place);
    }
    String look = "look for a division by zero, or a log or root of a negative number";
    return failed
        + (isAdaptive()
            ? "Look for values that grow without end, a division by zero, or a log or root of a"
                + " negative number in the equations."
            : smaller + "; if that changes nothing, " + look + ".")
        + kept(place);
  }

  private String withHole(Probe.Hole hole, Place place) {
    Trouble trouble = hole.trouble();
    String clause = trouble.clause();
    String smaller =
        isAdaptive()
            ? "To go on, "
            : "Take smaller steps or an adaptive solver such as tsit5; if that changes nothing, ";
    String source = trouble.source();
    return String.format(
        Locale.ROOT,
        "The %s, at t = %s. %s%s.%s%s",
        clause,
        brief(hole.t()),
        smaller,
        trouble.advice(),
        kept(place),
        source.isEmpty() ? "" : "\n" + source);
  }

  private String grows(Probe.Growth growth) {
    String distance = end > start ? "t* - t" : "t - t*";
    double power = growth.power();
    String root = String.format(Locale.ROOT, "1/sqrt(%s)", distance);
    String whole = String.format(Locale.ROOT, "1/(%s)", distance);
    String law =
        Math.abs(power - 0.5) < 0.02
            ? root
            : Math.abs(power - 1) < 0.05
                ? whole
                : whole + String.format(Locale.ROOT, "^%.2g", power);
    return String.format(
        Locale.ROOT,
        "%s grows like %s and is infinite at t* = %s: end the span before it, or check the"
            + " equations.",
        problem.names().get(growth.value()),
        law,
        brief(growth.time()));
  }

  private String isHuge(int value, Place place) {
    return String.format(
        Locale.ROOT,
        "%s grew to %s, and soon is too large for a number: check the signs in the equations, or"
            + " end the span before it.",
        problem.names().get(value),
        brief(place.state()[value]));
  }

  private String jumps(Probe.Jump jump) {
    if (jump.pole()) {
      return String.format(
          Locale.ROOT,
          "The slope of %s runs to infinity there, as 1/x does at 0: end the span before it, or"
              + " keep what is divided by away from 0.",
          problem.names().get(jump.value()));
    }
    return String.format(
        Locale.ROOT,
        "The slope of %s jumps there, from %s to %s: smooth the jump, as tanh(x/0.001) does"
            + " sign(x), stop the solve there by an event, or loosen the tolerances.",
        problem.names().get(jump.value()),
        brief(jump.before()),
        brief(jump.after()));
  }

  private String stiff() {
    return String.format(
        Locale.ROOT, "The system looks stiff from t = %s. ", brief(stiffFrom.getAsDouble()));
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
