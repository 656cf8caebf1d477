package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import odeum.tensor.Names;

/** The messages for names that do not exist: what is known, and what was probably meant. */
final class UndefinedNames {
  private final Map<String, Scope.Kind> kinds;

  /**
   * Messages of a scope.
   *
   * @param kinds what its names stand for; it may still change
   */
  UndefinedNames(Map<String, Scope.Kind> kinds) {
    this.kinds = kinds;
  }

  /** {@return the message for the name of a grid} */
  String grid(String name) {
    String variable = name.replace("'", "");
    if (kinds.containsKey(variable)) {
      return name(name);
    }
    return "'%s' is not defined. Known: %s.%s"
        .formatted(
            name,
            known(),
            Names.nearest(name, all(Scope.Kind.GRID))
                .map(" Did you mean '%s'?"::formatted)
                .orElse(" A grid has an equation: " + GridParser.EQUATION.replace("u", variable)));
  }

  /** {@return the message for a name} */
  String name(String name) {
    String variable = name.replace("'", "");
    if (!variable.equals(name) && kinds.get(variable) == Scope.Kind.GRID) {
      return "%s is not a grid but what its equation gives. Write that formula in its place."
          .formatted(Layout.element(name, "i"));
    }
    if (!variable.equals(name) && kinds.get(variable) == Scope.Kind.STATE) {
      return "%s is not a state but what its equation gives. Name that right-hand side with let and use the name."
          .formatted(name);
    }
    List<String> candidates = new ArrayList<>(kinds.keySet());
    candidates.addAll(List.of("pi", "e"));
    String hint =
        Vocabulary.synonym(name)
            .or(() -> Names.nearest(name, candidates))
            .map(" Did you mean '%s'?"::formatted)
            .orElseGet(() -> howToDefine(name, variable));
    return "'%s' is not defined. Known: %s.%s".formatted(name, known(), hint);
  }

  private String howToDefine(String name, String variable) {
    List<String> indices = all(Scope.Kind.INDEX);
    if (!indices.isEmpty() && name.length() == 1) {
      return " The index is %s here.".formatted(String.join(", ", indices));
    }
    return variable.equals(name)
        ? " Add a line: param %s = 1".formatted(name)
        : " An equation %s' = … makes it a state.".formatted(name);
  }

  private String known() {
    return String.join(" ", kinds.keySet());
  }

  private List<String> all(Scope.Kind kind) {
    return kinds.keySet().stream().filter(name -> kinds.get(name) == kind).toList();
  }
}
