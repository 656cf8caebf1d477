package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.autodiff.Gradient;
import odeum.display.HtmlTable;
import odeum.equation.EquationException;
import odeum.equation.Ode;
import odeum.model.GradientCheck;
import odeum.model.Quantity;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.solver.CommonsSolver;
import odeum.solver.Event;
import odeum.solver.Pid;

/** {@code %gradient}: the derivatives of a number computed from a solution, with their check. */
final class GradientMagic implements Magic {
  /** Above this tolerance no adjoint gives a gradient to rely on. */
  private static final double LOOSE = 1e-4;

  @Override
  public Usage usage() {
    return new Usage(
        "gradient",
        false,
        "SYSTEM",
        1,
        1,
        "Derives a number computed from the solution, and checks it by finite differences.",
        List.of(
            Option.of(
                "of", Option.Value.TEXT, "EXPR", "x(10), last(x), integral(x*y), or a formula"),
            Option.of("wrt", Option.Value.TEXT, "a,x(0),t1", "parameters, start values, ends")
                .standard("all parameters and start values"),
            SolveMagic.TIME,
            SolveMagic.Y0,
            SolveMagic.PARAMETERS,
            IntegratorArgument.SOLVER,
            IntegratorArgument.RTOL,
            IntegratorArgument.ATOL,
            SolveMagic.DT,
            SolveMagic.MAX_STEPS,
            AdjointArgument.OPTION,
            Option.toggle("no-check", "saves the solves that the check takes")),
        List.of(
            "%gradient lotka --of x(10) --wrt a,b,x(0) -o g",
            "%gradient lotka --of \"last(x)^2 + integral(x*y)\" --wrt a,t1 --rtol 1e-9"));
  }

  @Override
  public String resultType() {
    return Gradient.class.getName();
  }

