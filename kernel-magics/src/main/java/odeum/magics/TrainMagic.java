package odeum.magics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import odeum.equation.Ode;
import odeum.model.EquationFit;
import odeum.plot.MimeBundle;
import odeum.solver.Integrator;
import odeum.train.Trainer;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;

/** {@code %train}: fits the parameters of a system to data and shows how it goes. */
final class TrainMagic implements Magic {
  private static final String TYPE = "odeum.train.TrainingResult<odeum.equation.Ode>";

  @Override
  public Usage usage() {
    return new Usage(
        "train",
        false,
        "MODEL",
        1,
        1,
        "Fits the parameters of a system to data. MODEL stays as it is; -o has the fitted one.",
        List.of(
            DataArgument.DATA,
            DataArgument.TIME,
            DataArgument.COLUMNS,
            OptimizerArgument.COUNT,
            OptimizerArgument.OPTIMIZER,
            OptimizerArgument.RATE,
            IntegratorArgument.SOLVER,
            IntegratorArgument.RTOL,
            IntegratorArgument.ATOL,
            Option.of("dt", Option.Value.NUMBER, "H", "fixed steps of this size"),
            Option.of("seed", Option.Value.COUNT, "N", "seed of random numbers").standard("0"),
            Option.of("patience", Option.Value.COUNT, "N", "ends after N epochs without progress"),
            Option.of("clip", Option.Value.NUMBER, "G", "longest gradient of adam and sgd"),
            Option.of("budget", Option.Value.TEXT, "60s", "ends after this time: 60s, 5min"),
            Option.choices("plot", List.of("loss", "fit", "none"), "what to draw")
                .standard("loss,fit")),
        List.of(
            "%train lotka -d hudson-bay.csv --columns x=hare,y=lynx -o fit",
            "%train lotka -d sol -O adam:500,lbfgs:300 --lr 1e-2 --plot fit"));
  }

  /** A training as the call wants it, and the Java for it. */
  private record Request(
      EquationFit fit, Integrator integrator, OptimizerArgument optimizer, String code) {}

