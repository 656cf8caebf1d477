package odeum.equation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.compile.NotFinite;
import odeum.compile.Program;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;
import odeum.equation.Expression.Formula;
import odeum.equation.Layout.Block;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.solver.Trouble;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * Finds the part of a formula that is not a finite number though all it is made of is. Each part is
 * traced like the whole, so that grids and nets mean the same.
 */
final class FirstNotFinite {
  private static final int PARAMETERS = 2;

  private final Definition definition;
  private final Nets nets;
  private final Values values;
  private final List<Tensor> inputs;
  private final Map<String, Formula> lets = new HashMap<>();

  /** The index that formulas have here, if there is one. */
  private record Scope(Optional<String> index, Optional<Points> points) {
    static final Scope NUMBERS = new Scope(Optional.empty(), Optional.empty());
  }

  /** A part of a formula, and where the formula is written. */
  private record Part(Expression expression, Formula formula, NotFinite cause) {}

  FirstNotFinite(Definition definition, Nets nets, Values values, double t, Tensor state) {
    this.definition = definition;
    this.nets = nets;
    this.values = values;
    this.inputs = List.of(Tensor.scalar(t), state, values.parameters().flat());
    for (Named let : definition.lets()) {
      lets.put(let.name(), let.value());
    }
  }

  /** {@return the first derivative that is not finite, and why} */
  Optional<Trouble> find() {
    for (Block block : values.layout().blocks()) {
      Equation equation = block.equation();
      if (!block.highest()) {
        continue;
      }
      Scope scope = new Scope(equation.range().map(Expression.Range::index), block.points());
      Optional<Part> part = in(equation.right().expression(), equation.right(), scope);
      if (part.isPresent()) {
        int point = firstBad(values(equation.right().expression(), scope));
        String name = values.layout().names().get(block.offset() + point);
        return part.map(it -> new Trouble(name, it.cause, source(it)));
      }
    }
    return Optional.empty();
  }

  private Optional<Part> in(Expression expression, Formula formula, Scope scope) {
    if (firstBad(values(expression, scope)) < 0) {
      return Optional.empty();
    }
    if (expression instanceof Expression.Name(String name, Place _) && lets.containsKey(name)) {
      return in(lets.get(name).expression(), lets.get(name), Scope.NUMBERS);
    }
    Optional<Part> inside = Optional.empty();
    if (expression instanceof Expression.Total(var _, Expression body, var range, Place _)) {
      if (range.isPresent() && scope.index().isEmpty()) {
        Points points = Points.of(definition.source(), range.get(), values.constants());
        Scope own = new Scope(Optional.of(range.get().index()), Optional.of(points));
        inside = in(body, formula, own);
      }
    } else {
      for (Expression operand : operands(expression)) {
        inside = inside.isPresent() ? inside : in(operand, formula, scope);
      }
    }
    return inside.isPresent()
        ? inside
        : Optional.of(new Part(expression, formula, cause(expression, scope)));
  }

  private static List<Expression> operands(Expression expression) {
    return switch (expression) {
      case Expression.Number _, Expression.Name _, Expression.Element _, Expression.Total _ ->
          List.of();
      case Expression.Negate(Expression operand) -> List.of(operand);
      case Expression.Stiff(Expression operand, Place _) -> List.of(operand);
      case Expression.Binary(Operator _, Expression left, Expression right) -> List.of(left, right);
      case Expression.Call call -> call.arguments();
      case Expression.Part(Expression.Call call, int _, int _) -> call.arguments();
    };
  }

  private Graph graph(Expression expression, Scope scope) {
    Structure parameters = values.parameters().structure();
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    return Graph.trace(
        shapes,
        in -> {
          Traced p = new Traced(parameters, in.get(PARAMETERS));
          Environment environment =
              Traces.environment(definition, values, nets, in.get(0), in.get(1), p);
          return List.of(
              scope
                  .index()
                  .map(index -> environment.trace(expression, index, scope.points().orElseThrow()))
                  .orElseGet(() -> environment.trace(expression)));
        });
  }

  private Tensor values(Expression expression, Scope scope) {
    return Program.of(graph(expression, scope)).run(inputs).getFirst();
  }

  private static int firstBad(Tensor tensor) {
    return IntStream.range(0, tensor.size())
        .filter(i -> !Double.isFinite(tensor.at(i)))
        .findFirst()
        .orElse(-1);
  }

  private NotFinite cause(Expression expression, Scope scope) {
    NotFinite found =
        NotFinite.find(
                graph(expression, scope), inputs, PARAMETERS, values.parameters().structure())
            .orElseThrow();
    boolean given = found.op() instanceof Op.Input || found.op() instanceof Op.Constant;
    String words = given ? Text.of(expression) : found.words();
    String net =
        expression instanceof Expression.Call call && nets.has(call.function())
            ? call.function()
            : expression instanceof Expression.Part part ? part.call().function() : "";
    boolean named = net.isEmpty() || words.startsWith("net ");
    return new NotFinite(found.op(), found.nan(), named ? words : "net " + net + ", " + words);
  }

  /** The line a part stands in with the part underlined, or the whole formula. */
  private String source(Part part) {
    Place place = part.formula.place();
    String line = definition.source().lines().get(place.line() - 1);
    Place narrow = Text.find(Text.of(part.expression), line, place).orElse(place);
    return definition.source().error(narrow, "").caret();
  }
}
