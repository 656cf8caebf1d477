package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import odeum.equation.Ode;
import odeum.model.EquationFit;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.path.TimeSeries;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.Names;
import odeum.train.Dataset;
import odeum.train.Trainable;
import odeum.train.Trainer;
import odeum.train.TrainingResult;

/**
 * MODEL and DATA of a training.
 *
 * @param trainable what is trained
 * @param code the Java that makes it
 * @param type the model's class as Java code writes it, or {@code ?}
 * @param samples the data, if the model does not bring them
 * @param chart draws the fit, if there are series to draw
 * @param notes what the user may not expect of the fit
 */
record FitArgument(
    Trainable<?> trainable,
    String code,
    String type,
    Optional<Samples> samples,
    Optional<ModelChart> chart,
    String notes) {

  /** Samples that the user made, and the Java for them. */
  record Samples(Dataset data, String code) {}

  static FitArgument of(Invocation call, KernelPort kernel) {
    String name = call.arguments().getFirst();
    Object value = kernel.evaluate(name);
    if (!(value instanceof Ode) && !(value instanceof Trainable<?>)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "'%s' is %s, not a system of equations. Define one with %%%%ode; the result of a"
                  + " training has it as .model()",
              name,
              Things.describe(value)));
    }
    FitWays ways = FitWays.of(call, kernel);
    boolean labelled = LabelArgument.isMeant(call, kernel);
    FitArgument fit =
        labelled
            ? LabelArgument.fit(call, kernel, value, ways)
            : value instanceof Trainable<?> model && isReady(call, kernel, model)
                ? ready(call, kernel, model, ways)
                : fitted(call, kernel, value, ways);
    return ways.objective().isPresent() ? fit.with(ways.objective().get()) : fit;
  }

  /** Whether the model has all it needs, or needs samples that the user made. */
  private static boolean isReady(Invocation call, KernelPort kernel, Trainable<?> model) {
    if (!call.has("data")) {
      return !(model instanceof NeuralOde) && !(model instanceof UniversalDifferentialEquation);
    }
    String data = call.text("data").orElseThrow();
    return kernel.variable(data).isPresent() && kernel.evaluate(data) instanceof Dataset;
  }

  private static FitArgument ready(
      Invocation call, KernelPort kernel, Trainable<?> model, FitWays ways) {
    String name = call.arguments().getFirst();
    for (String option : List.of("time", "id", "columns")) {
      if (call.has(option)) {
        String why =
            call.has("data")
                ? "a table are, and a Dataset has none"
                : "-d are, and " + name + " brings its own data";
        throw new MagicException("--" + option + " says what the columns of " + why);
      }
    }
    Optional<Samples> samples =
        call.text("data").map(text -> new Samples((Dataset) kernel.evaluate(text), text));
    String code = typed(name, kernel, model.getClass()) + ways.code();
    return switch (model) {
      case NeuralOde node -> of(ways.applied(node), code, node, samples);
      case UniversalDifferentialEquation known -> of(ways.applied(known), code, known, samples);
      case EquationFit fit ->
          new FitArgument(
              ways.applied(fit),
              code,
              typeOf(Ode.class),
              samples,
              Optional.of(chart(call, fit.allSeries(), ways)),
              notes(fit));
      default -> {
        refuse(call, name);
        yield new FitArgument(model, name, "?", samples, Optional.empty(), "");
      }
    };
  }

  private static FitArgument of(
      Trainable<?> model, String code, Object kind, Optional<Samples> samples) {
    return new FitArgument(model, code, typeOf(kind.getClass()), samples, Optional.empty(), "");
  }

  private static FitArgument fitted(
      Invocation call, KernelPort kernel, Object model, FitWays ways) {
    requireColumns(call, kernel, model);
    DataArgument data = DataArgument.of(call, kernel);
    String name = typed(call.arguments().getFirst(), kernel, model.getClass());
    List<TimeSeries> series = data.series();
    String code =
        JavaCode.receiver(name)
            + ways.code()
            + String.format(
                Locale.ROOT, "%s.fit(%s)", ways.code().isEmpty() ? "" : "\n        ", data.code());
    return switch (model) {
      case Ode system -> {
        EquationFit fit = ways.applied(EquationFit.of(system, series));
        String made = String.format(Locale.ROOT, "EquationFit.of(%s, %s)", name, data.code());
        yield new FitArgument(
            fit,
            made + ways.code(),
            typeOf(Ode.class),
            Optional.empty(),
            Optional.of(chart(call, fit.allSeries(), ways)),
            notes(fit));
      }
      case NeuralOde node ->
          new FitArgument(
              ways.applied(node).fit(series),
              code,
              typeOf(NeuralOde.class),
              Optional.empty(),
              Optional.of(chart(call, series, ways)),
              "");
      case UniversalDifferentialEquation known ->
          new FitArgument(
              ways.applied(known).fit(series),
              code,
              typeOf(UniversalDifferentialEquation.class),
              Optional.empty(),
              Optional.of(chart(call, series, ways)),
              stops(known.events()));
      default -> {
        refuse(call, name);
        yield new FitArgument(
            ((Trainable<?>) model).fit(series), code, "?", Optional.empty(), Optional.empty(), "");
      }
    };
  }

  /** A name in --columns that the model does not know would be left out in silence. */
  private static void requireColumns(Invocation call, KernelPort kernel, Object model) {
    if (!(model instanceof Ode system)) {
      return;
    }
    List<String> known = new ArrayList<>(system.states());
    system.observed().ifPresent(lets -> known.addAll(lets.names()));
    for (String name : new Values(call, kernel).pairs("columns").keySet()) {
      if (!known.contains(name)) {
        throw new MagicException(
            String.format(
                Locale.ROOT,
                "--columns: '%s' is no state or let of %s. Known: %s.%s",
                name,
                call.arguments().getFirst(),
                String.join(" ", known),
                Names.nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("")));
      }
    }
  }

  private static String stops(List<Event> events) {
    String names =
        events.stream()
            .filter(event -> !(event instanceof Event.Reset))
            .map(Event::name)
            .collect(Collectors.joining(" "));
    return names.isEmpty()
        ? ""
        : "\nwhile it is fitted nothing stops the solve, as there are data until their end; not"
            + " heeded: "
            + names;
  }

  private static String typed(String name, KernelPort kernel, Class<?> type) {
    return SystemArgument.typed(name, kernel, type);
  }

  private static String typeOf(Class<?> model) {
    return model.getName();
  }

  private static FitChart chart(Invocation call, List<TimeSeries> series, FitWays ways) {
    Integrator integrator =
        ways.integrator()
            .map(IntegratorArgument::integrator)
            .orElseGet(() -> Integrator.of(Solvers.tsit5()));
    return new FitChart(call.arguments().getFirst(), series, ways.window().isPresent(), integrator);
  }

  private static void refuse(Invocation call, String name) {
    List<String> given = FitWays.given(call);
    given.stream()
        .filter(option -> !option.equals("--loss"))
        .findFirst()
        .ifPresent(
            option -> {
              throw new MagicException(
                  String.format(
                      Locale.ROOT,
                      "%s is for models of Odeum; '%s' has its own way",
                      option,
                      name));
            });
  }

  private static String notes(EquationFit fit) {
    StringBuilder notes = new StringBuilder(stops(fit.events()));
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

  private FitArgument with(FitWays.Own own) {
    return new FitArgument(
        trainable.withObjective(own.objective()),
        code + String.format(Locale.ROOT, "\n        .withObjective(%s)", own.code()),
        type,
        samples,
        chart,
        notes);
  }

  Trainer<?> trainer() {
    return Trainer.of(trainable);
  }

  TrainingResult<?> run(Trainer<?> trainer) {
    return samples.isPresent() ? trainer.run(samples.get().data()) : trainer.run();
  }

  /** {@return the end of the Java for a training} */
  String end() {
    return String.format(Locale.ROOT, "\n    .run(%s);", samples.map(Samples::code).orElse(""));
  }

  /** {@return the type of a result as Java code writes it} */
  String resultType(TrainingResult<?> result) {
    String model = type.equals("?") ? Things.type(result.model()) : type;
    return String.format(Locale.ROOT, "odeum.train.TrainingResult<%s>", model);
  }
}
