package odeum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** All that can be set of a training. Changed only while it is made. */
final class Settings {
  List<Stage> stages;
  int batchSize = Integer.MAX_VALUE;
  long seed;
  double clipNorm = Double.POSITIVE_INFINITY;
  double clipValue = Double.POSITIVE_INFINITY;
  int patience = Integer.MAX_VALUE;
  double seconds = Double.POSITIVE_INFINITY;
  TrainingListener listener = progress -> {};
  BooleanSupplier stop = () -> false;
  Optional<Dataset> validation = Optional.empty();
  double validationShare;
  int checkpointEvery = Integer.MAX_VALUE;
  double checkpointGap;
  Consumer<TrainingState> checkpoint = state -> {};
  Optional<TrainingState> resumed = Optional.empty();
  int starts = 1;

  /** Known when the training begins. */
  Fingerprint fingerprint;

  /** Whether the data have fields that are drawn for each batch. */
  boolean drawn;

  /** How many starts came before this one, and how long they took. */
  int start;

  double secondsBefore;

  /** One method and how long it is used. */
  record Stage(Optimizer optimizer, int epochs) {
    Stage {
      Require.that(epochs >= 0, "The number of epochs cannot be negative, got %s.", epochs);
    }
  }

  Settings(Optimizer optimizer, int epochs) {
    stages = List.of(new Stage(optimizer, epochs));
  }

  private Settings(Settings other) {
    stages = other.stages;
    batchSize = other.batchSize;
    seed = other.seed;
    clipNorm = other.clipNorm;
    clipValue = other.clipValue;
    patience = other.patience;
    seconds = other.seconds;
    listener = other.listener;
    stop = other.stop;
    validation = other.validation;
    validationShare = other.validationShare;
    checkpointEvery = other.checkpointEvery;
    checkpointGap = other.checkpointGap;
    checkpoint = other.checkpoint;
    resumed = other.resumed;
    starts = other.starts;
    drawn = other.drawn;
  }

  /** {@return a copy, changed} */
  Settings with(Consumer<Settings> change) {
    Settings copy = new Settings(this);
    change.accept(copy);
    return copy;
  }

  void lastStage(Optimizer optimizer, int epochs) {
    List<Stage> changed = new ArrayList<>(stages);
    changed.set(changed.size() - 1, new Stage(optimizer, epochs));
    stages = List.copyOf(changed);
  }

  void nextStage(Optimizer optimizer, int epochs) {
    List<Stage> longer = new ArrayList<>(stages);
    longer.add(new Stage(optimizer, epochs));
    stages = List.copyOf(longer);
  }

  int epochs() {
    return stages.stream().mapToInt(Stage::epochs).sum();
  }
}
