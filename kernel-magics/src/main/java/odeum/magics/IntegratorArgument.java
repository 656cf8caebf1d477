package odeum.magics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import odeum.model.Model;
import odeum.solver.AdaptiveSolver;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.SaveAt;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.Names;

/**
 * How a call wants its system solved: the integrator, and the Java expression that makes it.
 *
 * @param integrator solver, step size control, what is saved
 * @param code the same as Java
 */
record IntegratorArgument(Integrator integrator, String code) {
  static final String STANDARD = "tsit5";
  static final int MAX_STEPS = 100_000;

  static final Option SOLVER =
      new Option(
          "solver",
          "s",
          Option.Value.TEXT,
          "SOLVER",
          Solvers.all().stream().map(Solver::name).toList(),
          STANDARD,
          "the method; %solvers lists them");

  /**
   * Of magics that only solve: what begins as tsit5 and goes on with a solver for stiff systems.
   */
  static final Option SWITCHING = SOLVER.standard(Solvers.auto().name());

  static final Option RTOL =
      Option.of("rtol", Option.Value.NUMBER, "R", "relative tolerance").standard("1e-6");
  static final Option ATOL =
      Option.of("atol", Option.Value.NUMBER, "A", "absolute tolerance").standard("1e-9");

  /** {@return the integrator of this call for a system, which may bring its own} */
  static IntegratorArgument of(Invocation call, KernelPort kernel, SystemArgument system) {
    boolean chosen = Stream.of("solver", "rtol", "atol", "dt").anyMatch(call::has);
    return system.problem() instanceof Model model && !chosen
        ? finished(
            new IntegratorArgument(
                model.integrator(),
                JavaCode.receiver(call.arguments().getFirst()) + ".integrator()"),
            call,
            kernel)
        : of(call, kernel);
  }

  /** {@return the integrator of this call, which may lack the options that its usage lacks} */
  static IntegratorArgument of(Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    OptionalDouble step = values.positive("dt");
    String standard =
        step.isPresent()
            ? STANDARD
            : call.usage().find("solver").map(Option::standard).orElse(STANDARD);
    Solver solver = solver(call.text("solver").orElse(standard), kernel);
    return finished(
        step.isPresent() ? fixed(call, solver, step.getAsDouble()) : adaptive(call, values, solver),
        call,
        kernel);
  }

  private static IntegratorArgument finished(
      IntegratorArgument begun, Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    IntegratorArgument steps = saveAt(begun, call, values, kernel);
    OptionalInt most = values.count("max-steps", 1);
    return most.isEmpty()
        ? steps
        : new IntegratorArgument(
            steps.integrator.withMaxSteps(most.getAsInt()),
            steps.code + String.format(Locale.ROOT, ".withMaxSteps(%d)", most.getAsInt()));
  }

  /** A name, or a Java expression for a name or a solver. */
  private static Solver solver(String text, KernelPort kernel) {
    boolean known = Solvers.all().stream().anyMatch(s -> s.name().equalsIgnoreCase(text));
    if (known || (kernel.variable(text).isEmpty() && !text.contains("("))) {
      return Solvers.named(text.toLowerCase(Locale.ROOT));
    }
    return switch (kernel.evaluate(text)) {
      case Solver solver -> solver;
      case String name -> Solvers.named(name);
      case null, default ->
          throw new MagicException(
              String.format(Locale.ROOT, "-s needs a solver, but '%s' is none", text));
    };
  }

  private static IntegratorArgument fixed(Invocation call, Solver solver, double step) {
    for (String option : List.of("rtol", "atol")) {
      if (call.has(option)) {
        throw new MagicException(
            String.format(
                Locale.ROOT,
                "--dt means fixed steps, which no tolerance governs. Leave out --%s or --dt",
                option));
      }
    }
    return new IntegratorArgument(
        Integrator.fixed(solver, step),
        String.format(
            Locale.ROOT, "Integrator.fixed(%s, %s)", code(solver), JavaCode.number(step)));
  }

  private static IntegratorArgument adaptive(Invocation call, Values values, Solver solver) {
    if (!(solver instanceof AdaptiveSolver method)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "%s: %s cannot choose its steps by itself.\n  try: %s",
              call.shown(),
              solver.name(),
              call.with("dt", "0.01")));
    }
    if (!call.has("rtol") && !call.has("atol")) {
      return new IntegratorArgument(
          Integrator.of(method), String.format(Locale.ROOT, "Integrator.of(%s)", code(method)));
    }
    double rtol = values.positive("rtol").orElse(1e-6);
    double atol = values.positive("atol").orElse(1e-9);
    return new IntegratorArgument(
        Integrator.adaptive(method, Pid.of(rtol, atol)),
        String.format(
            Locale.ROOT,
            "Integrator.adaptive(%s, Pid.of(%s))",
            code(method),
            JavaCode.numbers(rtol, atol)));
  }

  private static IntegratorArgument saveAt(
      IntegratorArgument steps, Invocation call, Values values, KernelPort kernel) {
    if (!call.has("saveat")) {
      return steps;
    }
    String text = call.text("saveat").orElseThrow();
    SaveAt saveAt = saveAt(text, values, kernel);
    String code =
        switch (saveAt) {
          case SaveAt.Even even -> String.format(Locale.ROOT, "SaveAt.even(%d)", even.count());
          case SaveAt.Times times ->
              String.format(
                  Locale.ROOT,
                  "SaveAt.times(%s)",
                  JavaCode.numbers(times.times().stream().mapToDouble(t -> t).toArray()));
          case SaveAt.Steps _ -> "SaveAt.steps()";
          case SaveAt.Dense _ -> "SaveAt.dense()";
          case SaveAt.End _ -> "SaveAt.end()";
        };
    return new IntegratorArgument(
        steps.integrator.withSaveAt(saveAt),
        steps.code + String.format(Locale.ROOT, ".withSaveAt(%s)", code));
  }

  private static SaveAt saveAt(String text, Values values, KernelPort kernel) {
    List<String> parts = Values.split(text);
    if (parts.size() > 1) {
      return SaveAt.times(
          parts.stream().mapToDouble(part -> values.number("--saveat", part)).toArray());
    }
    return switch (text) {
      case "steps" -> SaveAt.steps();
      case "dense" -> SaveAt.dense();
      case "end" -> SaveAt.end();
      default -> {
        if (kernel.variable(text).isPresent() && kernel.evaluate(text) instanceof double[] times) {
          yield SaveAt.times(times);
        }
        Optional<String> near = Names.nearest(text, List.of("steps", "dense", "end"));
        if (near.isPresent() && kernel.variable(text).isEmpty()) {
          throw new MagicException(
              String.format(
                  Locale.ROOT, "--saveat '%s' is unknown. Did you mean %s?", text, near.get()));
        }
        yield SaveAt.even(values.count("--saveat", text, 2));
      }
    };
  }

  /**
   * {@return the factory method of a solver: {@code rk4-38} is made by {@code rk438()}, {@code
   * commons:gbs} by {@code commonsGbs()}}
   */
  static String code(Solver solver) {
    String[] parts = solver.name().split("[-:]");
    String rest =
        Arrays.stream(parts)
            .skip(1)
            .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
            .reduce("", String::concat);
    return String.format(Locale.ROOT, "Solvers.%s%s()", parts[0], rest);
  }
}
