package odeum.equation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import odeum.equation.Expression.Formula;
import odeum.equation.Expression.Range;

/** What the names of a system mean, and whether a formula may use them. */
final class Scope {
  /** What a name stands for. */
  enum Kind {
    PARAMETER("a parameter"),
    CONSTANT("a constant"),
    STATE("a state"),
    GRID("a grid"),
    INDEX("an index"),
    LET("a let"),
    NET("a net"),
    INPUT("an input"),
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

  private static final Set<Kind> STATES = EnumSet.of(Kind.STATE, Kind.GRID);

  private record Declaration(String name, Kind kind, Place place) {}

  private final Source source;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final CallCheck calls;
  private final UndefinedNames undefined = new UndefinedNames(kinds);

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
        .forEach(e -> e.states().forEach(s -> all.add(new Declaration(s, kind(e), e.place()))));
    definition.lets().forEach(l -> all.add(new Declaration(l.name(), Kind.LET, l.place())));
    definition.inputs().forEach(u -> all.add(new Declaration(u.name(), Kind.INPUT, u.place())));
    definition.nets().forEach(n -> all.add(new Declaration(n.name(), Kind.NET, n.place())));
    return all;
  }

  private static Kind kind(Definition.Equation equation) {
    return equation.range().isPresent() ? Kind.GRID : Kind.STATE;
  }

  private void refuseReserved(List<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      Optional<String> meaning =
          declaration.kind() == Kind.NET && Vocabulary.isGridFunction(declaration.name())
              ? Optional.of("a function")
              : Vocabulary.meaning(declaration.name());
      if (meaning.isPresent()) {
        throw source.error(
            declaration.place(),
            "'%s' is %s. Choose another name.".formatted(declaration.name(), meaning.get()));
      }
      if (!STATES.contains(declaration.kind()) && declaration.name().endsWith("'")) {
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
            STATES.contains(first.kind()) && STATES.contains(second.kind())
                ? "%s has two equations, the first in line %s."
                    .formatted(second.name(), first.place().line())
                : "'%s' is defined twice, first as %s in line %s."
                    .formatted(second.name(), first.kind(), first.place().line());
        throw source.error(second.place(), problem);
      }
    }
  }

  /** {@return what a name stands for, if it is declared} */
  Optional<Kind> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** Does checks in which a name is the index of a grid or of a sum. */
  void within(String index, Place place, Runnable checks) {
    Optional<String> meaning = Vocabulary.meaning(index);
    if (meaning.isPresent() || kinds.containsKey(index) || index.endsWith("'")) {
      throw source.error(
          place,
          index.endsWith("'")
              ? "An index has no primes."
              : "'%s' is %s. Choose another index, such as %s."
                  .formatted(
                      index,
                      meaning.orElseGet(() -> kinds.get(index).toString()),
                      kinds.containsKey("i") ? "j" : "i"));
    }
    kinds.put(index, Kind.INDEX);
    checks.run();
    kinds.remove(index);
  }

  /** Checks the bounds of a range, then something inside it. */
  void within(Range range, Runnable checks) {
    check(range.from(), CONSTANTS, "a range");
    check(range.to(), CONSTANTS, "a range");
    within(range.index(), range.place(), checks);
  }

  /** Checks that a formula uses only what exists, and of that only these kinds. */
  void check(Formula formula, Set<Kind> allowed, String subject) {
    check(formula.expression(), allowed, subject);
  }

  /** Checks the right-hand side of an equation, of which whole terms may be stiff. */
  void checkEquation(Expression right) {
    switch (right) {
      case Expression.Stiff(Expression operand, Place _) -> check(operand, ALL, "");
      case Expression.Negate(Expression operand) -> checkEquation(operand);
      case Expression.Binary(Operator operator, Expression left, Expression other)
          when operator.isSum() -> {
        checkEquation(left);
        checkEquation(other);
      }
      default -> check(right, ALL, "");
    }
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
      case Expression.Element element -> {
        checkGrid(element.grid(), element.place(), allowed, subject);
        check(element.index(), CONSTANTS, "an index");
      }
      case Expression.Total total -> checkTotal(total, allowed, subject);
      case Expression.Stiff(Expression _, Place place) ->
          throw source.error(
              place,
              "stiff(…) marks a whole term of an equation, behind its '=', a '+' or a '-': x' = stiff(-1000*x) + sin(t)");
    }
  }

  private void checkTotal(Expression.Total total, Set<Kind> allowed, String subject) {
    if (!allowed.contains(Kind.PARAMETER)) {
      throw source.error(
          total.place(),
          "'%s' has no place here; %s is one formula.".formatted(total.function(), subject));
    }
    if (total.range().isPresent()) {
      within(total.range().get(), () -> check(total.body(), allowed, subject));
    } else if (total.body() instanceof Expression.Name(String name, Place place)) {
      checkGrid(name, place, allowed, subject);
    }
  }

  private void checkGrid(String name, Place place, Set<Kind> allowed, String subject) {
    Kind kind = kinds.get(name);
    if (kind == Kind.GRID && !allowed.contains(Kind.GRID)) {
      throw source.error(place, refusal(name, kind, allowed, subject));
    }
    if (kind == null && !Vocabulary.NUMBERS.containsKey(name)) {
      throw source.error(place, undefined.grid(name));
    }
    if (kind != Kind.GRID) {
      throw source.error(
          place,
          "%s is %s, not a grid. A grid has the equation %s"
              .formatted(
                  name,
                  kind == null ? Kind.NUMBER : kind,
                  GridParser.EQUATION.replace("u", name.replace("'", ""))));
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
      throw source.error(place, undefined.name(name));
    }
    if (kind == Kind.NET && allowed.contains(Kind.STATE)) {
      throw source.error(place, "%s is a net. Apply it to values: %1$s(…)".formatted(name));
    }
    if (kind == Kind.GRID && allowed.contains(Kind.GRID)) {
      throw source.error(
          place,
          "%s is a grid. Take one of its values, as in %s, or all: sum(%1$s), mean(%1$s)."
              .formatted(name, Layout.element(name, kinds.containsValue(Kind.INDEX) ? "i" : "1")));
    }
    if (kind != Kind.INDEX && !allowed.contains(kind)) {
      throw source.error(place, refusal(name, kind, allowed, subject));
    }
  }

  private static String refusal(String name, Kind kind, Set<Kind> allowed, String subject) {
    String use = allowed.contains(Kind.PARAMETER) ? "parameters and constants" : "constants";
    return "'%s' is %s; %s may use numbers%s only."
        .formatted(name, kind, subject, use.equals("constants") ? " and constants" : ", " + use);
  }
}
