package odeum.magics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import odeum.plot.MimeBundle;
import odeum.train.Trainer;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;
import odeum.train.TrainingState;

/**
 * {@code --search}: looks for the learning rate that does best on data held back, by successive
 * halving (Jamieson and Talwalkar 2016, arXiv:1502.07943). All rates train for a few epochs, the
 * better half goes on for as long again, until one is left. It goes on to the end, to the bits that
 * it has when it is asked for at once.
 */
final class RateSearch {
  static final Option SEARCH =
      Option.toggle("search", "tries learning rates on the data held back by --val first");

  private static final List<String> RATES =
      List.of("1e-4", "3e-4", "1e-3", "3e-3", "1e-2", "3e-2", "0.1", "0.3");

  /** Of all epochs, so much is the first round; the whole search then takes four fifths of them. */
  private static final int SHARE = 20;

  private final List<Candidate> tried = new ArrayList<>();
  private final KernelPort kernel;
  private final boolean shown;
  private final Pace pace;
  private final String id = UUID.randomUUID().toString();

  /** A rate, and what came of it so far. */
  private record Candidate(String rate, OptimizerArgument optimizer, TrainingResult<?> result) {
    double loss() {
      boolean lost = result == null || result.end() == TrainingEnd.NOT_FINITE;
      return lost || Double.isNaN(result.loss()) ? Double.POSITIVE_INFINITY : result.loss();
    }
  }

  /** What was found: the call that trains with it at once, its methods, and where it is. */
  record Found(Invocation call, OptimizerArgument optimizer, TrainingState state) {}

  private RateSearch(KernelPort kernel, boolean shown, Pace pace) {
    this.kernel = kernel;
    this.shown = shown;
    this.pace = pace;
  }

  /** {@return the best rate, if the call asks for it} */
  static Optional<Found> of(
      Invocation call,
      KernelPort kernel,
      FitArgument fit,
      OptimizerArgument optimizer,
      TrainerArgument settings,
      Pace pace) {
    if (!call.has("search")) {
      return Optional.empty();
    }
    refuse(call, optimizer);
    RateSearch search = new RateSearch(kernel, call.shows(), pace);
    for (String rate : RATES) {
      OptimizerArgument rated =
          OptimizerArgument.of(at(call, rate), kernel, fit.trainable().optimizer());
      search.tried.add(new Candidate(rate, rated, null));
    }
    // A file that is half of one rate's training would be no use to go on from.
    Candidate best = search.halved(fit, settings.withoutSave());
    Invocation found = at(call, best.rate);
    if (call.shows()) {
      String line = "\nbest: " + best.rate + "; without a search: " + found.written();
      kernel.display(MimeBundle.of(search.table() + line), search.id);
    }
    return Optional.of(new Found(found, best.optimizer, best.result.state()));
  }

  private static Invocation at(Invocation call, String rate) {
    return call.without("search").set("lr", rate);
  }

  private static void refuse(Invocation call, OptimizerArgument optimizer) {
    if (!call.has("val")) {
      throw new MagicException(
          "--search compares learning rates on data that are held back: add --val 0.2");
    }
    for (String option : List.of("lr", "starts", "resume", "budget")) {
      if (call.has(option)) {
        throw new MagicException("--search and --" + option + " do not go together; leave out one");
      }
    }
    if (!optimizer.steps()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--search looks for a learning rate, and %s has none. Did you mean -O adam --search?",
              optimizer.methods().getFirst().optimizer().name()));
    }
  }

  private Candidate halved(FitArgument fit, TrainerArgument settings) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      left.add(i);
    }
    int epochs = Math.max(1, tried.getFirst().optimizer.epochs() / SHARE);
    while (left.size() > 1) {
      for (int i : left) {
        tried.set(i, longer(tried.get(i), epochs, fit, settings));
        pace.draw(this::show);
      }
      left.sort(Comparator.comparingDouble(i -> tried.get(i).loss()));
      left = new ArrayList<>(left.subList(0, left.size() / 2));
      epochs *= 2;
    }
    Candidate best = tried.get(left.getFirst());
    if (Double.isInfinite(best.loss())) {
      throw new MagicException("--search: with no learning rate the loss stays a number");
    }
    return best;
  }

  /** Trains up to so many epochs in all: stopped there, so that it can go on as if it never was. */
  private Candidate longer(
      Candidate candidate, int epochs, FitArgument fit, TrainerArgument settings) {
    int[] done = {0};
    Trainer<?> trainer =
        settings
            .applied(candidate.optimizer.applied(fit.trainer()))
            .listener(progress -> done[0] = progress.epoch())
            .stopWhen(() -> done[0] >= epochs || kernel.interrupted());
    if (candidate.result != null) {
      done[0] = candidate.result.state().epoch();
      trainer = trainer.resume(candidate.result.state());
    }
    TrainingResult<?> result = fit.run(trainer);
    if (kernel.interrupted() || Thread.currentThread().isInterrupted()) {
      throw new MagicException(
          "interrupted while it searched; the rates so far:\n" + table().stripTrailing());
    }
    return new Candidate(candidate.rate, candidate.optimizer, result);
  }

  private void show() {
    if (shown) {
      kernel.display(MimeBundle.of(table()), id);
    }
  }

  private String table() {
    Grid grid = Grid.of("learning rate", "epochs", "held back");
    for (Candidate candidate : tried) {
      TrainingResult<?> result = candidate.result;
      grid =
          grid.row(
              candidate.rate,
              result == null ? "" : Integer.toString(result.epochs()),
              result == null ? "" : Text.brief(result.loss()));
    }
    return grid.toString();
  }
}
