package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Definition.Crossing;

/** A system typeset: aligned equations, then start values and numbers. */
final class Latex {
  private static final int ITEMS_PER_LINE = 5;

  private Latex() {}

  static String of(Definition definition, Changes changes, Values values, Nets nets) {
    List<String> lines = new ArrayList<>();
    Equality.equations(definition).forEach(equation -> lines.add(line(equation)));
    Equality.lets(definition).forEach(let -> lines.add(line(let)));
    for (String net : nets.names()) {
      lines.add(LatexNames.net(net) + " &= " + LatexNames.text(nets.text(net)));
    }
    values
        .inputs()
        .forEach(it -> lines.add(LatexNames.name(it.name()) + " &= " + LatexNames.text(it.text())));
    definition.boundaries().forEach(it -> lines.add(LatexGrids.boundary(it, values)));
    definition.events().stream()
        .filter(event -> !event.stops())
        .forEach(event -> lines.add(reset(event)));
    addWrapped(lines, starts(definition, changes, values));
    List<String> numbers = new ArrayList<>();
    for (String name : values.numbers()) {
      numbers.add(equality(name, values.parameters().get(name)));
    }
    values.constants().forEach((name, value) -> numbers.add(equality(name, value)));
    addWrapped(lines, numbers);
    return "\\begin{aligned}\n" + String.join(" \\\\\n", lines) + "\n\\end{aligned}";
  }

  private static String line(Equality equality) {
    List<String> names = equality.left().stream().map(LatexGrids::name).toList();
    String left = String.join(", ", names);
    return (names.size() == 1 ? left : "\\left(" + left + "\\right)")
        + " &= "
        + formula(equality.right())
        + equality.range().map(range -> ",\\quad " + LatexGrids.range(range)).orElse("");
  }

  /** What an event sets, and when. */
  private static String reset(Crossing event) {
    String sets =
        String.join(
            ",\\quad ",
            event.resets().stream()
                .map(
                    it ->
                        LatexGrids.target(it.target())
                            + " \\leftarrow "
                            + formula(it.value().expression()))
                .toList());
    String crossing =
        switch (event.direction()) {
          case RISING -> "\\text{ rising}";
          case FALLING -> "\\text{ falling}";
          case EITHER -> "";
        };
    return "&"
        + sets
        + "\\quad\\text{where } "
        + formula(event.left().expression())
        + " = "
        + formula(event.right().expression())
        + crossing;
  }

  private static List<String> starts(Definition definition, Changes changes, Values values) {
    String time = values.span().map(span -> number(span.start())).orElse("0");
    List<String> starts = new ArrayList<>();
    for (String state : definition.states()) {
      if (!changes.starts().containsKey(state)) {
        definition
            .initials(state)
            .forEach(
                it ->
                    starts.add(
                        start(
                            LatexGrids.target(it.target()),
                            time,
                            formula(it.value().expression()))));
      }
      values
          .layout()
          .block(state)
          .names()
          .filter(changes.starts()::containsKey)
          .forEach(
              it -> starts.add(start(LatexGrids.name(it), time, number(changes.starts().get(it)))));
    }
    return starts;
  }

  private static String start(String name, String time, String value) {
    return "%s(%s) &= %s".formatted(name, time, value);
  }

  private static String equality(String name, double value) {
    return LatexNames.name(name) + " &= " + number(value);
  }

  /** Several equalities a line; only the first of a line is aligned. */
  private static void addWrapped(List<String> lines, List<String> items) {
    for (int i = 0; i < items.size(); i += ITEMS_PER_LINE) {
      List<String> rest =
          new ArrayList<>(items.subList(i, Math.min(i + ITEMS_PER_LINE, items.size())));
      String first = rest.removeFirst();
      rest.replaceAll(item -> item.replace("&=", "="));
      rest.addFirst(first);
      lines.add(String.join(",\\quad ", rest));
    }
  }

  /** {@return a number; powers of ten as such} */
  static String number(double value) {
    String text = Text.number(value);
    int exponent = text.indexOf('e');
    if (exponent < 0) {
      return text;
    }
    String mantissa = text.substring(0, exponent);
    String power = "10^{" + text.substring(exponent + 1) + "}";
    return mantissa.equals("1") ? power : mantissa + " \\cdot " + power;
  }

  /** {@return a formula} */
  static String formula(Expression expression) {
    return switch (expression) {
      case Expression.Number(double value) -> number(value);
      case Expression.Name(String name, Place _) -> LatexNames.name(name);
      case Expression.Negate(Expression operand) ->
          "-" + within(operand, isSum(operand) || operand instanceof Expression.Negate);
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          binary(operator, left, right);
      case Expression.Call call ->
          LatexNames.call(call.function(), call.arguments().stream().map(Latex::formula).toList());
      case Expression.Part part -> formula(part.call());
      case Expression.Element(String grid, Expression index, Place _) ->
          LatexGrids.element(grid, formula(index));
      case Expression.Total total -> LatexGrids.total(total);
      case Expression.Stiff(Expression operand, Place _) ->
          "\\underbrace{" + formula(operand) + "}_{\\text{stiff}}";
    };
  }

  private static String binary(Operator operator, Expression left, Expression right) {
    return switch (operator) {
      case ADD -> formula(left) + " + " + within(right, right instanceof Expression.Negate);
      case SUBTRACT ->
          formula(left) + " - " + within(right, right instanceof Expression.Negate || isSum(right));
      case MULTIPLY ->
          product(
              within(left, isSum(left)),
              within(right, isSum(right) || right instanceof Expression.Negate));
      case DIVIDE -> "\\frac{" + formula(left) + "}{" + formula(right) + "}";
      case POWER -> "{" + within(left, !isSimple(left)) + "}^{" + formula(right) + "}";
    };
  }

  private static String product(String left, String right) {
    boolean digits = Character.isDigit(right.charAt(0));
    return left + (digits ? " \\cdot " : "\\,") + right;
  }

  static boolean isSum(Expression expression) {
    return Text.precedence(expression) == Operator.ADD.precedence();
  }

  private static boolean isSimple(Expression expression) {
    return expression instanceof Expression.Name
        || expression instanceof Expression.Number
        || expression instanceof Expression.Element;
  }

  static String within(Expression expression, boolean parentheses) {
    return parentheses ? "\\left(" + formula(expression) + "\\right)" : formula(expression);
  }
}
