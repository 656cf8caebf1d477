package odeum.magics;

import java.util.List;
import java.util.Map;
import odeum.model.Model;

/** A saved or trained model as an argument of a magic. It knows its names, and how it is solved. */
final class ModelArgument {
  private ModelArgument() {}

  static SystemArgument of(
      Model model, String expression, Map<String, Double> start, Map<String, Double> parameters) {
    Model changed = model;
    StringBuilder code =
        new StringBuilder(
            start.isEmpty() && parameters.isEmpty() ? expression : JavaCode.receiver(expression));
    for (Map.Entry<String, Double> entry : parameters.entrySet()) {
      changed = changed.with(entry.getKey(), entry.getValue());
      code.append(SystemArgument.change("with", entry));
    }
    for (Map.Entry<String, Double> entry : start.entrySet()) {
      changed = changed.withInitial(entry.getKey(), entry.getValue());
      code.append(SystemArgument.change("withInitial", entry));
    }
    if (!changed.hasInitial()) {
      throw new MagicException(
          "%s does not know where it starts. Say --y0 %s=0"
              .formatted(expression, String.join("=0,", model.names())));
    }
    return new SystemArgument(changed, code.toString(), List.of());
  }

  /** Refuses a model that knows no span in a call without one. */
  static void requireSpan(Model model, String expression, List<Double> span) {
    if (span.isEmpty() && !model.hasSpan()) {
      throw new MagicException("%s has no time span. Say -t 0 10".formatted(expression));
    }
  }
}
