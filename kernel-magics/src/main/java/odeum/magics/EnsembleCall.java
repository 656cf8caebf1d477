package odeum.magics;

import java.util.List;
import java.util.Locale;
import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.solver.Ensemble;
import odeum.solver.Problem;
import odeum.solver.Variants;
import odeum.tensor.RandomKey;

/** {@code %solve … --ensemble}: one system from many start values or parameters. */
final class EnsembleCall {
  static final Option ENSEMBLE =
      Option.of("ensemble", Option.Value.COUNT, "N", "N solves with numbers drawn around these");
  static final Option SPREAD =
      Option.of("spread", Option.Value.NUMBER, "S", "their standard deviation, as a share")
          .standard("0.1");
  static final Option VARY =
      Option.choices("vary", List.of("y0", "parameters"), "which numbers are drawn").standard("y0");
  static final Option SEED =
      Option.of("seed", Option.Value.NUMBER, "K", "of what is drawn").standard("0");

  private EnsembleCall() {}

  /** The variants, and the Java that makes them. */
  private record Drawn(Variants variants, String code) {}

  static Ensemble run(Invocation call, KernelPort kernel) {
    SystemArgument system = SystemArgument.of(call, kernel).spanned();
    IntegratorArgument steps = IntegratorArgument.of(call, kernel, system);
    Drawn drawn = drawn(call, kernel, system);
    long begin = System.nanoTime();
    Ensemble ensemble =
        steps.integrator().withInterrupt(kernel::interrupted).ensemble(drawn.variants);
    double milliseconds = (System.nanoTime() - begin) * 1e-6;
    call.output().ifPresent(name -> kernel.declare(name, Ensemble.class.getName(), ensemble));
    if (kernel.interrupted()) {
      throw new MagicException(call.shown() + ": interrupted; what was solved is kept");
    }
    String title = call.arguments().getFirst();
    if (call.shows()) {
      if (!call.texts("plot").contains("none")) {
        kernel.display(Charts.fan(title, ensemble).bundle());
      }
      String failures = ensemble.failed() > 0 ? "\nnote: " + ensemble.message() : "";
      kernel.display(
          MimeBundle.of(
              "%s · %s · %s%s"
                  .formatted(title, ensemble, Text.milliseconds(milliseconds), failures)));
    }
    if (call.has("code")) {
      String name = call.output().orElse("ensemble");
      kernel.display(
          MimeBundle.of(
              "Ensemble %s =\n    %s\n        .ensemble(%s);\nCharts.fan(%s, %1$s).figure()"
                  .formatted(name, steps.code(), drawn.code, JavaCode.string(title))));
    }
    return ensemble;
  }

  private static Drawn drawn(Invocation call, KernelPort kernel, SystemArgument system) {
    Values values = new Values(call, kernel);
    int count = values.count("ensemble", 1).orElseThrow();
    double spread = values.positive("spread").orElse(0.1);
    long seed = (long) values.number("seed").orElse(0);
    List<String> vary = call.has("vary") ? call.texts("vary") : List.of("y0");
    Problem problem = system.problem();
    Variants variants = Variants.of(problem, count);
    String numbers = JavaCode.number(spread) + ", RandomKey.of(" + seed + ")";
    StringBuilder code = new StringBuilder("Variants.of(" + system.code() + ", " + count + ")");
    if (vary.contains("parameters")) {
      RandomKey key = RandomKey.of(seed).fold(1);
      List<String> names = problem instanceof Ode ode ? ode.numbers() : List.of();
      variants =
          names.isEmpty()
              ? variants.spreadParameters(spread, key)
              : variants.spreadParameters(spread, key, names);
      code.append(
          String.format(
              Locale.ROOT,
              ".spreadParameters(%s.fold(1)%s)",
              numbers,
              names.isEmpty() ? "" : ", List.of(" + JavaCode.strings(names) + ")"));
    }
    if (vary.contains("y0")) {
      variants = variants.spreadInitials(spread, RandomKey.of(seed));
      code.append(".spreadInitials(").append(numbers).append(')');
    }
    return new Drawn(variants, code.toString());
  }
}
