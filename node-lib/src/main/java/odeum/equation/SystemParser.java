package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import odeum.equation.Definition.Assignment;
import odeum.equation.Definition.Boundary;
import odeum.equation.Definition.Crossing;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Input;
import odeum.equation.Definition.Named;
import odeum.equation.Definition.Net;
import odeum.equation.Definition.Parameter;
import odeum.equation.Definition.Span;
import odeum.equation.Expression.Formula;
import odeum.tensor.Names;

/** Reads a body line by line. What its names mean is checked afterwards, by {@link Checks}. */
final class SystemParser {
  static final List<String> KEYWORDS =
      List.of("param", "const", "init", "time", "let", "net", "input", "boundary", "event");

  private final List<Equation> equations = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Net> nets = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final List<Named> constants = new ArrayList<>();
  private final List<Assignment> initials = new ArrayList<>();
  private final List<Named> lets = new ArrayList<>();
  private final List<Crossing> events = new ArrayList<>();
  private final List<Boundary> boundaries = new ArrayList<>();
  private final Source source;
  private Optional<Span> span = Optional.empty();

  /** How many lines were taken. */
  private int taken;

  private SystemParser(Source source) {
    this.source = source;
  }

  static Definition parse(Source source) {
    SystemParser parser = new SystemParser(source);
    Optional<Cursor> line = parser.following();
    while (line.isPresent()) {
      parser.line(line.get());
      line = parser.following();
    }
    return new Definition(
        source,
        parser.equations,
        parser.parameters,
        parser.nets,
        parser.inputs,
        parser.constants,
        parser.initials,
        parser.lets,
        parser.span,
        parser.events,
        parser.boundaries);
  }

  /** The next line that has something in it, which is then taken. */
  private Optional<Cursor> following() {
    while (taken < source.lines().size()) {
      List<Token> tokens = Lexer.tokens(source.lines().get(taken), taken + 1);
      taken++;
      if (!tokens.getFirst().isEnd()) {
        return Optional.of(new Cursor(source, tokens));
      }
    }
    return Optional.empty();
  }

  private void line(Cursor cursor) {
    Stubs.refuse(cursor);
    Token first = cursor.peek();
    if (cursor.find(token -> token.isName() && token.text().matches("dW\\d*")).isPresent()) {
      throw cursor.error(cursor.whole(), Later.NOISE);
    }
    if (first.isName() && cursor.peek(1).is("=")) {
      equation(cursor);
      return;
    }
    OtherNotations.refuse(cursor);
    if (first.isName() && !KEYWORDS.contains(first.text()) && cursor.peek(1).is("[")) {
      equations.add(new GridParser(cursor).equation());
      return;
    }
    if (first.is("(") && cursor.peek(1).isName()) {
      equations.addAll(new TupleParser(cursor).equations());
      return;
    }
    if (!first.isName()) {
      throw cursor.error(first, unknown(first));
    }
    cursor.next();
    switch (first.text()) {
      case "param" -> list(cursor, "param a = 1", true, parameters::add);
      case "const" -> list(cursor, "const c = 3", false, item -> constants.add(item.named()));
      case "init" -> initials(cursor);
      case "let" -> {
        if (cursor.peek().is("(")) {
          lets.addAll(new TupleParser(cursor).lets());
        } else {
          list(cursor, "let r = x*y", false, item -> lets.add(item.named()));
        }
      }
      case "time" -> time(cursor);
      case "event" -> events.add(new EventParser(cursor, this::following).parse());
      case "net" -> nets.addAll(new NetParser(cursor).parse());
      case "boundary" -> boundaries.addAll(new GridParser(cursor).boundaries());
      case "input" -> inputs.addAll(new InputParser(cursor).parse());
      case "ito", "stratonovich" -> throw cursor.error(first, Later.NOISE);
      default -> throw cursor.error(first, unknown(first));
    }
  }

  private static String unknown(Token first) {
    Optional<String> meant =
        first.isName() ? Names.nearest(first.text(), KEYWORDS) : Optional.empty();
    return "A line begins with x' = …, %s. Got '%s'.%s"
        .formatted(
            String.join(", ", KEYWORDS).replace(", event", " or event"),
            first.text(),
            meant.map(" Did you mean '%s'?"::formatted).orElse(""));
  }

