package odeum.equation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.compile.NotFinite;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Formula;
import odeum.equation.Definition.Named;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.solver.Trouble;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Finds the part of a formula that is not a finite number though all it is made of is. */
final class FirstNotFinite {
  private final Definition definition;
  private final Nets nets;
  private final Parameters parameters;
  private final Map<String, Double> known;
  private final Map<String, Formula> lets = new HashMap<>();

  /** A part of a formula, and where the formula is written. */
  private record Part(Expression expression, Formula formula, NotFinite cause) {}

  FirstNotFinite(Definition definition, Nets nets, Values values, double t, Tensor state) {
    this.definition = definition;
    this.nets = nets;
    this.parameters = values.parameters();
    this.known = new HashMap<>(values.constants());
    values.numbers().forEach(name -> known.put(name, parameters.get(name)));
    List<String> states = definition.states();
    for (int i = 0; i < states.size(); i++) {
      known.put(states.get(i), state.at(i));
    }
    known.put(Vocabulary.TIME, t);
    for (Named let : definition.lets()) {
      lets.put(let.name(), let.value());
    }
  }

  /** {@return the first derivative that is not finite, and why} */
  Optional<Trouble> find() {
    for (Equation equation : definition.equations()) {
      Optional<Part> part = in(equation.right().expression(), equation.right());
      if (part.isPresent()) {
        String name = equation.derivative(equation.order() - 1);
        return part.map(it -> new Trouble(name, it.cause, source(it)));
      }
    }
    return Optional.empty();
  }

  private Optional<Part> in(Expression expression, Formula formula) {
    double value = value(expression);
    if (Double.isFinite(value)) {
      return Optional.empty();
    }
    if (expression instanceof Expression.Name(String name, Place _) && lets.containsKey(name)) {
      return in(lets.get(name).expression(), lets.get(name));
    }
    for (Expression operand : operands(expression)) {
      Optional<Part> part = in(operand, formula);
      if (part.isPresent()) {
        return part;
      }
    }
    return Optional.of(new Part(expression, formula, cause(expression, value)));
  }

  private static List<Expression> operands(Expression expression) {
    return switch (expression) {
      case Expression.Number _, Expression.Name _ -> List.of();
      case Expression.Negate(Expression operand) -> List.of(operand);
      case Expression.Binary(Operator _, Expression left, Expression right) -> List.of(left, right);
      case Expression.Call call -> call.arguments();
      case Expression.Part(Expression.Call call, int _, int _) -> call.arguments();
    };
  }

  private double value(Expression expression) {
    List<Double> operands = new ArrayList<>();
    operands(expression).forEach(operand -> operands.add(value(operand)));
    return switch (expression) {
      case Expression.Number(double value) -> value;
      case Expression.Name(String name, Place _) ->
          lets.containsKey(name)
              ? value(lets.get(name).expression())
              : known.containsKey(name) ? known.get(name) : Vocabulary.NUMBERS.get(name);
      case Expression.Negate _ -> -operands.getFirst();
      case Expression.Binary(Operator operator, Expression _, Expression _) ->
          operator.apply(operands.get(0), operands.get(1));
      case Expression.Call(String function, List<Expression> _, Place _)
          when Function.named(function).isPresent() ->
          Function.named(function).get().apply(array(operands));
      case Expression.Call(String net, List<Expression> _, Place _) -> output(net, operands, 0);
      case Expression.Part(Expression.Call call, int index, int _) ->
          output(call.function(), operands, index);
    };
  }

  private double output(String net, List<Double> inputs, int index) {
    return NetFunction.of(nets.layer(definition.source(), net), Nets.weights(parameters, net))
        .applyAll(array(inputs))[index];
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(x -> x).toArray();
  }

  private NotFinite cause(Expression expression, double value) {
    double[] operands =
        operands(expression).stream().mapToDouble(this::value).toArray();
    return switch (expression) {
      case Expression.Binary(Operator operator, Expression _, Expression _) ->
          cause(operator.op(), value, operands);
      case Expression.Call(String name, List<Expression> _, Place _) ->
          Function.named(name)
              .map(function -> cause(function.op(), value, operands))
              .orElseGet(() -> inNet(name, operands, value));
      case Expression.Part(Expression.Call call, int _, int _) ->
          inNet(call.function(), operands, value);
      default -> new NotFinite(new Op.Input(0), Double.isNaN(value), Text.of(expression));
    };
  }

  private static NotFinite cause(Op op, double value, double... operands) {
    return new NotFinite(op, Double.isNaN(value), NotFinite.words(op, operands));
  }

  /** What went wrong inside a net. */
  private NotFinite inNet(String net, double[] inputs, double value) {
    Parameters weights = Parameters.EMPTY.and(net, Nets.weights(parameters, net));
    Graph graph =
        Graph.trace(
            List.of(Shape.of(inputs.length), weights.flat().shape()),
            in ->
                List.of(nets.apply(new Traced(weights.structure(), in.get(1)), net, in.get(0))));
    return NotFinite.find(
            graph, List.of(Tensor.vector(inputs), weights.flat()), 1, weights.structure())
        .orElseGet(() -> new NotFinite(new Op.Input(0), Double.isNaN(value), "net " + net));
  }

  /** The line a part stands in and the part underlined, or the whole formula. */
  private String source(Part part) {
    Place place = part.formula.place();
    String line = definition.source().lines().get(place.line() - 1);
    Place narrow = Text.find(Text.of(part.expression), line, place).orElse(place);
    EquationException shown = definition.source().error(narrow, "");
    return shown.caret();
  }
}
