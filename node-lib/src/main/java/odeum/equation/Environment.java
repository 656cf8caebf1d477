package odeum.equation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Computes formulas on traced values. What depends on numbers alone stays a number.
 *
 * <p>An index makes an axis: inside {@code for i in 1..n} a value has the shape {@code (n)}, inside
 * a sum over j as well {@code (m, n)}. Values that do not depend on an index have no axis for it,
 * or one of extent 1.
 */
final class Environment {
  private sealed interface Value {}

  private record Known(double number) implements Value {}

  private record Unknown(Tracer tracer) implements Value {}

  private final Tracer anchor;
  private final Source source;
  private final Map<String, Double> numbers;
  private final BiFunction<String, Tracer, Tracer> nets;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, GridArray> grids = new HashMap<>();
  private final Map<String, Points> axes = new LinkedHashMap<>();

  /**
   * An environment in the trace of {@code anchor}.
   *
   * @param source for messages
   * @param numbers what it knows
   * @param nets a network by name applied to its inputs, shape {@code (inputs)}, or to many, shape
   *     {@code (inputs, count)}
   */
  Environment(
      Tracer anchor,
      Source source,
      Map<String, Double> numbers,
      BiFunction<String, Tracer, Tracer> nets) {
    this.anchor = anchor;
    this.source = source;
    this.numbers = numbers;
    this.nets = nets;
    numbers.forEach((name, number) -> values.put(name, new Known(number)));
  }

  /** Gives a name to a traced number. */
  void put(String name, Tracer tracer) {
    values.put(name, new Unknown(tracer));
  }

  /** Gives a name to what a formula computes. */
  void put(String name, Expression expression) {
    values.put(name, value(expression));
  }

  /** Gives a name to a grid. */
  void put(String name, GridArray grid) {
    grids.put(name, grid);
  }

  /** {@return what a formula computes, shape {@code ()}; within an index with its axis} */
  Tracer trace(Expression expression) {
    return tracer(value(expression));
  }

  /** {@return what a formula computes at all points of an index, shape {@code (points)}} */
  Tracer trace(Expression expression, String index, Points points) {
    axes.put(index, points);
    Tracer traced = trace(expression);
    axes.remove(index);
    return traced.broadcast(Shape.of(points.size()));
  }

  /** {@return what a formula computes without the indices around it, shape {@code ()}} */
  Tracer apart(Expression expression) {
    Map<String, Points> outer = new LinkedHashMap<>(axes);
    axes.clear();
    Tracer traced = trace(expression);
    axes.putAll(outer);
    return traced;
  }

  private Value value(Expression expression) {
    return switch (expression) {
      case Expression.Number(double number) -> new Known(number);
      case Expression.Name(String name, Place _) -> name(name);
      case Expression.Negate(Expression operand) ->
          switch (value(operand)) {
            case Known(double number) -> new Known(-number);
            case Unknown(Tracer tracer) -> new Unknown(tracer.unaryMinus());
          };
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          binary(operator, value(left), value(right));
      case Expression.Call call -> {
        Optional<Function> function = Function.named(call.function());
        yield function.isPresent()
            ? call(function.get(), call.arguments().stream().map(this::value).toList())
            : new Unknown(output(call, 0));
      }
      case Expression.Part(Expression.Call call, int index, int _) ->
          new Unknown(output(call, index));
      case Expression.Element element -> new Unknown(element(element));
      case Expression.Total total -> new Unknown(total(total));
      case Expression.Stiff(Expression operand, Place _) -> value(operand);
    };
  }

  private Value name(String name) {
    Points points = axes.get(name);
    if (points != null) {
      double[] indices = points.indices().asDoubleStream().toArray();
      return new Unknown(anchor.constant(Tensor.of(shape(List.of(name)), indices)));
    }
    return values.containsKey(name) ? values.get(name) : new Known(Vocabulary.NUMBERS.get(name));
  }

  /** The shape of what depends on these indices. */
  private Shape shape(List<String> indices) {
    Shape shape = Shape.of();
    boolean begun = false;
    for (String axis : List.copyOf(axes.keySet()).reversed()) {
      boolean depends = indices.contains(axis);
      begun |= depends;
      if (begun) {
        shape = shape.append(depends ? axes.get(axis).size() : 1);
      }
    }
    return shape;
  }

