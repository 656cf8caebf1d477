package odeum.magics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import odeum.train.Checkpoint;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import odeum.train.TrainingState;

/**
 * How a call wants its training run: each setting as what it does and as the Java for it.
 *
 * @param settings all but the time it may take, in the order in which they are applied
 * @param resumed the state to go on from
 * @param budget how long it may take
 * @param starts from how many points it starts
 */
record TrainerArgument(
    List<Setting> settings,
    Optional<TrainingState> resumed,
    Optional<Duration> budget,
    int starts) {
  /** A kill loses this time at most; writing more often would cost more than that. */
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(1);

  private static final String KEEPING = "checkpoint(";

  static final Option BATCH =
      Option.of("batch", Option.Value.COUNT, "N", "draws N samples or windows for each step")
          .standard("all");
  static final Option VALIDATION =
      Option.of("val", Option.Value.NUMBER, "SHARE", "holds back this share; best is best there");
  static final Option PATIENCE =
      Option.of("patience", Option.Value.COUNT, "N", "ends after N epochs without progress");
  static final Option CLIP =
      Option.of("clip", Option.Value.NUMBER, "G", "longest gradient of methods that step");
  static final Option BUDGET =
      Option.of("budget", Option.Value.TEXT, "60s", "ends after this time: 60s, 5min");
  static final Option STARTS =
      Option.of("starts", Option.Value.COUNT, "N", "trains from N points in full, keeps the best")
          .standard("1");
  static final Option SEED =
      Option.of("seed", Option.Value.COUNT, "N", "seed of random numbers").standard("0");
  static final Option SAVE =
      Option.of("save", Option.Value.TEXT, "FILE", "keeps the training in a .safetensors file");
  static final Option RESUME =
      Option.of("resume", Option.Value.TEXT, "FILE", "goes on from such a file, or from a result");

  /** One setting: what it does, and the Java for it. */
  record Setting(String code, UnaryOperator<Trainer<?>> change) {}

  TrainerArgument {
    settings = List.copyOf(settings);
  }

  static TrainerArgument of(Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    List<Setting> settings = new ArrayList<>();
    values
        .count("seed", 0)
        .ifPresent(n -> settings.add(new Setting("seed(" + n + ")", t -> t.seed(n))));
    values
        .count("batch", 1)
        .ifPresent(n -> settings.add(new Setting("batch(" + n + ")", t -> t.batch(n))));
    values
        .share("val")
        .ifPresent(
            share ->
                settings.add(
                    new Setting(
                        "validation(" + JavaCode.number(share) + ")", t -> t.validation(share))));
    values
        .count("patience", 1)
        .ifPresent(n -> settings.add(new Setting("patience(" + n + ")", t -> t.patience(n))));
    values
        .positive("clip")
        .ifPresent(
            g -> settings.add(new Setting("clip(" + JavaCode.number(g) + ")", t -> t.clip(g))));
    Optional<Duration> budget = call.text("budget").map(TrainerArgument::budget);
    call.text("save").ifPresent(file -> settings.add(save(file, kernel)));
    Optional<Resumed> resumed = Resumed.of(call, kernel);
    resumed.ifPresent(
        from -> {
          requireSeed(call, values, from.state());
          settings.add(new Setting(from.code(), t -> t.resume(from.state())));
        });
    int starts = values.count("starts", 1).orElse(1);
    return new TrainerArgument(settings, resumed.map(Resumed::state), budget, starts);
  }

  /** Where a training goes on, and the Java for it. */
  private record Resumed(TrainingState state, String code) {
    static Optional<Resumed> of(Invocation call, KernelPort kernel) {
      if (!call.has("resume")) {
        return Optional.empty();
      }
      String text = call.text("resume").orElseThrow();
      if (kernel.variable(text).isPresent() || text.contains("(")) {
        return Optional.of(of(text, kernel.evaluate(text)));
      }
      Path file = kernel.directory().resolve(text);
      if (!Files.exists(file)) {
        // One line then begins a training, and goes on with it when it is run again.
        if (call.text("save").equals(Optional.of(text))) {
          return Optional.empty();
        }
        throw new MagicException(
            String.format(
                Locale.ROOT,
                "--resume: there is no file %s in %s.%s",
                text,
                kernel.directory().toAbsolutePath().normalize(),
                DataArgument.nearest(file)));
      }
      return Optional.of(
          new Resumed(
              Checkpoint.load(file),
              String.format(Locale.ROOT, "resume(Path.of(%s))", JavaCode.string(text))));
    }

    private static Resumed of(String text, Object value) {
      String receiver = JavaCode.receiver(text);
      return switch (value) {
        case TrainingResult<?> result ->
            new Resumed(result.state(), "resume(" + receiver + ".state())");
        case TrainingState state -> new Resumed(state, "resume(" + text + ")");
        case Path file -> new Resumed(Checkpoint.load(file), "resume(" + text + ")");
        case null, default ->
            throw new MagicException(
                String.format(
                    Locale.ROOT,
                    "--resume needs a file or the result of a training, but '%s' is %s",
                    text,
                    Things.describe(value)));
      };
    }
  }

  private static void requireSeed(Invocation call, Values values, TrainingState state) {
    if (call.has("seed") && values.count("seed", 0).getAsInt() != state.seed()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--resume %s: it was trained with --seed %d, now %s",
              call.text("resume").orElseThrow(),
              state.seed(),
              call.text("seed").orElseThrow()));
    }
  }

  private static Setting save(String text, KernelPort kernel) {
    Path file = kernel.directory().resolve(text);
    String code =
        String.format(
            Locale.ROOT,
            KEEPING + "java.time.Duration.ofMillis(%d), Path.of(%s))",
            BETWEEN_SAVES.toMillis(),
            JavaCode.string(text.replace('\\', '/')));
    return new Setting(code, trainer -> trainer.checkpoint(BETWEEN_SAVES, file));
  }

  private static Duration budget(String text) {
    var match = java.util.regex.Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|min|h|)").matcher(text);
    if (!match.matches()) {
      throw new MagicException(
          String.format(Locale.ROOT, "--budget needs a time such as 60s or 5min, got '%s'", text));
    }
    double unit =
        switch (match.group(2)) {
          case "min" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    return Duration.ofMillis(
        Math.max(1, (long) (1000 * unit * Double.parseDouble(match.group(1)))));
  }

  Trainer<?> applied(Trainer<?> trainer) {
    Trainer<?> result = trainer;
    for (Setting setting : settings) {
      result = setting.change().apply(result);
    }
    result = starts > 1 ? result.starts(starts) : result;
    return budget.isPresent() ? result.budget(budget.get()) : result;
  }

  /** {@return this without its limit of time} */
  TrainerArgument withoutBudget() {
    return new TrainerArgument(settings, resumed, Optional.empty(), starts);
  }

  /** {@return this, which keeps nothing in a file} */
  TrainerArgument withoutSave() {
    List<Setting> others = settings.stream().filter(s -> !s.code().startsWith(KEEPING)).toList();
    return new TrainerArgument(others, resumed, budget, starts);
  }

  /** {@return this with another number of starts} */
  TrainerArgument withStarts(int points) {
    return new TrainerArgument(settings, resumed, budget, points);
  }

  String code() {
    StringBuilder code = new StringBuilder();
    settings.forEach(setting -> code.append("\n    .").append(setting.code()));
    if (starts > 1) {
      code.append(String.format(Locale.ROOT, "\n    .starts(%d)", starts));
    }
    budget.ifPresent(
        time ->
            code.append(
                String.format(
                    Locale.ROOT,
                    "\n    .budget(java.time.Duration.ofMillis(%d))",
                    time.toMillis())));
    return code.toString();
  }
}
