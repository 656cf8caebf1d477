package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import odeum.nn.Parameters;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;
import odeum.train.Trainer;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;
import odeum.train.TrainingState;

/** {@code %train}: fits the parameters and networks of a system to data and shows how it goes. */
final class TrainMagic implements Magic {
  /** What a training may give beside equations. */
  private static final List<String> IN_JAVA =
      List.of("Classifier", "NeuralOde", "UniversalDifferentialEquation");

  private final DoubleSupplier clock;

  TrainMagic() {
    this(() -> System.nanoTime() * 1e-9);
  }

  /**
   * The magic with another clock for its display.
   *
   * @param clock seconds from any moment on
   */
  TrainMagic(DoubleSupplier clock) {
    this.clock = clock;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "train",
        false,
        "MODEL",
        1,
        1,
        "Fits the parameters and networks of a system to data. MODEL stays as it is; -o has the"
            + " fitted one.",
        List.of(
            DataArgument.DATA,
            DataArgument.TIME,
            DataArgument.COLUMNS,
            DataArgument.ID,
            OptimizerArgument.COUNT,
            TrainerArgument.BATCH,
            OptimizerArgument.OPTIMIZER,
            OptimizerArgument.RATE,
            OptimizerArgument.SCHEDULE,
            TrainerArgument.CLIP,
            FitWays.LOSS,
            AdjointArgument.OPTION,
            IntegratorArgument.SOLVER,
            IntegratorArgument.RTOL,
            IntegratorArgument.ATOL,
            Option.of("dt", Option.Value.NUMBER, "H", "fixed steps of this size"),
            FitWays.WINDOW,
            TrainerArgument.VALIDATION,
            TrainerArgument.PATIENCE,
            TrainerArgument.SEED,
            TrainerArgument.BUDGET,
            TrainerArgument.SAVE,
            TrainerArgument.RESUME,
            TrainerArgument.STARTS,
            RateSearch.SEARCH,
            LabelArgument.LABEL,
            Option.choices("plot", List.of("loss", "fit", "none"), "what to draw")
                .standard("loss,fit")),
        List.of(
            "%train lotka -d hudson-bay.csv --columns x=hare,y=lynx -o fit",
            "%train node -d sol -O adam:500,lbfgs:300 --window 10 --save node.safetensors"));
  }

  @Override
  public String resultType() {
    return "odeum.train.TrainingResult<odeum.equation.Ode>";
  }

  @Override
  public String resultType(Invocation call) {
    boolean labelled =
        call.has("label")
            || call.text("data").flatMap(MagicHelp::typeOf).equals(Optional.of("Labelled"));
    String name = call.arguments().getFirst();
    boolean trained = name.endsWith(".model()");
    String variable = trained ? name.substring(0, name.length() - ".model()".length()) : name;
    String type =
        labelled
            ? "Classifier"
            : MagicHelp.typeOf(variable).orElse("").replaceFirst("TrainingResult<(.*)>", "$1");
    return IN_JAVA.contains(type)
        ? String.format(Locale.ROOT, "odeum.train.TrainingResult<odeum.model.%s>", type)
        : resultType();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    FitArgument fit = FitArgument.of(call, kernel);
    OptimizerArgument optimizer = OptimizerArgument.of(call, kernel, fit.trainable().optimizer());
    TrainerArgument settings = TrainerArgument.of(call, kernel);
    Optional<RateSearch.Found> found =
        RateSearch.of(call, kernel, fit, optimizer, settings, new Pace(clock));
    if (found.isPresent()) {
      Optional<TrainingState> state = Optional.of(found.get().state());
      OptimizerArgument best = found.get().optimizer();
      return trained(found.get().call(), kernel, fit, best, settings, state);
    }
    return trained(call, kernel, fit, optimizer, settings, settings.resumed());
  }

  /** Trains and shows how it goes; the state, if there is one, is where it goes on from. */
  private TrainingResult<?> trained(
      Invocation call,
      KernelPort kernel,
      FitArgument fit,
      OptimizerArgument optimizer,
      TrainerArgument settings,
      Optional<TrainingState> from) {
    Trainer<?> plain =
        settings.applied(optimizer.applied(fit.trainer())).stopWhen(kernel::interrupted);
    Trainer<?> trainer = from.isPresent() ? plain.resume(from.get()) : plain;
    Optional<Accuracy> accuracy = Accuracy.of(fit, trainer);
    TrainingView view = view(call, kernel, fit, settings, accuracy);
    from.ifPresent(state -> view.before(state.history()));
    TrainingResult<?> result = fit.run(call.shows() ? trainer.listener(view::epoch) : trainer);
    TrainingReport report =
        new TrainingReport(
            call, optimizer, settings.starts(), accuracy, result, output(call, result));
    report.variable().ifPresent(name -> kernel.declare(name, fit.resultType(result), result));
    if (call.shows()) {
      view.end(result);
      kernel.display(MimeBundle.of(report.summary(fit)));
    }
    if (TrainingReport.failed(result)) {
      throw new MagicException(report.message());
    }
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, fit, optimizer, settings, result)));
    }
    return result;
  }

  /** A training that failed is kept even when nobody asked for it. */
  private static Optional<String> output(Invocation call, TrainingResult<?> result) {
    boolean failed = TrainingReport.failed(result);
    return call.output()
        .or(() -> failed ? Optional.of(nameFor(call.arguments().getFirst())) : Optional.empty());
  }

  private static String nameFor(String model) {
    return model.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*") ? model + "Fit" : "fit";
  }

  private TrainingView view(
      Invocation call,
      KernelPort kernel,
      FitArgument fit,
      TrainerArgument settings,
      Optional<Accuracy> accuracy) {
    List<String> plots = call.has("plot") ? call.texts("plot") : List.of("loss", "fit");
    long seed =
        settings
            .resumed()
            .map(state -> state.seed())
            .orElseGet(() -> (long) new Values(call, kernel).number("seed").orElse(0));
    OptionalDouble seconds =
        settings
            .budget()
            .map(time -> OptionalDouble.of(time.toMillis() * 1e-3))
            .orElse(OptionalDouble.empty());
    Optional<Function<Parameters, Chart>> drawing =
        fit.chart().map(chart -> parameters -> chart.of(fit.trainable().with(parameters)));
    Function<Parameters, String> measure =
        parameters -> accuracy.map(a -> " · " + a.of(fit.trainable().with(parameters))).orElse("");
    return new TrainingView(
        kernel, plots, drawing, measure, new ProgressLine(seed, seconds), new Pace(clock));
  }

  /** The Java that gives the same bits: a clock would not, so it has the epochs that were done. */
  private static String code(
      Invocation call,
      FitArgument fit,
      OptimizerArgument optimizer,
      TrainerArgument settings,
      TrainingResult<?> result) {
    boolean late = result.end() == TrainingEnd.OUT_OF_TIME;
    boolean several = settings.starts() > 1;
    int whole = StartsTable.whole(result);
    boolean timed = late && (several ? whole > 0 : !optimizer.spreads());
    OptimizerArgument done = timed && !several ? optimizer.until(result.state()) : optimizer;
    TrainerArgument again = timed && several ? settings.withStarts(whole) : settings;
    String model = fit.type().substring(fit.type().lastIndexOf('.') + 1);
    return String.format(
        Locale.ROOT,
        "%s %s = Trainer.of(%s)%s%s%s",
        model.equals("?") ? "var" : "TrainingResult<" + model + ">",
        call.output().orElse("fit"),
        fit.code(),
        done.code(),
        (timed ? again.withoutBudget() : again).code(),
        fit.end());
  }
}
