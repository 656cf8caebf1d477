package odeum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import odeum.file.Json;

/** The starts before the present one as JSON; parameters and history of the best are tensors. */
final class StoredStarts {
  private StoredStarts() {}

  static Json.Fields write(TrainingState.Starts starts) {
    List<Json> done = new ArrayList<>();
    for (TrainingStart start : starts.done()) {
      done.add(
          Json.fields()
              .with("start loss", start.startLoss())
              .with("loss", start.loss())
              .with("epochs", start.epochs())
              .with("end", start.end().name())
              .with("message", start.message())
              .with("seconds", start.seconds()));
    }
    List<Json> best = new ArrayList<>();
    for (TrainingState.Kept kept : starts.best().stream().toList()) {
      best.add(
          Json.fields()
              .with("number", kept.number())
              .with("loss", kept.loss())
              .with("epoch", kept.epoch())
              .with("start loss", kept.history().startLoss())
              .with("methods of the epochs", Checkpoint.methods(kept.history())));
    }
    return Json.fields().with("done", new Json.Items(done)).with("best", new Json.Items(best));
  }

  static TrainingState.Starts read(Json data, Function<Json, TrainingState.Kept> kept) {
    List<TrainingStart> done = new ArrayList<>();
    for (Json start : data.get("done").items()) {
      done.add(
          new TrainingStart(
              done.size() + 1,
              start.get("start loss").real(),
              start.get("loss").real(),
              Checkpoint.natural(start.get("epochs")),
              TrainingEnd.valueOf(start.get("end").text()),
              start.get("message").text(),
              start.get("seconds").real()));
    }
    Optional<TrainingState.Kept> best = data.get("best").items().stream().map(kept).findFirst();
    if (best.isPresent() && (best.get().number() < 1 || best.get().number() > done.size())) {
      throw new IllegalArgumentException(
          "its best start is number %s of %s".formatted(best.get().number(), done.size()));
    }
    return new TrainingState.Starts(done, best);
  }
}