  private Tracer element(Expression.Element element) {
    GridArray grid = grids.get(element.grid());
    List<String> uses = List.copyOf(Expressions.names(element.index()));
    List<String> indices = axes.keySet().stream().filter(uses::contains).toList().reversed();
    Shape shape = shape(indices);
    int[] at = new int[shape.size()];
    Map<String, Double> names = new HashMap<>(numbers);
    for (int k = 0; k < at.length; k++) {
      int rest = k;
      for (String index : indices.reversed()) {
        Points points = axes.get(index);
        names.put(index, (double) points.first() + rest % points.size());
        rest /= points.size();
      }
      at[k] = index(element, grid, names, indices);
    }
    return indices.isEmpty() ? grid.at(at[0]) : grid.at(at).reshape(shape);
  }

  private int index(
      Expression.Element element, GridArray grid, Map<String, Double> names, List<String> indices) {
    double index = Expressions.value(element.index(), names);
    String where =
        indices.isEmpty()
            ? ""
            : " at "
                + String.join(
                    ", ",
                    indices.stream().map(i -> i + " = " + Text.number(names.get(i))).toList());
    if (index != Math.rint(index) || Math.abs(index) > 1e9) {
      throw source.error(
          element.place(),
          "An index is a whole number, got %s%s.".formatted(Text.number(index), where));
    }
    if (!grid.has((int) index)) {
      throw source.error(element.place(), beyond(element, grid, (int) index, where));
    }
    return (int) index;
  }

  private static String beyond(
      Expression.Element element, GridArray grid, int index, String where) {
    String name = element.grid();
    String written = Text.of(element);
    String value = Layout.element(name, Integer.toString(index));
    String first = Layout.element(name, Integer.toString(grid.points().first()));
    String last = Layout.element(name, Integer.toString(grid.points().last()));
    String what = written.equals(value) ? written : written + " is " + value + where + " and so";
    return "%s lies beyond the grid %s..%s. %s"
        .formatted(
            what,
            first,
            last,
            grid.edges().isPresent()
                ? "A boundary reaches as far as the grid is long."
                : "Add a line: boundary %s = 0 ; or periodic, or insulated.".formatted(name));
  }

  private Tracer total(Expression.Total total) {
    if (total.range().isEmpty()) {
      Tracer all = grids.get(((Expression.Name) total.body()).text()).all();
      return total.mean() ? all.mean() : all.sum();
    }
    Expression.Range range = total.range().get();
    Points points = Points.of(source, range, numbers);
    axes.put(range.index(), points);
    Tracer body = trace(total.body());
    axes.remove(range.index());
    boolean varies = body.shape().rank() > axes.size();
    Tracer sum = varies ? body.sum(0) : body.times(points.size());
    return total.mean() ? sum.div(points.size()) : sum;
  }

  /** One of the values that a network gives; a trace knows equal calls. */
  private Tracer output(Expression.Call call, int index) {
    List<Tracer> arguments = call.arguments().stream().map(this::trace).toList();
    Shape shape = arguments.stream().map(Tracer::shape).reduce(Shape.of(), Environment::common);
    if (shape.rank() == 0) {
      return nets.apply(call.function(), Tracer.stack(arguments)).get(index);
    }
    Tracer inputs =
        Tracer.stack(arguments.stream().map(it -> it.broadcast(shape).flatten()).toList());
    return nets.apply(call.function(), inputs).get(index).reshape(shape);
  }

  /** The shape that two values have together; extents are equal or 1. */
  private static Shape common(Shape a, Shape b) {
    Shape longer = a.rank() < b.rank() ? b : a;
    Shape shorter = a.rank() < b.rank() ? a : b;
    int more = longer.rank() - shorter.rank();
    for (int axis = 0; axis < shorter.rank(); axis++) {
      longer = longer.with(more + axis, Math.max(longer.extent(more + axis), shorter.extent(axis)));
    }
    return longer;
  }

  private Value binary(Operator operator, Value left, Value right) {
    if (left instanceof Known(double a) && right instanceof Known(double b)) {
      return new Known(operator.apply(a, b));
    }
    if (operator == Operator.POWER && right instanceof Known(double exponent)) {
      return new Unknown(tracer(left).pow(exponent));
    }
    return new Unknown(operator.apply(tracer(left), tracer(right)));
  }

  private Value call(Function function, List<Value> arguments) {
    double[] numbers = new double[arguments.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(arguments.get(i) instanceof Known(double number))) {
        return new Unknown(function.apply(arguments.stream().map(this::tracer).toList()));
      }
      numbers[i] = number;
    }
    return new Known(function.apply(numbers));
  }

  private Tracer tracer(Value value) {
    return switch (value) {
      case Known(double number) -> anchor.constant(number);
      case Unknown(Tracer tracer) -> tracer;
    };
  }
}
