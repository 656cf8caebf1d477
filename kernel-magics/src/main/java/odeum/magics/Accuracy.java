package odeum.magics;

import java.util.Locale;
import java.util.Optional;
import odeum.model.Classifier;
import odeum.train.Dataset;
import odeum.train.Trainer;

/** How often a classifier is right, of the samples it learns from and of those held back. */
record Accuracy(Dataset training, Optional<Dataset> held) {
  /** {@return the samples of a training of a classifier; nothing of other models} */
  static Optional<Accuracy> of(FitArgument fit, Trainer<?> trainer) {
    if (!fit.type().equals(Classifier.class.getName())) {
      return Optional.empty();
    }
    Optional<Dataset.Split> split = trainer.split();
    return Optional.of(
        split.isPresent()
            ? new Accuracy(split.get().training(), Optional.of(split.get().validation()))
            : new Accuracy(fit.trainable().data(), Optional.empty()));
  }

  /** {@return how often this model is right, in words} */
  String of(Object model) {
    Classifier classifier = (Classifier) model;
    String all = share(classifier.accuracy(training));
    return held.map(
            samples ->
                "accuracy " + all + ", " + share(classifier.accuracy(samples)) + " held back")
        .orElse("accuracy " + all);
  }

  private static String share(double accuracy) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
  }
}