  @Override
  public String resultType() {
    return TYPE;
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    String name = call.arguments().getFirst();
    Object value = kernel.evaluate(name);
    if (!(value instanceof Ode system)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "'%s' is %s, not a system of equations. Define one with %%%%ode; the result of a"
                  + " training has it as .model()",
              name,
              Things.describe(value)));
    }
    Request request = request(call, kernel, system);
    Trainer<Ode> trainer = trainer(call, kernel, request).stopWhen(kernel::interrupted);
    TrainingView view = new TrainingView(call, kernel, request.fit, request.integrator);
    TrainingResult<Ode> result = (call.shows() ? trainer.listener(view::epoch) : trainer).run();
    boolean failed = result.end() == TrainingEnd.NOT_FINITE || result.interrupted();
    Optional<String> output =
        call.output().or(() -> failed ? Optional.of(nameFor(name)) : Optional.empty());
    output.ifPresent(variable -> kernel.declare(variable, TYPE, result));
    if (call.shows()) {
      view.end(result);
      String lost = output.isPresent() ? "" : "\n-o NAME would keep the fitted model.";
      String notes = notes(request.fit);
      kernel.display(MimeBundle.of(summary(system, result) + notes + lost));
    }
    if (failed) {
      throw new MagicException(message(call, request, result, output.orElseThrow()));
    }
    if (call.has("code")) {
      String variable = output.orElse("fit");
      kernel.display(
          MimeBundle.of(
              String.format(Locale.ROOT, "TrainingResult<Ode> %s = %s", variable, request.code)));
    }
    return result;
  }

  /** What the user may not expect of the fit. */
  private static String notes(EquationFit fit) {
    StringBuilder notes = new StringBuilder();
    if (!fit.ignored().isEmpty()) {
      notes.append("\nnot fitted, as no state or let is so named: ");
      notes.append(String.join(" ", fit.ignored()));
    }
    if (fit.startsElsewhere()) {
      double first = fit.series().times()[0];
      notes.append("\nthe start values hold at the first time of the data, ");
      notes.append(fit.series().timeName()).append(" = ").append(Text.brief(first));
      notes.append("; the fitted system has the span of the data");
    }
    return notes.toString();
  }

  private static String nameFor(String model) {
    return model.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*") ? model + "Fit" : "fit";
  }

  private static Request request(Invocation call, KernelPort kernel, Ode system) {
    DataArgument data = DataArgument.of(call, kernel);
    OptimizerArgument optimizer = OptimizerArgument.of(call, kernel);
    String name = call.arguments().getFirst();
    EquationFit fit = EquationFit.of(system, data.series());
    String code = String.format(Locale.ROOT, "EquationFit.of(%s, %s)", name, data.code());
    IntegratorArgument integrator = IntegratorArgument.of(call, kernel);
    if (List.of("solver", "rtol", "atol", "dt").stream().anyMatch(call::has)) {
      fit = fit.withIntegrator(integrator.integrator());
      code += String.format(Locale.ROOT, ".withIntegrator(%s)", integrator.code());
    }
    String settings = settings(call, kernel);
    return new Request(
        fit,
        integrator.integrator(),
        optimizer,
        String.format(
            Locale.ROOT, "Trainer.of(%s)%s%s\n    .run();", code, optimizer.code(), settings));
  }

  private static Trainer<Ode> trainer(Invocation call, KernelPort kernel, Request request) {
    Values values = new Values(call, kernel);
    Trainer<Ode> trainer = request.optimizer.applied(Trainer.of(request.fit));
    OptionalInt seed = values.count("seed", 0);
    OptionalInt patience = values.count("patience", 1);
    OptionalDouble clip = values.positive("clip");
    Optional<Duration> budget = budget(call);
    trainer = seed.isPresent() ? trainer.seed(seed.getAsInt()) : trainer;
    trainer = patience.isPresent() ? trainer.patience(patience.getAsInt()) : trainer;
    trainer = clip.isPresent() ? trainer.clip(clip.getAsDouble()) : trainer;
    return budget.isPresent() ? trainer.budget(budget.get()) : trainer;
  }

  private static String settings(Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    List<String> lines = new ArrayList<>();
    values.count("seed", 0).ifPresent(n -> lines.add(String.format(Locale.ROOT, "seed(%d)", n)));
    values
        .count("patience", 1)
        .ifPresent(n -> lines.add(String.format(Locale.ROOT, "patience(%d)", n)));
    values
        .positive("clip")
        .ifPresent(g -> lines.add(String.format(Locale.ROOT, "clip(%s)", JavaCode.number(g))));
    budget(call)
        .ifPresent(
            time ->
                lines.add(
                    String.format(
                        Locale.ROOT, "budget(java.time.Duration.ofMillis(%d))", time.toMillis())));
    return lines.isEmpty() ? "" : "\n    ." + String.join("\n    .", lines);
  }

  private static Optional<Duration> budget(Invocation call) {
    return call.text("budget")
        .map(
            text -> {
              var match =
                  java.util.regex.Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|min|h|)").matcher(text);
              if (!match.matches()) {
                throw new MagicException(
                    String.format(
                        Locale.ROOT, "--budget needs a time such as 60s or 5min, got '%s'", text));
              }
              double unit =
                  switch (match.group(2)) {
                    case "min" -> 60;
                    case "h" -> 3600;
                    default -> 1;
                  };
              return Duration.ofMillis(
                  Math.max(1, (long) (1000 * unit * Double.parseDouble(match.group(1)))));
            });
  }

  private static String summary(Ode system, TrainingResult<Ode> result) {
    Grid grid = Grid.of("parameter", "fitted", "before");
    for (String name : system.numbers()) {
      grid =
          grid.row(name, Text.digits(result.model().value(name)), Text.digits(system.value(name)));
    }
    return String.format(
        Locale.ROOT,
        "%s\nmse %s (%s at the start)\n%s",
        grid,
        Text.digits(result.loss()),
        Text.digits(result.history().startLoss()),
        result.message());
  }

  private static String message(
      Invocation call, Request request, TrainingResult<Ode> result, String variable) {
    String kept =
        String.format(
            Locale.ROOT,
            "the best parameters (epoch %d, loss %s) are in the variable %s",
            result.bestEpoch(),
            Text.brief(result.loss()),
            variable);
    if (result.interrupted()) {
      return String.format(
          Locale.ROOT,
          "%s: interrupted after epoch %d of %d; %s\n  go on: %s",
          call.shown(),
          result.epochs(),
          request.optimizer.epochs(),
          kept,
          goOn(call, request, result, variable));
    }
    boolean rated = call.text("optimizer").orElse("lm").matches(".*(adam|sgd).*");
    String hint =
        rated ? "\n  try: " + call.with("lr", Text.brief(rate(call) / 10)) + "  or  --clip 1" : "";
    return String.format(Locale.ROOT, "%s: %s\n  %s%s", call.shown(), result.message(), kept, hint);
  }

  private static double rate(Invocation call) {
    try {
      return Double.parseDouble(call.text("lr").orElse("1e-3"));
    } catch (NumberFormatException e) {
      return 1e-3;
    }
  }

  private static String goOn(
      Invocation call, Request request, TrainingResult<Ode> result, String variable) {
    String rest = request.optimizer.rest(result.epochs());
    Invocation next = call.withArgument(variable + ".model()").without("epochs").without("output");
    String line = next.with("optimizer", rest.isEmpty() ? "lm" : rest);
    return line + " -o " + variable;
  }
}
