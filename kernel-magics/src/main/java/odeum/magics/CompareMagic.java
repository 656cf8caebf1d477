package odeum.magics;

import java.util.List;
import java.util.stream.Stream;
import odeum.model.Comparison;
import odeum.solver.Solver;
import odeum.solver.Solvers;

/** {@code %compare}: the same as {@code %solve … --compare}. */
final class CompareMagic implements Magic {
  @Override
  public Usage usage() {
    return new Usage(
        "compare",
        false,
        "SYSTEM [SOLVERS…]",
        1,
        Integer.MAX_VALUE,
        "Puts solvers side by side: error, evaluations, time, and error against work.",
        List.of(
            new Option(
                "solver",
                "s",
                Option.Value.CHOICES,
                "S1,S2,…",
                Solvers.all().stream().map(Solver::name).toList(),
                "adaptive ones",
                "which, if not the words after SYSTEM"),
            SolveMagic.TIME,
            SolveMagic.Y0,
            SolveMagic.PARAMETERS,
            IntegratorArgument.RTOL,
            IntegratorArgument.ATOL,
            Option.of("dt", Option.Value.NUMBER, "H", "fixed steps, with --rtol only where needed")
                .standard("a 200th of the span"),
            SolveMagic.MAX_STEPS,
            Option.choices("plot", List.of("work", "none"), "what to draw").standard("work")),
        List.of(
            "%compare lotka tsit5 dopri8 rk4 -o comparison",
            "%solve lotka --compare tsit5,dopri5,dopri8 --rtol 1e-8"));
  }

  @Override
  public String resultType() {
    return Comparison.class.getName();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    List<String> words =
        call.arguments().stream()
            .skip(1)
            .flatMap(word -> Stream.of(word.split(",")))
            .filter(word -> !word.isBlank())
            .toList();
    List<String> named = Stream.concat(words.stream(), call.texts("solver").stream()).toList();
    return new CompareCall(call, kernel).run(named.isEmpty() ? CompareCall.standard() : named);
  }
}
