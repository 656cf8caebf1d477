package odeum.file;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** From a graph as data to the graph: what the data say is traced, so it is checked as code is. */
final class GraphReader {
  /** More values in all are refused: half a gigabyte that a file of some bytes could ask for. */
  private static final long MOST_VALUES = 1 << 26;

  private static final int LONGEST_NAME = 200;

  private final Algorithms algorithms;
  private final Json json;
  private final Tensor constants;
  private final List<Tracer> values = new ArrayList<>();
  private List<Tracer> inputs = List.of();
  private int constantsRead;
  private long size;

  GraphReader(Json json, Tensor constants, Algorithms algorithms) {
    this.algorithms = algorithms;
    this.json = json;
    this.constants = constants;
  }

  Graph graph() {
    List<Shape> shapes = json.get("inputs").items().stream().map(Json::shape).toList();
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("the graph has no inputs");
    }
    return Graph.trace(shapes, this::outputs);
  }

  private List<Tracer> outputs(List<Tracer> arguments) {
    inputs = arguments;
    for (Json instruction : json.get("instructions").items()) {
      values.add(checked(instruction));
    }
    if (constantsRead != constants.size()) {
      throw new IllegalArgumentException(
          "the graph has %s constant numbers, the file %s"
              .formatted(constantsRead, constants.size()));
    }
    return json.get("outputs").integers().stream().map(this::value).toList();
  }

  /** An instruction needs only values before it, which are those read so far. */
  private Tracer value(int position) {
    if (position < 0 || position >= values.size()) {
      throw new IllegalArgumentException("there is no value %s before it".formatted(position));
    }
    return values.get(position);
  }

  private Tracer checked(Json instruction) {
    String op = instruction.get("op").text();
    try {
      Shape shape = instruction.get("shape").shape();
      size += shape.size();
      if (size > MOST_VALUES) {
        throw new IllegalArgumentException("more than " + MOST_VALUES + " values in all");
      }
      Iterator<Tracer> operands =
          instruction.get("of").integers().stream().map(this::value).toList().iterator();
      Tracer result = result(op, new Settings(instruction), operands, shape);
      if (operands.hasNext()) {
        throw new IllegalArgumentException("too many operands");
      }
      if (!result.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "its shape would be %s, not %s".formatted(result.shape(), shape));
      }
      return result;
    } catch (RuntimeException e) {
      // Tracers refuse in their own words, lists and integers in theirs; here it is one.
      String where = "instruction %s of the graph (%s): ".formatted(values.size(), op);
      throw new IllegalArgumentException(where + e.getMessage(), e);
    }
  }

  /** What an instruction was set to. */
  private record Settings(Json instruction) {
    int natural(String name) {
      int value = instruction.get(name).integer();
      if (value < 0) {
        throw new IllegalArgumentException("'%s' is negative: %s".formatted(name, value));
      }
      return value;
    }

    boolean truth(String name) {
      return instruction.get(name).truth();
    }

    List<Integer> integers(String name) {
      return instruction.get(name).integers();
    }

    /** A name that is printed must not steer the terminal it is printed in. */
    String printable(String name) {
      String text = instruction.get(name).text();
      if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("'%s' is no name to print".formatted(name));
      }
      return text;
    }
  }

  private Tracer constant(Shape shape) {
    double[] all = new double[shape.size()];
    Objects.checkFromIndexSize(constantsRead, all.length, constants.size());
    for (int i = 0; i < all.length; i++) {
      all[i] = constants.at(constantsRead + i);
    }
    constantsRead += all.length;
    return inputs.getFirst().constant(Tensor.of(shape, all));
  }

  private static List<Tracer> rest(Iterator<Tracer> operands) {
    List<Tracer> all = new ArrayList<>();
    operands.forEachRemaining(all::add);
    return all;
  }

  private Tracer algorithm(Json instruction, List<Tracer> operands) {
    Json data = instruction.get(StoredGraph.ALGORITHM);
    return Tracer.implicit(
        algorithms.read(data, operands.stream().map(Tracer::shape).toList()), operands);
  }

  private Tracer result(String op, Settings set, Iterator<Tracer> in, Shape shape) {
    return switch (op) {
      case "input" -> inputs.get(Objects.checkIndex(set.natural("position"), inputs.size()));
      case StoredGraph.CONSTANT -> constant(shape);
      case "negate" -> in.next().unaryMinus();
      case "abs" -> in.next().abs();
      case "sign" -> in.next().sign();
      case "sqrt" -> in.next().sqrt();
      case "exp" -> in.next().exp();
      case "log" -> in.next().log();
      case "sin" -> in.next().sin();
      case "cos" -> in.next().cos();
      case "atan" -> in.next().atan();
      case "tanh" -> in.next().tanh();
      case "sigmoid" -> in.next().sigmoid();
      case "add" -> in.next().plus(in.next());
      case "subtract" -> in.next().minus(in.next());
      case "multiply" -> in.next().times(in.next());
      case "divide" -> in.next().div(in.next());
      case "power" -> in.next().pow(in.next());
      case "minimum" -> in.next().min(in.next());
      case "maximum" -> in.next().max(in.next());
      case "less" -> in.next().less(in.next());
      case "where" -> Tracer.where(in.next(), in.next(), in.next());
      case "reshape" -> in.next().reshape(shape);
      case "broadcast" -> in.next().broadcast(shape);
      case "transpose" -> in.next().transpose(set.integers("axes"));
      case "slice" -> in.next().slice(set.natural("axis"), set.natural("from"), set.natural("to"));
      case "pad" -> in.next().pad(set.natural("axis"), set.natural("before"), set.natural("after"));
      case "concatenate" -> Tracer.concatenate(set.natural("axis"), rest(in));
      case "sum" -> in.next().sum(set.natural("axis"));
      case "matrix multiply" -> in.next().matmul(in.next(), set.truth("left"), set.truth("right"));
      case "cumulative sum" -> in.next().cumulativeSum(set.natural("axis"), set.truth("reverse"));
      case "gather" -> in.next().gather(set.natural("axis"), set.integers("indices"));
      case "scatter add" ->
          in.next().scatterAdd(set.natural("axis"), set.integers("indices"), set.natural("extent"));
      case "search" -> in.next().search(in.next());
      case "take" -> {
        Tracer numbers = in.next();
        yield in.next().take(numbers);
      }
      case "put add" -> {
        Tracer numbers = in.next();
        yield in.next().putAdd(numbers, set.natural("extent"));
      }
      case "multiply each" -> in.next().multiplyEach(in.next());
      case "stop gradient" -> in.next().stopGradient();
      case StoredGraph.ALGORITHM -> algorithm(set.instruction(), rest(in));
      case "print" -> in.next().print(set.printable("name"));
      default ->
          throw new IllegalArgumentException(
              "this version of Odeum knows no such operation; a newer one may");
    };
  }
}
