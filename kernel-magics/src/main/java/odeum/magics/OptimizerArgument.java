package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import odeum.train.Optimizer;
import odeum.train.Optimizers;
import odeum.train.Schedule;
import odeum.train.StepOptimizer;
import odeum.train.Trainer;
import odeum.train.TrainingState;

/**
 * Which methods train, and for how long: {@code -O adam:500,lbfgs:300}.
 *
 * @param methods the methods in turn
 * @param standard whether the only method is the model's own, as it is
 */
record OptimizerArgument(List<Method> methods, boolean standard) {
  private static final int EPOCHS = 100;
  private static final String RATED =
      String.join(
          ", ",
          Optimizers.names().stream()
              .filter(name -> Optimizers.named(name) instanceof StepOptimizer)
              .toList());

  static final Option OPTIMIZER =
      new Option(
          "optimizer",
          "O",
          Option.Value.TEXT,
          String.join("|", Optimizers.names()),
          Optimizers.names(),
          "lm; adam for networks",
          "or several: adam:500,lbfgs:300");
  static final Option RATE =
      Option.of("lr", Option.Value.NUMBER, "R", "learning rate of " + RATED)
          .standard("1e-3 or the model's");
  static final Option SCHEDULE =
      new Option(
          "schedule",
          "",
          Option.Value.TEXT,
          String.join("|", Schedule.names()),
          Schedule.names(),
          "constant",
          "how the learning rate changes");
  static final Option COUNT =
      Option.of("epochs", Option.Value.COUNT, "N", "how many epochs at most; with --resume in all")
          .standard(Integer.toString(EPOCHS));

  OptimizerArgument {
    methods = List.copyOf(methods);
  }

  /** {@return the methods of this call; without -O it is the model's own} */
  static OptimizerArgument of(Invocation call, KernelPort kernel, Optimizer own) {
    boolean standard = !call.has("optimizer") && !call.has("lr") && !call.has("schedule");
    Values values = new Values(call, kernel);
    OptionalInt epochs = values.count("epochs", 1);
    if (!call.has("optimizer")) {
      int count = epochs.orElse(EPOCHS);
      Method method = standard ? Method.own(own, count) : Method.anew(own, count);
      return new OptimizerArgument(List.of(method), standard).changed(call, kernel);
    }
    List<Method> methods = new ArrayList<>();
    for (String part : Values.split(call.text("optimizer").orElseThrow())) {
      int colon = part.lastIndexOf(':');
      boolean counted = colon > 0 && part.indexOf(')', colon) < 0;
      if (counted && epochs.isPresent()) {
        throw new MagicException(
            String.format(Locale.ROOT, "-O %s says how many epochs; leave out --epochs", part));
      }
      String name = counted ? part.substring(0, colon).strip() : part;
      int count =
          counted
              ? values.count("-O " + name, part.substring(colon + 1).strip(), 1)
              : epochs.orElse(EPOCHS);
      // The model knows a rate that suits it: -O adam is what no -O is, if that is adam.
      methods.add(
          name.equals(own.name()) ? Method.anew(own, count) : Method.of(name, count, kernel));
    }
    return new OptimizerArgument(methods, false).changed(call, kernel);
  }

  private OptimizerArgument changed(Invocation call, KernelPort kernel) {
    List<Method> changed = methods;
    if (call.has("clip")) {
      String why = "shortens the gradients of " + RATED + ", and %s does not step along them";
      requireSteps(call, "clip", why);
    }
    if (call.has("batch")) {
      String why = "draws samples for each step of " + RATED + ", and %s takes all of them";
      requireSteps(call, "batch", why);
    }
    if (call.has("lr")) {
      double rate = new Values(call, kernel).positive("lr").orElseThrow();
      requireSteps(call, "lr", "is the learning rate of " + RATED + "; %s has none");
      changed = changed.stream().map(method -> method.withRate(rate)).toList();
    }
    Optional<String> text = call.text("schedule");
    if (text.isPresent()) {
      requireSteps(call, "schedule", "changes the learning rate, and %s has none");
      boolean java = text.get().contains("(") || kernel.variable(text.get()).isPresent();
      Schedule schedule = java ? evaluated(text.get(), kernel) : Schedule.named(text.get());
      String code =
          java
              ? text.get()
              : String.format(Locale.ROOT, "Schedule.named(%s)", JavaCode.string(text.get()));
      changed = changed.stream().map(method -> method.withSchedule(schedule, code)).toList();
    }
    return new OptimizerArgument(changed, standard);
  }

