package odeum.model;

import odeum.nn.Parameters;

/** The parameters that a model takes in place of its own. */
final class OwnParameters {
  private OwnParameters() {}

  /**
   * {@return the given parameters, if they are named and shaped like the model's own}
   *
   * @param what the model, as it begins a message
   */
  static Parameters require(String what, Parameters own, Parameters given) {
    if (!own.structure().equals(given.structure())) {
      throw new IllegalArgumentException(
          "%s has the parameters (%s), got (%s)."
              .formatted(what, own.structure(), given.structure()));
    }
    return given;
  }
}