  /** What a call asks for, and the Java that makes it. */
  private record Request(
      Quantity quantity, String code, Ode system, List<String> names, AdjointArgument adjoint) {}

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    Request request = request(call, kernel);
    Quantity quantity = request.quantity.withInterrupt(kernel::interrupted);
    long begin = System.nanoTime();
    Gradient gradient = gradient(call, quantity, request.names);
    double milliseconds = (System.nanoTime() - begin) * 1e-6;
    call.output().ifPresent(name -> kernel.declare(name, resultType(), gradient));
    if (call.shows()) {
      kernel.display(report(call, request, quantity, gradient, milliseconds));
    }
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, request)));
    }
    return gradient;
  }

  private static Request request(Invocation call, KernelPort kernel) {
    String formula =
        call.text("of")
            .orElseThrow(
                () ->
                    new MagicException(
                        "say what to derive: --of x(10), --of last(x) or --of \"integral(x)^2\""));
    SystemArgument system = SystemArgument.of(call, kernel).spanned();
    if (!(system.problem() instanceof Ode ode)) {
      throw new MagicException(
          "%s derives systems written with %%%%ode; '%s' is %s"
              .formatted(
                  call.usage().shown(),
                  call.arguments().getFirst(),
                  Things.describe(system.problem())));
    }
    IntegratorArgument steps = IntegratorArgument.of(call, kernel);
    AdjointArgument adjoint = AdjointArgument.of(call, kernel, steps.integrator());
    String code =
        String.format(
            Locale.ROOT,
            "Quantity.of(%s, %s)\n        .withIntegrator(%s)\n        .withAdjoint(%s)",
            system.code(),
            JavaCode.string(formula),
            steps.code(),
            adjoint.code());
    Quantity quantity =
        quantity(call, ode, formula)
            .withIntegrator(steps.integrator())
            .withAdjoint(adjoint.adjoint());
    List<String> names =
        call.text("wrt").map(Values::split).filter(it -> !it.isEmpty()).orElse(quantity.names());
    return new Request(quantity, code, ode, names, adjoint);
  }

  private static Quantity quantity(Invocation call, Ode system, String formula) {
    try {
      return Quantity.of(system, formula);
    } catch (EquationException e) {
      String caret = e.caret().isEmpty() ? "" : "\n" + e.caret();
      throw new MagicException("%s --of: %s%s".formatted(call.shown(), e.problem(), caret));
    }
  }

  /** A solve that fails is explained as {@code %solve} does. */
  private static Gradient gradient(Invocation call, Quantity quantity, List<String> names) {
    try {
      return quantity.gradient(names.toArray(String[]::new));
    } catch (IllegalStateException e) {
      var solution = quantity.solution();
      throw solution.result().isSuccess()
          ? e
          : new MagicException(Failure.of(call.without("output"), solution));
    }
  }

  private static MimeBundle report(
      Invocation call, Request request, Quantity quantity, Gradient gradient, double milliseconds) {
    Optional<GradientCheck> check =
        call.has("no-check") ? Optional.empty() : Optional.of(quantity.check(gradient));
    TextTable table = check.map(GradientMagic::table).orElseGet(() -> table(gradient));
    StringBuilder text = new StringBuilder();
    text.append(line(quantity, request, gradient, milliseconds)).append('\n');
    text.append(check.map(it -> verdict(call, it, quantity)).orElse("not checked"));
    if (request.system.events().stream().anyMatch(Event.Stop.class::isInstance)) {
      text.append("\nnote: the events that stop ").append(call.arguments().getFirst());
      text.append(" do not act here");
    }
    return HtmlTable.bundle(table.text() + "\n\n" + text, table, text.toString());
  }

  private static TextTable table(GradientCheck check) {
    TextTable table =
        TextTable.of("", "value", "gradient", "finite difference", "relative difference");
    for (GradientCheck.Row row : check.rows()) {
      table =
          table.row(
              row.name(),
              Text.digits(row.at()),
              Text.digits(row.derivative()),
              Double.isNaN(row.difference()) ? "a solve failed" : Text.digits(row.difference()),
              difference(row.relative()));
    }
    return table;
  }

  private static String difference(double relative) {
    return String.format(Locale.ROOT, "%.1e", relative).replaceAll("e([-+])0*(\\d)", "e$1$2");
  }

  private static TextTable table(Gradient gradient) {
    TextTable table = TextTable.of("", "gradient");
    for (String name : gradient.names()) {
      table = table.row(name, Text.digits(gradient.of(name)));
    }
    return table;
  }

  private static String line(
      Quantity quantity, Request request, Gradient gradient, double milliseconds) {
    var solution = quantity.solution();
    return String.format(
        Locale.ROOT,
        "%s = %s · %s · adjoint %s (%s) · %d evaluations forward · %s",
        quantity.formula(),
        Text.digits(gradient.value()),
        solution.solver(),
        quantity.adjoint().name(),
        request.adjoint.why(),
        solution.statistics().evaluations(),
        Text.milliseconds(milliseconds));
  }

  private static String verdict(Invocation call, GradientCheck check, Quantity quantity) {
    String limit = Text.brief(check.tolerance());
    if (check.passed()) {
      return "check passed: gradient and finite differences agree within " + limit;
    }
    List<String> off =
        check.rows().stream().filter(row -> !row.agrees()).map(GradientCheck.Row::name).toList();
    return "CHECK FAILED: by %s the gradient differs from finite differences by more than %s.\n  try: %s"
        .formatted(String.join(", ", off), limit, suggestion(call, quantity));
  }

  private static String suggestion(Invocation call, Quantity quantity) {
    boolean backward = quantity.adjoint().name().equals("backsolve");
    boolean box = quantity.integrator().solver() instanceof CommonsSolver;
    double rtol = quantity.integrator().controller() instanceof Pid pid ? pid.rtol() : 0;
    if (backward && !box && rtol <= LOOSE) {
      return call.with("adjoint", "direct");
    }
    if (call.has("dt")) {
      return call.without("dt").written() + "      (steps of one size are too coarse)";
    }
    return call.with("rtol", Text.brief(Math.max(1e-13, rtol * 1e-3)));
  }

  private static String code(Invocation call, Request request) {
    String name = call.output().orElse("gradient");
    return "Quantity quantity = %s;\nGradient %s = quantity.gradient(%s);\nquantity.check(%2$s)"
        .formatted(request.code, name, JavaCode.strings(request.names));
  }
}
