package odeum.equation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import odeum.equation.Definition.Formula;
import odeum.tensor.Names;

/** What the names of a system mean, and whether a formula may use them. */
final class Scope {
  /** What a name stands for. */
  enum Kind {
    PARAMETER("a parameter"),
    CONSTANT("a constant"),
    STATE("a state"),
    LET("a let"),
    NET("a net"),
    TIME("time"),
    NUMBER("a number");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static final Set<Kind> CONSTANTS = EnumSet.of(Kind.CONSTANT, Kind.NUMBER);
  static final Set<Kind> KNOWN_AT_START = EnumSet.of(Kind.CONSTANT, Kind.NUMBER, Kind.PARAMETER);

  /** Every name that stands for a number. */
  static final Set<Kind> ALL = EnumSet.complementOf(EnumSet.of(Kind.NET));

  private record Declaration(String name, Kind kind, Place place) {}

  private final Source source;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final CallCheck calls;

  /** The scope of a definition whose names are not reserved and not used twice. */
  Scope(Definition definition, Nets nets) {
    this(definition, nets, definition.source());
  }

  /** The scope of a definition for formulas that stand elsewhere. */
  Scope(Definition definition, Nets nets, Source source) {
    this.source = source;
    this.calls = new CallCheck(source, nets, kinds.keySet());
    List<Declaration> declarations = declarations(definition);
    refuseReserved(declarations);
    refuseTwins(declarations);
    declarations.forEach(declaration -> kinds.put(declaration.name(), declaration.kind()));
    kinds.put(Vocabulary.TIME, Kind.TIME);
  }

  private static List<Declaration> declarations(Definition definition) {
    List<Declaration> all = new ArrayList<>();
    definition
        .parameters()
        .forEach(p -> all.add(new Declaration(p.name(), Kind.PARAMETER, p.named().place())));
    definition
        .constants()
        .forEach(c -> all.add(new Declaration(c.name(), Kind.CONSTANT, c.place())));
    definition
        .equations()
        .forEach(e -> e.states().forEach(s -> all.add(new Declaration(s, Kind.STATE, e.place()))));
    definition.lets().forEach(l -> all.add(new Declaration(l.name(), Kind.LET, l.place())));
    definition.nets().forEach(n -> all.add(new Declaration(n.name(), Kind.NET, n.place())));
    return all;
  }

  private void refuseReserved(List<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      Optional<String> meaning = Vocabulary.meaning(declaration.name());
      if (meaning.isPresent()) {
        throw source.error(
            declaration.place(),
            "'%s' is %s. Choose another name.".formatted(declaration.name(), meaning.get()));
      }
      if (declaration.kind() != Kind.STATE && declaration.name().endsWith("'")) {
        throw source.error(
            declaration.place(),
            "Only states have primes. Choose another name than %s.".formatted(declaration.name()));
      }
    }
  }

  private void refuseTwins(List<Declaration> declarations) {
    Comparator<Declaration> byLine = Comparator.comparingInt(d -> d.place().line());
    Map<String, Declaration> seen = new LinkedHashMap<>();
    for (Declaration second :
        declarations.stream().sorted(byLine.thenComparingInt(d -> d.place().column())).toList()) {
      Declaration first = seen.putIfAbsent(second.name(), second);
      if (first != null) {
        String problem =
            first.kind() == Kind.STATE && second.kind() == Kind.STATE
                ? "%s has two equations, the first in line %s."
                    .formatted(second.name(), first.place().line())
                : "'%s' is defined twice, first as %s in line %s."
                    .formatted(second.name(), first.kind(), first.place().line());
        throw source.error(second.place(), problem);
      }
    }
  }

  /** {@return what a name stands for, if it is known} */
  Optional<Kind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** {@return the known names, for a message} */
  String known() {
    return String.join(" ", kinds.keySet());
  }

  /** Checks that a formula uses only what exists, and of that only these kinds. */
  void check(Formula formula, Set<Kind> allowed, String subject) {
    check(formula.expression(), allowed, subject);
  }

  private void check(Expression expression, Set<Kind> allowed, String subject) {
    switch (expression) {
      case Expression.Number _ -> {}
      case Expression.Name(String name, Place place) -> checkName(name, place, allowed, subject);
      case Expression.Negate(Expression operand) -> check(operand, allowed, subject);
      case Expression.Binary(Operator _, Expression left, Expression right) -> {
        check(left, allowed, subject);
        check(right, allowed, subject);
      }
      case Expression.Call call -> checkCall(call, 1, allowed, subject);
      case Expression.Part(Expression.Call call, int _, int count) ->
          checkCall(call, count, allowed, subject);
    }
  }

  private void checkCall(Expression.Call call, int values, Set<Kind> allowed, String subject) {
    if (kinds.get(call.function()) == Kind.NET && !allowed.contains(Kind.STATE)) {
      throw source.error(call.place(), refusal(call.function(), Kind.NET, allowed, subject));
    }
    calls.check(call, values);
    call.arguments().forEach(argument -> check(argument, allowed, subject));
  }

  private void checkName(String name, Place place, Set<Kind> allowed, String subject) {
    Kind kind = kinds.get(name);
    if (kind == null && Vocabulary.NUMBERS.containsKey(name)) {
      kind = Kind.NUMBER;
    }
    if (kind == null) {
      throw source.error(place, undefined(name));
    }
    if (kind == Kind.NET && allowed.contains(Kind.STATE)) {
      throw source.error(place, "%s is a net. Apply it to values: %1$s(…)".formatted(name));
    }
    if (!allowed.contains(kind)) {
      throw source.error(place, refusal(name, kind, allowed, subject));
    }
  }

  private static String refusal(String name, Kind kind, Set<Kind> allowed, String subject) {
    String use = allowed.contains(Kind.PARAMETER) ? "parameters and constants" : "constants";
    return "'%s' is %s; %s may use numbers%s only."
        .formatted(name, kind, subject, use.equals("constants") ? " and constants" : ", " + use);
  }

  private String undefined(String name) {
    String variable = name.replace("'", "");
    if (!variable.equals(name) && kinds.get(variable) == Kind.STATE) {
      return "%s is not a state but what its equation gives. Name that right-hand side with let and use the name."
          .formatted(name);
    }
    List<String> candidates = new ArrayList<>(kinds.keySet());
    candidates.addAll(List.of("pi", "e"));
    String hint =
        Vocabulary.synonym(name)
            .or(() -> Names.nearest(name, candidates))
            .map(" Did you mean '%s'?"::formatted)
            .orElse(
                variable.equals(name)
                    ? " Add a line: param %s = 1".formatted(name)
                    : " An equation %s' = … makes it a state.".formatted(name));
    return "'%s' is not defined. Known: %s.%s".formatted(name, known(), hint);
  }
}
