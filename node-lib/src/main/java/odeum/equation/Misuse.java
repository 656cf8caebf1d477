package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import odeum.tensor.Names;

/** The messages for calls that do not fit a system. */
final class Misuse {
  private final String title;
  private final List<String> states;
  private final Values values;

  Misuse(Definition definition, Values values) {
    String name = definition.source().name();
    this.title = name.isEmpty() ? "The system" : name;
    this.states = values.layout().names();
    this.values = values;
  }

  /** Refuses what is neither a parameter nor a constant. */
  void requireNumber(String name) {
    List<String> known = new ArrayList<>(values.numbers());
    known.addAll(values.constants().keySet());
    if (known.contains(name)) {
      return;
    }
    if (states.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is a state. Give its start value by withInitial.".formatted(name));
    }
    throw new IllegalArgumentException(
        "%s has no parameter or constant '%s'. Known: %s.%s"
            .formatted(title, name, String.join(" ", known), meant(name, known)));
  }

  /** Refuses what is not a state. */
  void requireState(String name) {
    if (!states.contains(name)) {
      throw new IllegalArgumentException(
          "%s has no state '%s'. States: %s.%s"
              .formatted(title, name, values.layout().summary(), meant(name, states)));
    }
  }

  /** Refuses another number of values than there are states. */
  void requireStates(int given) {
    if (given != states.size()) {
      throw new IllegalArgumentException(
          "%s has %s states (%s), got %s values."
              .formatted(title, states.size(), values.layout().summary(), given));
    }
  }

  /** Refuses another number of values than there are parameters. */
  void requireParameters(int given) {
    int wanted = values.parameters().size();
    if (given != wanted) {
      throw new IllegalArgumentException(
          "%s has %s parameters (%s), got %s values."
              .formatted(
                  title, wanted, String.join(" ", values.parameters().structure().names()), given));
    }
  }

  /** {@return the refusal of what is no input of a system of this name} */
  static IllegalArgumentException noSuchInput(String system, String name, List<String> known) {
    return new IllegalArgumentException(
        "%s has no input '%s'. Known: %s.%s"
            .formatted(
                system.isEmpty() ? "The system" : system,
                name,
                known.isEmpty() ? "none" : String.join(" ", known),
                meant(name, known)));
  }

  IllegalStateException noSpan() {
    return new IllegalStateException(
        "%s has no time span. Add a line: time 0 .. 10".formatted(title));
  }

  private static String meant(String name, List<String> known) {
    return Names.nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("");
  }
}
