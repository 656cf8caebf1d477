package odeum.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import odeum.tensor.RandomKey;

/**
 * By which a saved state knows the training it belongs to: what its numbers depend on, as texts.
 * The number of epochs of the present method may grow, and methods may follow, so these are no part
 * of it.
 */
final class Fingerprint {
  private static final int LONGEST = 200;
  private static final String OBJECTIVE = "objective";

  /** What only says that something is different, where others may say what. */
  private static final List<String> SUMMARIES = List.of("equations", OBJECTIVE);

  private final Settings settings;
  private final Map<String, String> facts = new LinkedHashMap<>();

  private Fingerprint(Settings settings) {
    this.settings = settings;
  }

  static Fingerprint of(
      Settings settings,
      Trainable<?> model,
      Compiled objective,
      Dataset data,
      Optional<Dataset> held) {
    Fingerprint fingerprint = new Fingerprint(settings);
    Map<String, String> facts = fingerprint.facts;
    model.facts().forEach((name, text) -> facts.put(name, briefly(text)));
    facts.put("parameters", objective.parameters().toString());
    facts.put("data", described(data));
    held.ifPresent(samples -> facts.put("validation", described(samples)));
    facts.put("batch", String.valueOf(Math.min(settings.batchSize, data.size())));
    facts.put(OBJECTIVE, hash(objective.formula()));
    facts.put("largest gradient", settings.clipNorm + " in length, " + settings.clipValue);
    return fingerprint;
  }

  /** A text, or its hash if it is longer than a message may be. */
  private static String briefly(String text) {
    return text.length() <= LONGEST ? text : hash(text);
  }

  private static String hash(String text) {
    RandomKey hash = RandomKey.of(text.length());
    for (int i = 0; i < text.length(); i++) {
      hash = hash.fold(text.charAt(i));
    }
    return "hash " + hex(hash);
  }

  private static String hex(RandomKey hash) {
    return Long.toHexString(hash.high()) + Long.toHexString(hash.low());
  }

  private static String described(Dataset data) {
    // A hash, not a defence: two data sets by chance have the same one in 2^128.
    RandomKey hash = RandomKey.of(data.size());
    for (int sample = 0; sample < data.size(); sample++) {
      for (int i = 0; i < data.width(); i++) {
        hash = hash.fold(Double.doubleToLongBits(data.value(sample, i)));
      }
    }
    return "%s, hash %s".formatted(data, hex(hash));
  }

  /**
   * {@return the facts that matter while the method of this number is in turn}
   *
   * @param again whether all methods were in turn before, from another start
   */
  Map<String, String> at(int stage, boolean again) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    int last = again ? settings.stages.size() - 1 : stage;
    for (int i = 0; i <= last; i++) {
      Settings.Stage wanted = settings.stages.get(i);
      all.put("method " + (i + 1), wanted.optimizer().toString());
      if (again || i < stage || spreads(wanted.optimizer())) {
        all.put("epochs of method " + (i + 1), String.valueOf(wanted.epochs()));
      }
    }
    return all;
  }

  /** {@return whether the learning rate depends on how many epochs there will be} */
  private static boolean spreads(Optimizer optimizer) {
    return optimizer instanceof StepOptimizer method && method.schedule().needsLength();
  }

  /** Refuses a state of another training. */
  void requireSame(TrainingState state) {
    boolean again = !state.starts().done().isEmpty();
    Map<String, String> here = at(state.stage().number(), again);
    Map<String, String> differences = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>(state.training().keySet());
    names.addAll(state.training().isEmpty() ? Set.of() : here.keySet());
    for (String name : names) {
      String before = state.training().getOrDefault(name, "none");
      String present = here.getOrDefault(name, "none");
      if (!present.equals(before)) {
        differences.put(name, difference(name, before, present));
      }
    }
    if (!SUMMARIES.containsAll(differences.keySet())) {
      SUMMARIES.forEach(differences::remove);
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "The state to go on from belongs to another training. It had %s. Go on with its settings and data, or begin anew without it."
              .formatted(String.join("; ", differences.values())));
    }
  }

  private static String difference(String name, String before, String present) {
    return SUMMARIES.contains(name)
        ? name + ": another one"
        : "%s: %s, now %s".formatted(name, brief(before), brief(present));
  }

  private static String brief(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
