package odeum.train;

import java.util.Locale;
import java.util.Optional;
import odeum.nn.Parameters;

/** Says of a loss that is no number why: what the model knows of it, or the operation at fault. */
record Trouble(Trainable<?> model, Compiled compiled) {
  /** {@return why, as the end of a sentence: a clause in brackets, or after a colon; or nothing} */
  String clause(Parameters parameters, Batch batch) {
    return known(parameters)
        .map(why -> ": " + why.substring(0, 1).toLowerCase(Locale.ROOT) + why.substring(1))
        .or(() -> operation(parameters, batch).map(found -> " (" + found + ")"))
        .orElse("");
  }

  /** {@return why, as a sentence after another one; or nothing} */
  String sentence(Parameters parameters, Batch batch) {
    return known(parameters)
        .or(() -> operation(parameters, batch).map(found -> "The " + found))
        .map(why -> " " + why + ".")
        .orElse("");
  }

  private Optional<String> known(Parameters parameters) {
    String why = model.diagnosis(parameters).replaceFirst("\\.$", "");
    return why.isEmpty() ? Optional.empty() : Optional.of(why);
  }

  private Optional<String> operation(Parameters parameters, Batch batch) {
    return compiled.trouble(parameters, batch).map(found -> found.clause());
  }
}
