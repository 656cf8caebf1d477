package odeum.magics;

import java.util.Locale;
import odeum.tensor.Names;
import odeum.train.Optimizer;
import odeum.train.Optimizers;
import odeum.train.Schedule;
import odeum.train.StepOptimizer;

/**
 * A method of {@code -O}.
 *
 * @param code the Java that makes it
 * @param written how {@code -O} has it
 * @param epochs how long it trains
 */
record Method(Optimizer optimizer, String code, String written, int epochs) {
  /** {@return the method of a name, or of a Java expression} */
  static Method of(String text, int epochs, KernelPort kernel) {
    if (Optimizers.names().contains(text)) {
      Optimizer optimizer = Optimizers.named(text);
      return new Method(optimizer, factory(optimizer), text, epochs);
    }
    if (text.contains("(") || kernel.variable(text).isPresent()) {
      Object value = kernel.evaluate(text);
      if (value instanceof Optimizer optimizer) {
        return new Method(optimizer, JavaCode.receiver(text), text, epochs);
      }
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "-O needs a method such as adam, but '%s' is %s",
              text,
              Things.describe(value)));
    }
    throw new MagicException(
        String.format(
            Locale.ROOT,
            "-O '%s' is unknown.%s Known: %s",
            text,
            Names.nearest(text, Optimizers.names()).map(" Did you mean %s?"::formatted).orElse(""),
            String.join(" ", Optimizers.names())));
  }

  /** {@return the method that a model brings} */
  static Method own(Optimizer own, int epochs) {
    return new Method(own, factory(own), own.name(), epochs);
  }

  /** {@return the method that a model brings, made anew so that it can be written with changes} */
  static Method anew(Optimizer own, int epochs) {
    boolean rated = own instanceof StepOptimizer;
    if (rated && Optimizers.named(own.name()) instanceof StepOptimizer plain) {
      return own(plain.withLearningRate(((StepOptimizer) own).learningRate()), epochs);
    }
    return own(own, epochs);
  }

  private static String factory(Optimizer optimizer) {
    String rate =
        optimizer instanceof StepOptimizer method ? JavaCode.number(method.learningRate()) : "";
    return String.format(Locale.ROOT, "%s.of(%s)", optimizer.getClass().getSimpleName(), rate);
  }

  /** {@return whether it has a learning rate} */
  boolean steps() {
    return optimizer instanceof StepOptimizer;
  }

  /** {@return the learning rate, or 0} */
  double rate() {
    return optimizer instanceof StepOptimizer method ? method.learningRate() : 0;
  }

  /** {@return whether its learning rate depends on how many epochs there will be} */
  boolean spreads() {
    return optimizer instanceof StepOptimizer method && method.schedule().needsLength();
  }

  /** {@return this method with another learning rate, if it has one} */
  Method withRate(double rate) {
    if (!(optimizer instanceof StepOptimizer method)) {
      return this;
    }
    Optimizer changed = method.withLearningRate(rate);
    String longer =
        code + String.format(Locale.ROOT, ".withLearningRate(%s)", JavaCode.number(rate));
    boolean named = Optimizers.names().contains(written);
    return new Method(changed, named ? factory(changed) : longer, written, epochs);
  }

  /** {@return this method with a changing learning rate, if it has one} */
  Method withSchedule(Schedule schedule, String text) {
    return optimizer instanceof StepOptimizer method
        ? new Method(
            method.withSchedule(schedule),
            code + String.format(Locale.ROOT, ".withSchedule(%s)", text),
            written,
            epochs)
        : this;
  }

  /** {@return this method for so many epochs} */
  Method lasting(int count) {
    return new Method(optimizer, code, written, count);
  }
}
