package odeum.equation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import odeum.equation.Definition.Assignment;
import odeum.equation.Definition.Crossing;
import odeum.equation.Definition.Equation;
import odeum.tensor.Names;

/** Whether start values, and what events set, are for states, for each once. */
final class Assignments {
  private final Definition definition;
  private final Source source;
  private final Scope scope;
  private final List<String> states;
  private final Set<String> constants;

  Assignments(Definition definition, Scope scope) {
    this.definition = definition;
    this.source = definition.source();
    this.scope = scope;
    this.states = definition.states();
    this.constants = definition.constantNames();
  }

  /** Checks the formulas of start values. */
  void initialFormulas() {
    for (Assignment initial : definition.initials()) {
      formula(initial, Scope.KNOWN_AT_START, "a start value");
    }
  }

  /** Checks that each state has one start value. */
  void initials() {
    Map<String, Assignment> given = new LinkedHashMap<>();
    for (Assignment initial : definition.initials()) {
      if (!states.contains(initial.name())) {
        throw source.error(initial.place(), noEquation(initial));
      }
      target(initial);
      Assignment first = given.putIfAbsent(key(initial), initial);
      if (first != null) {
        throw source.error(
            initial.place(),
            "%s has two start values, the first in line %s."
                .formatted(initial.target(), first.place().line()));
      }
    }
    for (Equation equation : definition.equations()) {
      for (String state : equation.states()) {
        if (!given.containsKey(state)) {
          throw source.error(
              equation.place(),
              "%s has no start value. Add a line: init %s"
                  .formatted(state, example(equation, state)));
        }
      }
    }
  }

  private static String example(Equation equation, String state) {
    String shown =
        equation.range().map(range -> Layout.element(state, range.index())).orElse(state);
    return shown + " = " + (state.endsWith("'") || equation.range().isPresent() ? "0" : "1");
  }

  /** Checks what an event sets. */
  void resets(Crossing event) {
    Map<String, Assignment> given = new LinkedHashMap<>();
    for (Assignment reset : event.resets()) {
      if (!states.contains(reset.name())) {
        throw source.error(reset.place(), noState(reset.name()));
      }
      target(reset);
      formula(reset, Scope.ALL, "");
      Assignment first = given.putIfAbsent(key(reset), reset);
      if (first != null) {
        throw source.error(reset.place(), "The event sets %s twice.".formatted(reset.target()));
      }
    }
  }

  /** What may be given once: all points of a grid, or one. */
  private String key(Assignment assignment) {
    Target target = assignment.target();
    return target.index().isPresent() && target.indexName(constants).isEmpty()
        ? target.toString()
        : target.name();
  }

  private void formula(Assignment assignment, Set<Scope.Kind> allowed, String subject) {
    Runnable check = () -> scope.check(assignment.value(), allowed, subject);
    Optional<String> index = assignment.target().indexName(constants);
    if (index.isPresent()) {
      scope.within(index.get(), assignment.target().index().orElseThrow().place(), check);
    } else {
      check.run();
    }
  }

  private void target(Assignment assignment) {
    Target target = assignment.target();
    boolean grid = scope.kind(target.name()).orElseThrow() == Scope.Kind.GRID;
    if (target.index().isPresent() && !grid) {
      throw source.error(
          target.place(),
          "%s is a state, not a grid. Write it without an index.".formatted(target.name()));
    }
    if (target.index().isPresent() && target.indexName(constants).isEmpty()) {
      scope.check(target.index().get(), Scope.CONSTANTS, "an index");
    }
  }

  private String noEquation(Assignment initial) {
    String name = initial.name();
    return "%s has a start value but no equation. States: %s.%s"
        .formatted(
            name,
            String.join(" ", states),
            Names.nearest(name, states)
                .map(" Did you mean %s?"::formatted)
                .orElse(
                    " Add a line: "
                        + (initial.target().index().isPresent()
                            ? GridParser.EQUATION.replace("u[i]'", Layout.element(name, "i") + "'")
                            : "%s' = …".formatted(name))));
  }

  private String noState(String name) {
    String what =
        scope
            .kind(name)
            .map(kind -> "%s, not a state".formatted(kind))
            .or(() -> Vocabulary.meaning(name).map("%s, not a state"::formatted))
            .orElse("not a state");
    return "'%s' is %s; an event sets states: %s.%s"
        .formatted(
            name,
            what,
            String.join(" ", states),
            Names.nearest(name, states).map(" Did you mean %s?"::formatted).orElse(""));
  }
}
