package odeum.equation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;
import odeum.tensor.Names;

/**
 * Whether a system as written makes sense, and in which order its named expressions are computed.
 */
final class Checks {
  private final Definition definition;
  private final Source source;

  private Checks(Definition definition) {
    this.definition = definition;
    this.source = definition.source();
  }

  /** Checks that the nets are called with the values they take. */
  static void check(Definition definition, Nets nets) {
    new Checks(definition).formulas(new Scope(definition, nets));
  }

  /** {@return the definition, checked, with constants and lets in an order of computation} */
  static Definition checked(Definition definition, Nets nets) {
    Checks checks = new Checks(definition);
    if (definition.equations().isEmpty()) {
      throw checks.source.error(
          "Not written yet: there is no equation. Write one line per state, such as x' = -x");
    }
    checks.formulas(new Scope(definition, nets));
    checks.initials();
    return new Definition(
        definition.source(),
        definition.equations(),
        definition.parameters(),
        definition.nets(),
        checks.ordered(definition.constants()),
        definition.initials(),
        checks.ordered(definition.lets()),
        definition.span(),
        definition.stops());
  }

  private void formulas(Scope scope) {
    definition.equations().forEach(equation -> scope.check(equation.right(), Scope.ALL, ""));
    definition.lets().forEach(let -> scope.check(let.value(), Scope.ALL, ""));
    definition.constants().forEach(c -> scope.check(c.value(), Scope.CONSTANTS, "a constant"));
    for (Definition.Parameter parameter : definition.parameters()) {
      scope.check(parameter.named().value(), Scope.CONSTANTS, "the start value of a parameter");
      parameter.low().ifPresent(low -> scope.check(low, Scope.CONSTANTS, "a bound"));
      parameter.high().ifPresent(high -> scope.check(high, Scope.CONSTANTS, "a bound"));
    }
    definition
        .initials()
        .forEach(initial -> scope.check(initial.value(), Scope.KNOWN_AT_START, "a start value"));
    for (Definition.Stop stop : definition.stops()) {
      scope.check(stop.left(), Scope.ALL, "");
      scope.check(stop.right(), Scope.ALL, "");
    }
    if (definition.span().isPresent()) {
      scope.check(definition.span().get().from(), Scope.CONSTANTS, "the time span");
      scope.check(definition.span().get().to(), Scope.CONSTANTS, "the time span");
    }
  }

  private void initials() {
    Map<String, Named> given = new LinkedHashMap<>();
    List<String> states = definition.states();
    for (Named initial : definition.initials()) {
      if (!states.contains(initial.name())) {
        throw source.error(initial.place(), noEquation(initial.name(), states));
      }
      Named first = given.putIfAbsent(initial.name(), initial);
      if (first != null) {
        throw source.error(
            initial.place(),
            "%s has two start values, the first in line %s."
                .formatted(initial.name(), first.place().line()));
      }
    }
    for (Equation equation : definition.equations()) {
      for (String state : equation.states()) {
        if (!given.containsKey(state)) {
          throw source.error(
              equation.place(),
              "%s has no start value. Add a line: init %1$s = %s"
                  .formatted(state, state.endsWith("'") ? "0" : "1"));
        }
      }
    }
  }

  private static String noEquation(String name, List<String> states) {
    Optional<String> meant = Names.nearest(name, states);
    return "%s has a start value but no equation. States: %s.%s"
        .formatted(
            name,
            String.join(" ", states),
            meant
                .map(" Did you mean %s?"::formatted)
                .orElse(" Add a line: %s' = …".formatted(name)));
  }

  /** Each after those it uses, else as in the source. */
  private List<Named> ordered(List<Named> all) {
    Set<String> waiting =
        all.stream().map(Named::name).collect(Collectors.toCollection(LinkedHashSet::new));
    List<Named> ordered = new ArrayList<>();
    List<Named> rest = all;
    while (!rest.isEmpty()) {
      List<Named> blocked = new ArrayList<>();
      for (Named named : rest) {
        if (Expressions.names(named.value().expression()).stream().anyMatch(waiting::contains)) {
          blocked.add(named);
        } else {
          ordered.add(named);
          waiting.remove(named.name());
        }
      }
      if (blocked.size() == rest.size()) {
        throw cycle(blocked);
      }
      rest = blocked;
    }
    return ordered;
  }

  private EquationException cycle(List<Named> blocked) {
    Map<String, Named> byName = new LinkedHashMap<>();
    blocked.forEach(named -> byName.put(named.name(), named));
    List<String> path = new ArrayList<>();
    String name = blocked.getFirst().name();
    while (!path.contains(name)) {
      path.add(name);
      name =
          Expressions.names(byName.get(name).value().expression()).stream()
              .filter(byName::containsKey)
              .findFirst()
              .orElseThrow();
    }
    List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
    circle.add(name);
    return source.error(
        byName.get(name).place(),
        "%s is defined by itself: %s.".formatted(name, String.join(" → ", circle)));
  }
}
