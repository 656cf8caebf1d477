package odeum.equation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import odeum.tensor.Names;

/** Whether functions and networks are called as they want it. */
final class CallCheck {
  private final Source source;
  private final Nets nets;
  private final Collection<String> names;

  /**
   * Checks for a system.
   *
   * @param names all names of the system
   */
  CallCheck(Source source, Nets nets, Collection<String> names) {
    this.source = source;
    this.nets = nets;
    this.names = names;
  }

  /** Checks that a call exists, takes these arguments and gives so many values. */
  void check(Expression.Call call, int values) {
    if (nets.has(call.function())) {
      net(call, values);
      return;
    }
    Optional<Function> function = Function.named(call.function());
    if (function.isEmpty()) {
      throw source.error(call.place(), unknown(call, values));
    }
    int count = call.arguments().size();
    if (!function.get().takes(count)) {
      throw source.error(
          call.place(),
          "%s takes %s, got %s.".formatted(call.function(), function.get().arity(), count));
    }
    if (values > 1) {
      throw source.error(
          call.place(),
          "Only a net gives several values; %s gives one.".formatted(call.function()));
    }
  }

  private void net(Expression.Call call, int values) {
    String name = call.function();
    int inputs = call.arguments().size();
    String design = "%s = %s".formatted(name, nets.text(name));
    if (inputs == 0) {
      throw source.error(call.place(), "%s needs values to work on: %s.".formatted(name, design));
    }
    Optional<Integer> wanted = nets.inputs(name);
    if (wanted.isPresent() && wanted.get() != inputs) {
      throw source.error(
          call.place(),
          "%s takes %s, got %s: %s.".formatted(name, values(wanted.get()), inputs, design));
    }
    int outputs = outputs(call, inputs, design);
    if (outputs != values) {
      throw source.error(call.place(), otherCount(name, outputs, values, design));
    }
  }

  private int outputs(Expression.Call call, int inputs, String design) {
    try {
      return nets.outputs(call.function(), inputs);
    } catch (IllegalArgumentException e) {
      throw source.error(
          call.place(),
          "%s does not take %s, %s: %s"
              .formatted(
                  call.function(),
                  values(inputs),
                  design,
                  e.getMessage().lines().findFirst().orElse("")));
    }
  }

  private static String otherCount(String name, int outputs, int values, String design) {
    if (values > 1) {
      return "%s gives %s, but %s are taken: %s.".formatted(name, values(outputs), values, design);
    }
    List<String> example = new ArrayList<>();
    for (int i = 1; i <= Math.min(outputs, 3); i++) {
      example.add("v" + i);
    }
    return "%s gives %s, not one: %s. Name them: let (%s%s) = %1$s(…)"
        .formatted(
            name, values(outputs), design, String.join(", ", example), outputs > 3 ? ", …" : "");
  }

  private static String values(int count) {
    return count == 1 ? "one value" : count + " values";
  }

  private String unknown(Expression.Call call, int values) {
    String name = call.function();
    boolean ofTime =
        call.arguments().size() == 1
            && call.arguments().getFirst() instanceof Expression.Name(String argument, Place _)
            && argument.equals(Vocabulary.TIME);
    if (names.contains(name) || Vocabulary.NUMBERS.containsKey(name)) {
      return ofTime
          ? "Write %s for %1$s(t).".formatted(name)
          : "'%s' is not a function. Did you mean %1$s*(…)?".formatted(name);
    }
    List<String> known = new ArrayList<>(nets.names());
    known.addAll(Function.names());
    return "'%s' is not a function. Known: %s.%s"
        .formatted(
            name,
            String.join(" ", known),
            Vocabulary.synonym(name)
                .or(() -> Names.nearest(name, known))
                .map(" Did you mean '%s'?"::formatted)
                .orElse(
                    values == 1
                        ? ""
                        : " Add a line: net %s = mlp(%s, 16, %s, tanh)"
                            .formatted(name, call.arguments().size(), values)));
  }
}
