package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import odeum.tensor.Names;
import odeum.train.Adam;
import odeum.train.Lbfgs;
import odeum.train.LevenbergMarquardt;
import odeum.train.Optimizer;
import odeum.train.Sgd;
import odeum.train.Trainer;

/** Which methods train, and for how long: {@code -O adam:500,lbfgs:300}. */
record OptimizerArgument(List<Stage> stages) {
  private static final List<String> NAMES = List.of("lm", "lbfgs", "adam", "sgd");
  private static final int EPOCHS = 100;

  static final Option OPTIMIZER =
      new Option(
          "optimizer",
          "O",
          Option.Value.TEXT,
          "lm|lbfgs|adam|sgd",
          NAMES,
          "lm",
          "the method, or several in turn: adam:500,lbfgs:300");
  static final Option RATE =
      Option.of("lr", Option.Value.NUMBER, "R", "learning rate of adam and sgd").standard("1e-3");
  static final Option COUNT =
      Option.of("epochs", Option.Value.COUNT, "N", "how many epochs at most")
          .standard(Integer.toString(EPOCHS));

  /** One method, the Java that makes it, and its epochs. */
  record Stage(Optimizer optimizer, String code, String name, int epochs) {}

  OptimizerArgument {
    stages = List.copyOf(stages);
  }

  static OptimizerArgument of(Invocation call, KernelPort kernel) {
    Values values = new Values(call, kernel);
    OptionalDouble rate = values.positive("lr");
    OptionalInt epochs = values.count("epochs", 1);
    List<Stage> stages = new ArrayList<>();
    List<String> parts = Values.split(call.text("optimizer").orElse("lm"));
    for (String part : parts) {
      int colon = part.indexOf(':');
      String name = colon < 0 ? part : part.substring(0, colon);
      if (colon >= 0 && epochs.isPresent()) {
        throw new MagicException(
            String.format(Locale.ROOT, "-O %s says how many epochs; leave out --epochs", part));
      }
      int count =
          colon < 0
              ? epochs.orElse(EPOCHS)
              : values.count("-O " + name, part.substring(colon + 1), 1);
      stages.add(stage(name, rate.orElse(1e-3), count));
    }
    boolean rated = stages.stream().anyMatch(s -> s.name.equals("adam") || s.name.equals("sgd"));
    if (rate.isPresent() && !rated) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--lr is the learning rate of adam and sgd; %s has none. Did you mean -O adam --lr"
                  + " %s?",
              stages.getFirst().name,
              call.text("lr").orElseThrow()));
    }
    return new OptimizerArgument(stages);
  }

  private static Stage stage(String name, double rate, int epochs) {
    String number = JavaCode.number(rate);
    return switch (name) {
      case "lm" -> new Stage(LevenbergMarquardt.of(), "LevenbergMarquardt.of()", name, epochs);
      case "lbfgs" -> new Stage(Lbfgs.of(), "Lbfgs.of()", name, epochs);
      case "adam" -> new Stage(Adam.of(rate), "Adam.of(" + number + ")", name, epochs);
      case "sgd" -> new Stage(Sgd.of(rate), "Sgd.of(" + number + ")", name, epochs);
      default ->
          throw new MagicException(
              String.format(
                  Locale.ROOT,
                  "-O '%s' is unknown.%s Known: %s",
                  name,
                  Names.nearest(name, NAMES).map(" Did you mean %s?"::formatted).orElse(""),
                  String.join(" ", NAMES)));
    };
  }

  int epochs() {
    return stages.stream().mapToInt(Stage::epochs).sum();
  }

  <M> Trainer<M> applied(Trainer<M> trainer) {
    Stage first = stages.getFirst();
    Trainer<M> result = trainer.optimizer(first.optimizer()).epochs(first.epochs());
    for (Stage stage : stages.subList(1, stages.size())) {
      result = result.then(stage.optimizer(), stage.epochs());
    }
    return result;
  }

  String code() {
    Stage first = stages.getFirst();
    StringBuilder code = new StringBuilder();
    if (!first.name.equals("lm")) {
      code.append(String.format(Locale.ROOT, "\n    .optimizer(%s)", first.code()));
    }
    if (first.epochs() != EPOCHS) {
      code.append(String.format(Locale.ROOT, "\n    .epochs(%d)", first.epochs()));
    }
    for (Stage stage : stages.subList(1, stages.size())) {
      code.append(String.format(Locale.ROOT, "\n    .then(%s, %d)", stage.code(), stage.epochs()));
    }
    return code.toString();
  }

  /** {@return what is left after so many epochs, as {@code -O} has it} */
  String rest(int done) {
    List<String> rest = new ArrayList<>();
    int passed = done;
    for (Stage stage : stages) {
      int left = Math.max(0, stage.epochs() - passed);
      passed = Math.max(0, passed - stage.epochs());
      if (left > 0) {
        rest.add(stage.name() + ":" + left);
      }
    }
    return String.join(",", rest);
  }
}
