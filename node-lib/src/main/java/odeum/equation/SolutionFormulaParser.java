package odeum.equation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import odeum.equation.Expression.Formula;
import odeum.equation.Scope.Kind;
import odeum.equation.SolutionFormula.Reading;
import odeum.tensor.Names;

/** Reads a {@link SolutionFormula}: a formula in which some calls read the solution. */
final class SolutionFormulaParser {
  private static final String LAST = "last";
  private static final String INTEGRAL = "integral";
  private static final Set<Kind> OVER_TIME = EnumSet.of(Kind.STATE, Kind.LET, Kind.INPUT);

  /**
   * What was read.
   *
   * @param text as written
   * @param value the formula, with a name for each part that reads the solution
   * @param readings what is read at a time
   * @param integrands what is summed up over time
   */
  record Parsed(
      String text, Expression value, List<Reading> readings, List<Expression> integrands) {
    Parsed {
      readings = List.copyOf(readings);
      integrands = List.copyOf(integrands);
    }
  }

  private final Source source;
  private final Scope scope;
  private final String example;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Expression> integrands = new ArrayList<>();

  private SolutionFormulaParser(Source source, Definition definition, Nets nets) {
    this.source = source;
    this.scope = new Scope(definition, nets, source);
    this.example = definition.states().getFirst();
  }

  static Parsed parse(String text, Definition definition, Nets nets) {
    String line = text.strip().replaceAll("\\R", " ");
    Source source = Source.of("", line);
    Cursor cursor = new Cursor(source, Lexer.tokens(line, 1));
    SolutionFormulaParser parser = new SolutionFormulaParser(source, definition, nets);
    if (cursor.peek().isEnd()) {
      throw source.error(parser.hint("The formula is empty. It reads the solution: "));
    }
    Expression written = new ExpressionParser(cursor).parse("The formula");
    if (!cursor.peek().isEnd()) {
      throw Unexpected.after(cursor, "The end of the formula");
    }
    Expression value = parser.outside(written);
    if (parser.readings.isEmpty() && parser.integrands.isEmpty()) {
      throw cursor.error(
          cursor.whole(), parser.hint("This does not depend on the solution. It is read by "));
    }
    return new Parsed(line, value, parser.readings, parser.integrands);
  }

  /** {@return the name that stands for a reading in a formula; no user's name has a blank} */
  static String reading(int index) {
    return "reading " + index;
  }

  static String integral(int index) {
    return "integral " + index;
  }

  /** Takes the readings out of a formula. */
  private Expression outside(Expression expression) {
    return switch (expression) {
      case Expression.Number number -> number;
      case Expression.Part part -> part;
      case Expression.Name name -> constant(name);
      case Expression.Negate(Expression operand) -> new Expression.Negate(outside(operand));
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          new Expression.Binary(operator, outside(left), outside(right));
      case Expression.Call call -> call(call);
      case Expression.Stiff(Expression operand, Place _) -> outside(operand);
      case Expression.Element(String grid, Expression _, Place place) -> throw over(grid, place);
      case Expression.Total total -> throw over(total.function(), total.place());
    };
  }

  /** A grid or a sum over it, outside of what is read. */
  private EquationException over(String what, Place place) {
    return source.error(
        place,
        "%s changes over time. Say what is meant, such as last(…) or integral(…) of it."
            .formatted(what));
  }

  private Expression call(Expression.Call call) {
    String name = call.function();
    if (isOver(name)) {
      return reading(call, new Expression.Name(name, call.place()), time(call));
    }
    if (name.equals(LAST)) {
      Expression end = new Expression.Name(SolutionFormula.END, call.place());
      return reading(call, only(call, LAST), end);
    }
    if (name.equals(INTEGRAL)) {
      Expression integrand = only(call, INTEGRAL);
      within(integrand);
      scope.check(new Formula(integrand, call.place()), Scope.ALL, "");
      integrands.add(integrand);
      return new Expression.Name(integral(integrands.size() - 1), call.place());
    }
    if (Function.named(name).isEmpty() && nearReading(name).isPresent()) {
      throw source.error(
          call.place(),
          "'%s' is not a function. Did you mean '%s'?".formatted(name, nearReading(name).get()));
    }
    List<Expression> arguments = call.arguments().stream().map(this::outside).toList();
    List<Expression> numbers = new ArrayList<>();
    arguments.forEach(_ -> numbers.add(new Expression.Number(0)));
    Expression.Call bare = new Expression.Call(name, numbers, call.place());
    scope.check(new Formula(bare, call.place()), Scope.KNOWN_AT_START, "this formula");
    return new Expression.Call(name, arguments, call.place());
  }