  private static Schedule evaluated(String text, KernelPort kernel) {
    Object value = kernel.evaluate(text);
    if (value instanceof Schedule schedule) {
      return schedule;
    }
    throw new MagicException(
        String.format(
            Locale.ROOT,
            "--schedule needs a Schedule, but '%s' is %s",
            text,
            Things.describe(value)));
  }

  private void requireSteps(Invocation call, String option, String why) {
    if (!steps()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--%s %s. Did you mean -O adam --%s %s?",
              option,
              String.format(Locale.ROOT, why, methods.getFirst().optimizer().name()),
              option,
              call.text(option).orElseThrow()));
    }
  }

  /** {@return whether one of the methods has a learning rate} */
  boolean steps() {
    return methods.stream().anyMatch(Method::steps);
  }

  /** {@return whether a learning rate depends on how many epochs there will be} */
  boolean spreads() {
    return methods.stream().anyMatch(Method::spreads);
  }

  /** {@return the largest learning rate} */
  double rate() {
    return methods.stream().mapToDouble(Method::rate).max().orElse(0);
  }

  int epochs() {
    return methods.stream().mapToInt(Method::epochs).sum();
  }

  Trainer<?> applied(Trainer<?> trainer) {
    Method first = methods.getFirst();
    Trainer<?> result = trainer.optimizer(first.optimizer()).epochs(first.epochs());
    for (Method method : methods.subList(1, methods.size())) {
      result = result.then(method.optimizer(), method.epochs());
    }
    return result;
  }

  String code() {
    Method first = methods.getFirst();
    StringBuilder code = new StringBuilder();
    if (!standard) {
      code.append(String.format(Locale.ROOT, "\n    .optimizer(%s)", first.code()));
    }
    if (first.epochs() != EPOCHS) {
      code.append(String.format(Locale.ROOT, "\n    .epochs(%d)", first.epochs()));
    }
    for (Method method : methods.subList(1, methods.size())) {
      code.append(
          String.format(Locale.ROOT, "\n    .then(%s, %d)", method.code(), method.epochs()));
    }
    return code.toString();
  }

  /** {@return these methods, ended where a training was} */
  OptimizerArgument until(TrainingState state) {
    int last = state.stage().number();
    List<Method> done = new ArrayList<>(methods.subList(0, last));
    if (done.isEmpty() || state.stage().epochs() > 0) {
      done.add(methods.get(last).lasting(state.stage().epochs()));
    }
    return new OptimizerArgument(done, standard);
  }

  /** {@return what is left when so many epochs more than those of the state were done} */
  OptimizerArgument after(TrainingState state, int more) {
    int present = state.stage().number();
    Method method = methods.get(present);
    int left = Math.max(1, method.epochs() - state.stage().epochs() - more);
    List<Method> rest = new ArrayList<>(List.of(method.lasting(left)));
    rest.addAll(methods.subList(present + 1, methods.size()));
    return new OptimizerArgument(rest, standard);
  }

  /** {@return the call with these methods, each with its epochs} */
  Invocation in(Invocation call) {
    if (methods.size() == 1 && !call.text("optimizer").orElse("").contains(":")) {
      return call.set("epochs", Integer.toString(methods.getFirst().epochs()));
    }
    String all =
        String.join(
            ",",
            methods.stream()
                .map(m -> String.format(Locale.ROOT, "%s:%d", m.written(), m.epochs()))
                .toList());
    return call.without("epochs").set("optimizer", all);
  }
}
