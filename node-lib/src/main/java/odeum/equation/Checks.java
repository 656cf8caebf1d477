package odeum.equation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import odeum.equation.Definition.Boundary;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;

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
    Scope scope = new Scope(definition, nets);
    checks.formulas(scope);
    new Assignments(definition, scope).initials();
    return new Definition(
        definition.source(),
        definition.equations(),
        definition.parameters(),
        definition.nets(),
        definition.inputs(),
        checks.ordered(definition.constants()),
        definition.initials(),
        checks.ordered(definition.lets()),
        definition.span(),
        definition.events(),
        definition.boundaries());
  }

  private void formulas(Scope scope) {
    definition.equations().forEach(equation -> equation(scope, equation));
    definition.lets().forEach(let -> scope.check(let.value(), Scope.ALL, ""));
    definition.constants().forEach(c -> scope.check(c.value(), Scope.CONSTANTS, "a constant"));
    for (Definition.Parameter parameter : definition.parameters()) {
      scope.check(parameter.named().value(), Scope.CONSTANTS, "the start value of a parameter");
      parameter.low().ifPresent(low -> scope.check(low, Scope.CONSTANTS, "a bound"));
      parameter.high().ifPresent(high -> scope.check(high, Scope.CONSTANTS, "a bound"));
    }
    Assignments assignments = new Assignments(definition, scope);
    assignments.initialFormulas();
    for (Definition.Crossing event : definition.events()) {
      scope.check(event.left(), Scope.ALL, "");
      scope.check(event.right(), Scope.ALL, "");
      assignments.resets(event);
    }
    boundaries(scope);
    if (definition.span().isPresent()) {
      scope.check(definition.span().get().from(), Scope.CONSTANTS, "the time span");
      scope.check(definition.span().get().to(), Scope.CONSTANTS, "the time span");
    }
  }

  private static void equation(Scope scope, Equation equation) {
    Runnable right = () -> scope.checkEquation(equation.right().expression());
    equation.range().ifPresentOrElse(range -> scope.within(range, right), right);
  }

  private void boundaries(Scope scope) {
    Map<String, Boundary> given = new LinkedHashMap<>();
    for (Boundary boundary : definition.boundaries()) {
      String name = boundary.grid();
      if (scope.kind(name).filter(kind -> kind == Scope.Kind.GRID).isEmpty()) {
        List<String> grids =
            definition.states().stream()
                .filter(s -> scope.kind(s).filter(k -> k == Scope.Kind.GRID).isPresent())
                .toList();
        throw source.error(
            boundary.place(),
            "'%s' is %s, so it has no boundary. %s"
                .formatted(
                    name,
                    scope.kind(name).map(k -> k + ", not a grid").orElse("not a grid"),
                    grids.isEmpty()
                        ? "A grid has the equation " + GridParser.EQUATION
                        : "Grids: %s.".formatted(String.join(" ", grids))));
      }
      Boundary first = given.putIfAbsent(name, boundary);
      if (first != null) {
        throw source.error(
            boundary.place(),
            "%s has two boundaries, the first in line %s.".formatted(name, first.place().line()));
      }
      boundary.left().ifPresent(left -> scope.check(left, Scope.ALL, ""));
      boundary.right().ifPresent(right -> scope.check(right, Scope.ALL, ""));
    }
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