  private Optional<String> nearReading(String name) {
    return scope.kind(name).isEmpty() && Vocabulary.synonym(name).isEmpty()
        ? Names.nearest(name, List.of(LAST, INTEGRAL))
        : Optional.empty();
  }

  private boolean isOver(String name) {
    return scope.kind(name).filter(OVER_TIME::contains).isPresent();
  }

  private Expression reading(Expression.Call call, Expression what, Expression time) {
    within(what);
    scope.check(new Formula(what, call.place()), Scope.ALL, "");
    readings.add(new Reading(what, time));
    return new Expression.Name(reading(readings.size() - 1), call.place());
  }

  /** {@return the time in {@code x(10)}} */
  private Expression time(Expression.Call call) {
    if (call.arguments().size() != 1) {
      throw source.error(
          call.place(),
          "%s is read at one time: %1$s(10), got %s."
              .formatted(call.function(), call.arguments().size()));
    }
    Expression time = call.arguments().getFirst();
    if (time instanceof Expression.Name(String name, Place place) && name.equals(Vocabulary.TIME)) {
      throw source.error(
          place, "Say at which time: %s(10), or last(%1$s).".formatted(call.function()));
    }
    int before = readings.size() + integrands.size();
    Expression computed = outside(time);
    if (readings.size() + integrands.size() > before) {
      throw source.error(
          call.place(),
          "The time at which %s is read may not depend on the solution."
              .formatted(call.function()));
    }
    return computed;
  }

  private Expression only(Expression.Call call, String name) {
    if (call.arguments().size() != 1) {
      throw source.error(
          call.place(),
          "%s takes one formula, as in %1$s(%s); got %s."
              .formatted(name, example, call.arguments().size()));
    }
    return call.arguments().getFirst();
  }

  /** Refuses what reads the solution inside what is read already. */
  private void within(Expression expression) {
    switch (expression) {
      case Expression.Number _, Expression.Name _ -> {}
      case Expression.Negate(Expression operand) -> within(operand);
      case Expression.Binary(Operator _, Expression left, Expression right) -> {
        within(left);
        within(right);
      }
      case Expression.Stiff(Expression operand, Place _) -> within(operand);
      case Expression.Element element -> within(element.index());
      case Expression.Total total -> within(total.body());
      case Expression.Part part -> within(part.call());
      case Expression.Call call -> {
        if (isOver(call.function())
            || call.function().equals(LAST)
            || call.function().equals(INTEGRAL)) {
          throw source.error(
              call.place(),
              "Inside of last and integral everything is at one time: write x, not %s(…)."
                  .formatted(call.function()));
        }
        call.arguments().forEach(this::within);
      }
    }
  }

  /** A name outside of every reading: a number that the solution does not change. */
  private Expression constant(Expression.Name name) {
    String text = name.text();
    Optional<Kind> kind = scope.kind(text);
    boolean end = text.equals(SolutionFormula.START) || text.equals(SolutionFormula.END);
    if (end && kind.isEmpty()) {
      return name;
    }
    if (kind.isPresent() && (OVER_TIME.contains(kind.get()) || kind.get() == Kind.TIME)) {
      String problem =
          kind.get() == Kind.TIME
              ? "Time has no one value here. The ends of the span are t0 and t1."
              : "%s changes over time. Say what is meant: %1$s(10), last(%1$s) or integral(%1$s)."
                  .formatted(text);
      throw source.error(name.place(), problem);
    }
    scope.check(new Formula(name, name.place()), Scope.KNOWN_AT_START, "this formula");
    return name;
  }

  private String hint(String problem) {
    return problem + "%s(10), last(%1$s) or integral(%1$s).".formatted(example);
  }
}