  private void equation(Cursor cursor) {
    Token left = cursor.next();
    cursor.next();
    String variable = left.text().replace("'", "");
    int order = left.text().length() - variable.length();
    if (order == 0) {
      throw cursor.error(left, OtherNotations.missingPrime(cursor, variable));
    }
    Formula right = formula(cursor, left.text());
    end(cursor);
    equations.add(new Equation(variable, order, left.place(), right, Optional.empty()));
  }

  private void initials(Cursor cursor) {
    String example = "init x = 1";
    do {
      boolean grid = cursor.peek().isName() && cursor.peek(1).is("[");
      Target target;
      if (grid) {
        target = new GridParser(cursor).target(example);
        cursor.expect("=", "init u[i] = 0");
      } else {
        Token name = leftName(cursor, example);
        target = new Target(name.text(), Optional.empty(), name.place());
      }
      initials.add(new Assignment(target, formula(cursor, target.toString())));
      refuseMissingComma(cursor);
    } while (cursor.accept(","));
    if (cursor.peek().isName("for")) {
      throw cursor.error(
          cursor.rest(), "A start value is for all points of its grid; leave the range out.");
    }
    end(cursor);
  }

  static void refuseMissingComma(Cursor cursor) {
    if (cursor.peek().isName() && cursor.peek(1).is("=")) {
      throw cursor.error(
          cursor.peek(), "A ',' is missing before '%s'.".formatted(cursor.peek().text()));
    }
  }

  private void list(Cursor cursor, String example, boolean bounded, Consumer<Parameter> target) {
    do {
      Token name = leftName(cursor, example);
      Named named = new Named(name.text(), name.place(), formula(cursor, name.text()));
      target.accept(bounded && cursor.acceptName("in") ? bounds(cursor, named) : unbounded(named));
      refuseMissingComma(cursor);
    } while (cursor.accept(","));
    end(cursor);
  }

  /** {@return the name of a definition, taken together with its '='} */
  static Token leftName(Cursor cursor, String example) {
    Token name = cursor.peek();
    if (name.kind() == Token.Kind.NUMBER && cursor.last().is(",")) {
      throw cursor.error(
          name, "A name is expected here. Numbers have a decimal point, such as 1.5");
    }
    if (!name.isName()) {
      throw cursor.error(
          name.isEnd() ? cursor.last() : name, "A name is expected here, as in: " + example);
    }
    cursor.next();
    if (cursor.peek().is("[")) {
      throw cursor.error(cursor.peek(), "Only a grid has an index, as in: " + GridParser.EQUATION);
    }
    if (cursor.peek().is("(")) {
      throw cursor.error(cursor.peek(), "Only a name stands before the '=', as in: " + example);
    }
    cursor.expect("=", example);
    return name;
  }

  private static Parameter unbounded(Named named) {
    return new Parameter(named, Optional.empty(), Optional.empty());
  }

  private Parameter bounds(Cursor cursor, Named named) {
    String subject = "The bound of " + named.name();
    Optional<Formula> low =
        cursor.peek().is("..") ? Optional.empty() : Optional.of(formula(cursor, subject));
    cursor.expect("..", "param %s = 1 in 0..5".formatted(named.name()));
    boolean open = cursor.peek().isEnd() || cursor.peek().is(",");
    return new Parameter(
        named, low, open ? Optional.empty() : Optional.of(formula(cursor, subject)));
  }

  private void time(Cursor cursor) {
    Place place = cursor.last().place();
    if (!cursor.has("..")) {
      throw cursor.error(cursor.whole(), "A time span is written with '..', as in: time 0 .. 10");
    }
    if (span.isPresent()) {
      throw cursor.error(
          place,
          "The time span is given twice, first in line %s.".formatted(span.get().place().line()));
    }
    cursor.acceptName("t");
    cursor.acceptName("in");
    Formula from = formula(cursor, "The start of the time span");
    cursor.expect("..", "time 0 .. 10");
    Formula to = formula(cursor, "The end of the time span");
    end(cursor);
    span = Optional.of(new Span(place, from, to));
  }

  static Formula formula(Cursor cursor, String subject) {
    int start = cursor.position();
    Expression expression = new ExpressionParser(cursor).parse(subject);
    return new Formula(expression, cursor.placeFrom(start));
  }

  static void end(Cursor cursor) {
    if (!cursor.peek().isEnd()) {
      throw Unexpected.after(cursor, "The end of the line");
    }
  }
}
