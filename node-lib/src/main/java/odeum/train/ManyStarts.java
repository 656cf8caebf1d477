package odeum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;

/**
 * Trains from several points and keeps the best. From each the training is whole, as if it were the
 * only one: how low a loss is after a few epochs says little about where it will end.
 */
final class ManyStarts<M> {
  private static final int MOST_DRAWS = 20;

  private final Settings settings;
  private final Trainable<M> model;
  private final TrainingRun run;
  private final RandomKey key;
  private final long began = System.nanoTime();
  private final List<TrainingStart> done;
  private Optional<TrainingState.Kept> best;

  private ManyStarts(Settings settings, Trainable<M> model, TrainingRun run) {
    this.settings = settings;
    this.model = model;
    this.run = run;
    this.key = RandomKey.of(settings.seed).fold(3);
    TrainingState.Starts before =
        settings.resumed.map(TrainingState::starts).orElse(TrainingState.Starts.NONE);
    this.done = new ArrayList<>(before.done());
    this.best = before.best();
  }

  static <M> TrainingResult<M> run(Settings settings, Trainable<M> model, Dataset data) {
    TrainingRun run = TrainingRun.of(settings, model, data);
    return new ManyStarts<>(settings, model, run).all();
  }

  private TrainingResult<M> all() {
    // A training that was stopped while its first loss was computed begins anew.
    Optional<TrainingState> resumed =
        settings.resumed.filter(from -> Double.isFinite(from.history().startLoss()));
    TrainingState state = null;
    while (true) {
      Settings own = own(resumed);
      Optional<TrainingRun> ready =
          resumed.isPresent()
              ? Optional.of(run.from(own, resumed.get().stage().start()))
              : begun(own);
      TrainingState.Starts before = new TrainingState.Starts(done, best);
      if (ready.isPresent()) {
        TrainingResult<M> result = ready.get().result(model);
        state = result.state().with(before);
        take(result);
        if (result.end() == TrainingEnd.INTERRUPTED || result.end() == TrainingEnd.OUT_OF_TIME) {
          return result(state, result.end());
        }
      } else {
        take();
      }
      resumed = Optional.empty();
      if (done.size() == settings.starts) {
        return result(state, done.get(kept().number() - 1).end());
      }
    }
  }

  private TrainingState.Kept kept() {
    if (best.isEmpty()) {
      run.refuseStart();
    }
    return best.orElseThrow();
  }

  /** The settings for the training from the next point. */
  private Settings own(Optional<TrainingState> resumed) {
    TrainingState.Starts before = new TrainingState.Starts(done, best);
    return settings.with(
        s -> {
          s.fingerprint = run.fingerprint();
          s.start = done.size();
          s.resumed = resumed;
          s.secondsBefore = before.seconds();
          s.seconds = settings.seconds - (System.nanoTime() - began) * 1e-9;
          s.listener =
              progress -> settings.listener.epoch(best.map(progress::with).orElse(progress));
          s.checkpoint = state -> settings.checkpoint.accept(state.with(before));
        });
  }

  /** The training from the next point where the loss is a number. */
  private Optional<TrainingRun> begun(Settings own) {
    if (own.start == 0) {
      TrainingRun first = run.from(own, run.start());
      return first.isFinite() || stopped() ? Optional.of(first) : Optional.empty();
    }
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      Parameters point = RandomStart.of(model, key.fold(own.start).fold(draw));
      TrainingRun next = run.from(own, point);
      if (next.isFinite() || stopped()) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private boolean stopped() {
    return Thread.currentThread().isInterrupted() || settings.stop.getAsBoolean();
  }

  private void take(TrainingResult<M> result) {
    int number = done.size() + 1;
    double before = new TrainingState.Starts(done, best).seconds();
    done.add(
        new TrainingStart(
            number,
            result.history().startLoss(),
            result.loss(),
            result.epochs(),
            result.end(),
            result.message(),
            result.seconds() - before));
    double least = best.map(TrainingState.Kept::loss).orElse(Double.POSITIVE_INFINITY);
    if (best.isEmpty() || result.loss() < least) {
      best =
          Optional.of(
              new TrainingState.Kept(
                  number, result.best(), result.loss(), result.bestEpoch(), result.history()));
    }
  }

  /** Notes a point where there is no loss. */
  private void take() {
    done.add(
        new TrainingStart(
            done.size() + 1,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            0,
            TrainingEnd.NOT_FINITE,
            "the loss is no number at the start.",
            0));
  }

  private TrainingResult<M> result(TrainingState state, TrainingEnd end) {
    TrainingState.Kept kept = kept();
    return new TrainingResult<>(
        model.with(kept.parameters()),
        kept.parameters(),
        kept.loss(),
        kept.epoch(),
        kept.history(),
        end,
        message(kept, end),
        settings.seed,
        new TrainingState.Starts(done, best).seconds(),
        state,
        done);
  }

  private String message(TrainingState.Kept kept, TrainingEnd end) {
    TrainingStart last = done.getLast();
    return switch (end) {
      case INTERRUPTED, OUT_OF_TIME ->
          "%s in start %s of %s, after %s of %s epochs. The parameters of start %s, epoch %s, were kept."
              .formatted(
                  end == TrainingEnd.INTERRUPTED ? "interrupted" : "the time was up",
                  last.number(),
                  settings.starts,
                  last.epochs(),
                  settings.epochs(),
                  kept.number(),
                  kept.epoch());
      default ->
          "the best of %s starts is number %s: %s"
              .formatted(settings.starts, kept.number(), done.get(kept.number() - 1).message());
    };
  }
}
