package odeum.model;

import java.util.ArrayList;
import java.util.List;

/** Which states of a system the numbers of a sample are. */
final class StateNames {
  private StateNames() {}

  /**
   * {@return the system, each of these features a state of it} States of a network that nobody
   * named get the names of the features, and those beyond them {@code extra1} and so on.
   */
  static Dynamics like(List<String> features, Dynamics model) {
    if (model instanceof FieldDynamics field && !field.states().chosen()) {
      return field.named(names(features, field.states().names().size()));
    }
    for (String feature : features) {
      if (!model.names().contains(feature)) {
        throw new IllegalArgumentException(
            "Column '%s' is no state of the model (%s). Say which columns are states, as in: --columns %s=%s"
                .formatted(
                    feature,
                    String.join(" ", model.names()),
                    model.names().getFirst(),
                    features.getFirst()));
      }
    }
    return model;
  }

  /**
   * The names of all states.
   *
   * @param states how many the network has, or 0 if it takes any number
   */
  private static List<String> names(List<String> features, int states) {
    if (states > 0 && features.size() > states) {
      throw new IllegalArgumentException(
          "The model has %s states, too few for %s columns (%s). Say which count, or take more states."
              .formatted(states, features.size(), String.join(" ", features)));
    }
    List<String> names = new ArrayList<>(features);
    for (int i = 1; names.size() < states; i++) {
      names.add("extra" + i);
    }
    return names;
  }
}
