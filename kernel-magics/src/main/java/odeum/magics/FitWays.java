package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import odeum.adjoint.Adjoint;
import odeum.model.Classifier;
import odeum.model.EquationFit;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.train.Loss;
import odeum.train.Objective;

/**
 * How a call wants a model compared with its data: what it does not say is the model's own.
 *
 * @param integrator the solver
 * @param adjoint how the solve is differentiated
 * @param loss how errors are measured
 * @param objective the user's own objective
 * @param window rows of a window
 * @param code the Java for all but the objective
 */
record FitWays(
    Optional<IntegratorArgument> integrator,
    Optional<Adjoint> adjoint,
    Optional<Loss> loss,
    Optional<Own> objective,
    OptionalInt window,
    String code) {
  private static final List<String> OPTIONS =
      List.of("solver", "rtol", "atol", "dt", "adjoint", "loss", "window");

  static final Option LOSS =
      new Option(
          "loss",
          "",
          Option.Value.TEXT,
          String.join("|", lossNames()),
          lossNames(),
          "mse",
          "how errors are measured, or a Java Objective");
  static final Option WINDOW =
      Option.of("window", Option.Value.COUNT, "N", "trains on all runs of N rows; see --batch");

  /** The user's own objective, and the Java for it. */
  record Own(Objective objective, String code) {}

  private static List<String> lossNames() {
    return java.util.Arrays.stream(Loss.values()).map(Loss::shortName).toList();
  }

  static FitWays of(Invocation call, KernelPort kernel) {
    StringBuilder code = new StringBuilder();
    Optional<IntegratorArgument> integrator = Optional.empty();
    if (OPTIONS.subList(0, 4).stream().anyMatch(call::has)) {
      integrator = Optional.of(IntegratorArgument.of(call, kernel));
      code.append(
          String.format(Locale.ROOT, "\n        .withIntegrator(%s)", integrator.get().code()));
    }
    Optional<AdjointArgument> adjoint = AdjointArgument.of(call, kernel);
    adjoint.ifPresent(
        way -> code.append(String.format(Locale.ROOT, "\n        .withAdjoint(%s)", way.code())));
    Object measure = call.text("loss").<Object>map(text -> measure(text, kernel)).orElse("");
    if (measure instanceof Loss loss) {
      code.append(String.format(Locale.ROOT, "\n        .withLoss(Loss.%s)", loss.name()));
    }
    OptionalInt window = new Values(call, kernel).count("window", 2);
    window.ifPresent(
        rows -> code.append(String.format(Locale.ROOT, "\n        .withWindow(%d)", rows)));
    return new FitWays(
        integrator,
        adjoint.map(AdjointArgument::adjoint),
        measure instanceof Loss loss ? Optional.of(loss) : Optional.empty(),
        measure instanceof Objective own
            ? Optional.of(new Own(own, call.text("loss").orElseThrow()))
            : Optional.empty(),
        window,
        code.toString());
  }

  private static boolean isJava(String text, KernelPort kernel) {
    return text.contains("(") || kernel.variable(text).isPresent();
  }

  /** A loss by its name, or a loss or an objective of the user's. */
  private static Object measure(String text, KernelPort kernel) {
    if (!isJava(text, kernel)) {
      return Loss.named(text);
    }
    Object value = kernel.evaluate(text);
    if (value instanceof Loss || value instanceof Objective) {
      return value;
    }
    throw new MagicException(
        String.format(
            Locale.ROOT,
            "--loss needs mse or another name, or an Objective, but '%s' is %s",
            text,
            Things.describe(value)));
  }

  /** {@return the options of this call that only a model of Odeum's own heeds} */
  static List<String> given(Invocation call) {
    return OPTIONS.stream()
        .filter(call::has)
        .map(option -> call.usage().find(option).orElseThrow().shown())
        .toList();
  }

  EquationFit applied(EquationFit fit) {
    EquationFit result = fit;
    result = integrator.isPresent() ? result.withIntegrator(integrator.get().integrator()) : result;
    result = adjoint.isPresent() ? result.withAdjoint(adjoint.get()) : result;
    result = loss.isPresent() ? result.withLoss(loss.get()) : result;
    return window.isPresent() ? result.withWindow(window.getAsInt()) : result;
  }

  Classifier applied(Classifier model) {
    Classifier result = model;
    result = integrator.isPresent() ? result.withIntegrator(integrator.get().integrator()) : result;
    return adjoint.isPresent() ? result.withAdjoint(adjoint.get()) : result;
  }

  NeuralOde applied(NeuralOde model) {
    NeuralOde result = model;
    result = integrator.isPresent() ? result.withIntegrator(integrator.get().integrator()) : result;
    result = adjoint.isPresent() ? result.withAdjoint(adjoint.get()) : result;
    result = loss.isPresent() ? result.withLoss(loss.get()) : result;
    return window.isPresent() ? result.withWindow(window.getAsInt()) : result;
  }

  UniversalDifferentialEquation applied(UniversalDifferentialEquation model) {
    UniversalDifferentialEquation result = model;
    result = integrator.isPresent() ? result.withIntegrator(integrator.get().integrator()) : result;
    result = adjoint.isPresent() ? result.withAdjoint(adjoint.get()) : result;
    result = loss.isPresent() ? result.withLoss(loss.get()) : result;
    return window.isPresent() ? result.withWindow(window.getAsInt()) : result;
  }
}
