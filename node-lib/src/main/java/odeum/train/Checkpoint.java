package odeum.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import odeum.file.FileException;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.nn.Parameters;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * The state of a training on disk, in a {@code .safetensors} file: after a crash it goes on from
 * there to the same bits.
 *
 * <pre>{@code
 * Path file = Path.of("spiral.safetensors");
 * Trainer.of(model).epochs(1000).checkpoint(10, file).run(data);    // killed
 * Trainer.of(model).epochs(1000).checkpoint(10, file).resume(file).run(data);
 * }</pre>
 */
public final class Checkpoint {
  private static final String KIND = "checkpoint";
  private static final String BEST = "best.";
  private static final String START = "start.";
  private static final String MEMORY = "memory.";
  private static final String POSITION = "position";
  private static final String HISTORY = "history";
  private static final String KEPT = "kept.";

  /** Loss, whether there is a validation loss, that loss, the smallest loss, seconds. */
  private static final int COLUMNS = 5;

  private Checkpoint() {}

  /**
   * Writes a state. The file is replaced whole or not at all, so there is always one to go on from.
   *
   * @throws FileException if that is not possible
   */
  public static void save(Path file, TrainingState state) {
    TrainingState.Stage stage = state.stage();
    Structure structure = state.best().structure();
    Safetensors content =
        Safetensors.EMPTY
            .with(BEST, structure, state.best().flat())
            .with(START, structure, stage.start().flat())
            .with(POSITION, stage.position())
            .with(HISTORY, numbers(state.history()));
    for (String name : stage.memory().names()) {
      content = content.with(MEMORY + name, stage.memory().tensors().get(name));
    }
    if (state.starts().best().isPresent()) {
      TrainingState.Kept kept = state.starts().best().get();
      content =
          content
              .with(KEPT + BEST, structure, kept.parameters().flat())
              .with(KEPT + HISTORY, numbers(kept.history()));
    }
    content.withData(KIND, data(state)).write(file);
  }

  /** Refuses at once a place that would be refused only when the first state is written. */
  static void requirePlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new FileException(
          "No checkpoint can be written to %s: there is no folder %s, or it is not yours to write in. Create it, or choose another one."
              .formatted(file, folder));
    }
  }

  private static Json.Fields data(TrainingState state) {
    TrainingState.Stage stage = state.stage();
    Json.Fields training = Json.fields();
    for (Map.Entry<String, String> fact : state.training().entrySet()) {
      training = training.with(fact.getKey(), fact.getValue());
    }
    return Json.fields()
        .with("seed", state.seed())
        .with("parameters", state.best().structure())
        .with("best loss", state.bestLoss())
        .with("best epoch", state.bestEpoch())
        .with("start loss", state.history().startLoss())
        .with("methods of the epochs", methods(state.history()))
        .with("method", stage.number())
        .with("epochs of the method", stage.epochs())
        .with("ended", stage.ended())
        .with("memory", Json.ofTexts(stage.memory().names()))
        .with("training", training)
        .with("starts", StoredStarts.write(state.starts()));
  }

  static Json methods(TrainingHistory history) {
    return Json.ofTexts(history.epochs().stream().map(TrainingHistory.Epoch::optimizer).toList());
  }

  private static Tensor numbers(TrainingHistory history) {
    double[] numbers = new double[history.size() * COLUMNS];
    int i = 0;
    for (TrainingHistory.Epoch epoch : history.epochs()) {
      numbers[i++] = epoch.loss();
      numbers[i++] = epoch.validation().isPresent() ? 1 : 0;
      numbers[i++] = epoch.validation().orElse(0);
      numbers[i++] = epoch.best();
      numbers[i++] = epoch.seconds();
    }
    return Tensor.of(Shape.of(history.size(), COLUMNS), numbers);
  }

  /**
   * {@return the state in a file}
   *
   * @throws FileException if there is no such file, or it is no checkpoint
   */
  public static TrainingState load(Path file) {
    return Safetensors.read(file, content -> state(content, content.data(KIND)));
  }

  private static TrainingState state(Safetensors content, Json data) {
    Structure structure = data.get("parameters").structure();
    Map<String, Tensor> memory = new LinkedHashMap<>();
    for (Json name : data.get("memory").items()) {
      memory.put(name.text(), content.tensor(MEMORY + name.text()));
    }
    Map<String, String> training = new LinkedHashMap<>();
    data.get("training").fieldValues().forEach((name, fact) -> training.put(name, fact.text()));
    return new TrainingState(
        data.get("seed").whole(),
        Parameters.of(structure, content.flat(BEST, structure)),
        data.get("best loss").real(),
        natural(data.get("best epoch")),
        history(content.tensor(HISTORY), data),
        new TrainingState.Stage(
            natural(data.get("method")),
            natural(data.get("epochs of the method")),
            data.get("ended").truth(),
            Parameters.of(structure, content.flat(START, structure)),
            content.tensor(POSITION),
            new OptimizerMemory(memory)),
        training,
        starts(content, data.get("starts"), structure));
  }

  private static TrainingState.Starts starts(Safetensors content, Json data, Structure structure) {
    return StoredStarts.read(
        data,
        kept ->
            new TrainingState.Kept(
                natural(kept.get("number")),
                Parameters.of(structure, content.flat(KEPT + BEST, structure)),
                kept.get("loss").real(),
                natural(kept.get("epoch")),
                history(content.tensor(KEPT + HISTORY), kept)));
  }

  static int natural(Json json) {
    if (json.integer() < 0) {
      throw new IllegalArgumentException("a number of epochs is negative: " + json.integer());
    }
    return json.integer();
  }

  private static TrainingHistory history(Tensor numbers, Json data) {
    List<Json> methods = data.get("methods of the epochs").items();
    if (!numbers.shape().equals(Shape.of(methods.size(), COLUMNS))) {
      throw new IllegalArgumentException(
          "its history has shape %s for %s epochs".formatted(numbers.shape(), methods.size()));
    }
    List<TrainingHistory.Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      boolean validated = numbers.get(i, 1) != 0;
      epochs.add(
          new TrainingHistory.Epoch(
              i + 1,
              numbers.get(i, 0),
              validated ? OptionalDouble.of(numbers.get(i, 2)) : OptionalDouble.empty(),
              numbers.get(i, 3),
              numbers.get(i, 4),
              methods.get(i).text()));
    }
    return new TrainingHistory(data.get("start loss").real(), epochs);
  }
}
