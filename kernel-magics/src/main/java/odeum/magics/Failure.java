package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import odeum.solver.Result;
import odeum.solver.Solution;
import odeum.solver.Solvers;

/** Says of a solve that failed where, why and what to try. */
final class Failure {
  private static final String FOR_STIFF = Solvers.rodas5p().name();

  private Failure() {}

  static String of(Invocation call, Solution solution) {
    List<String> lines = solution.reason().lines().toList();
    String first = lines.getFirst();
    StringBuilder text = new StringBuilder(call.shown()).append(": ");
    boolean sentence = first.startsWith("The ");
    text.append(sentence ? first.substring(0, 1).toLowerCase(Locale.ROOT) : first.substring(0, 1));
    text.append(first.substring(1));
    lines.stream().skip(1).forEach(line -> text.append('\n').append(line));
    Optional<String> line = suggestion(call, solution);
    Optional<String> kept =
        call.output()
            .map(
                name ->
                    String.format(
                        Locale.ROOT,
                        "the solution up to t = %s is in the variable %s",
                        Text.brief(end(solution)),
                        name));
    String end =
        Stream.of(line.map(l -> "try: " + l), kept)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("      "));
    return end.isEmpty() ? text.toString() : text.append("\n  ").append(end).toString();
  }

  private static Optional<String> suggestion(Invocation call, Solution solution) {
    boolean limited =
        solution.result() == Result.MAX_STEPS_REACHED
            || solution.result() == Result.OUT_OF_TIME
            || solution.result() == Result.STEP_TOO_SMALL;
    if (limited && solution.message().contains("looks stiff")) {
      return Optional.of(call.with("solver", FOR_STIFF));
    }
    return switch (solution.result()) {
      case MAX_STEPS_REACHED ->
          isTroubled(solution)
              ? shorter(call, solution)
              : Optional.of(call.with("max-steps", moreSteps(call, solution)));
      case NOT_FINITE, NOT_SOLVED ->
          call.has("dt") ? Optional.of(call.with("dt", smaller(call))) : shorter(call, solution);
      case STEP_TOO_SMALL, EVENTS_ACCUMULATED -> shorter(call, solution);
      case GAVE_UP -> Optional.of(call.with("solver", IntegratorArgument.STANDARD));
      case INTERRUPTED, OUT_OF_TIME, SUCCESS, EVENT -> Optional.empty();
    };
  }

  /** Whether more steps would not get it further. */
  private static boolean isTroubled(Solution solution) {
    String message = solution.message();
    return message.contains(" grows like ") || message.contains(" runs to infinity ");
  }

  /** Ten times the limit, rounded to what one would type. */
  private static String moreSteps(Invocation call, Solution solution) {
    var work = solution.statistics();
    String limit = call.text("max-steps").orElse(Integer.toString(IntegratorArgument.MAX_STEPS));
    return limit.matches("\\d{1,8}")
        ? limit + "0"
        : Long.toString(10L * (work.accepted() + work.rejected()));
  }

  /** A span that ends before the place where it cannot go on. */
  private static Optional<String> shorter(Invocation call, Solution solution) {
    double[] times = solution.times();
    if (times.length < 2 || times[0] == end(solution)) {
      return Optional.empty();
    }
    double before = times[0] + 0.99 * (end(solution) - times[0]);
    return Optional.of(call.withSpan(Text.brief(times[0]), Text.brief(before)));
  }

  private static String smaller(Invocation call) {
    String step = call.text("dt").orElseThrow();
    try {
      return Text.brief(Double.parseDouble(step) / 10);
    } catch (NumberFormatException e) {
      return step + "/10.0";
    }
  }

  private static double end(Solution solution) {
    double[] times = solution.times();
    return times.length == 0 ? Double.NaN : times[times.length - 1];
  }
}
