package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/** Says of a solve that failed where, why and what to try. */
final class Failure {
  private static final List<String> FOR_STIFF = List.of("kvaerno5", "rodas5p");

  private Failure() {}

  static String of(Invocation call, Solution solution) {
    String message = solution.message();
    StringBuilder text = new StringBuilder(call.shown()).append(": ");
    text.append(message.substring(0, 1).toLowerCase(Locale.ROOT)).append(message.substring(1));
    Optional<String> line = suggestion(call, solution);
    String kept =
        call.output()
            .map(
                name ->
                    String.format(
                        Locale.ROOT,
                        "the solution up to t = %s is in the variable %s",
                        Text.brief(end(solution)),
                        name))
            .orElse("");
    if (line.isPresent() || !kept.isEmpty()) {
      text.append("\n  ").append(line.map(l -> "try: " + l).orElse(""));
      text.append(line.isPresent() && !kept.isEmpty() ? "      " : "").append(kept);
    }
    return text.toString();
  }

  private static Optional<String> suggestion(Invocation call, Solution solution) {
    if (!solution.notes().isEmpty()) {
      List<String> known = Solvers.all().stream().map(Solver::name).toList();
      Optional<String> better =
          FOR_STIFF.stream()
              .filter(name -> known.contains(name) && !name.equals(solution.solver()))
              .findFirst();
      if (better.isPresent()) {
        return better.map(name -> call.with("solver", name));
      }
    }
    return switch (solution.result()) {
      case MAX_STEPS_REACHED -> Optional.of(call.with("max-steps", moreSteps(call, solution)));
      case NOT_FINITE ->
          call.has("dt") ? Optional.of(call.with("dt", smaller(call))) : shorter(call, solution);
      case STEP_TOO_SMALL -> shorter(call, solution);
      case GAVE_UP -> Optional.of(call.with("solver", IntegratorArgument.STANDARD));
      default -> Optional.empty();
    };
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
