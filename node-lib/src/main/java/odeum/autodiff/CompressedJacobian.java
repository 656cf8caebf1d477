package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * The Jacobian of an output of a graph by an input, computed with as few forward derivatives as its
 * sparsity allows: columns that have no row in common share one.
 */
public final class CompressedJacobian {
  /** So many instructions are written out before a batch does the same with fewer. */
  private static final int WRITTEN_OUT = 20_000;

  private final Graph graph;
  private final SparsityPattern pattern;
  private final int[] colours;
  private final int perRow;
  private final int perColour;

  private CompressedJacobian(
      Graph graph, SparsityPattern pattern, int[] colours, int perRow, int perColour) {
    this.graph = graph;
    this.pattern = pattern;
    this.colours = colours;
    this.perRow = perRow;
    this.perColour = perColour;
  }

  /** {@return the Jacobian of an output by an input, both flat} */
  public static CompressedJacobian of(Graph graph, int output, int input) {
    SparsityPattern pattern = SparsityPattern.of(graph, output, input);
    int[] colours = pattern.colours();
    Graph quiet = Folding.of(graph);
    Tensor seeds = seeds(quiet.inputs().get(input), colours);
    boolean numbers = isOfNumbers(quiet, Colouring.count(colours));
    Graph derivative =
        Graph.trace(
            quiet.inputs(),
            in ->
                List.of(
                    numbers
                        ? oneByOne(quiet, in, output, input, seeds)
                        : asBatch(quiet, in, output, input, seeds)));
    Graph folded = Folding.of(derivative);
    return numbers
        ? new CompressedJacobian(folded, pattern, colours, 1, pattern.rows())
        : new CompressedJacobian(folded, pattern, colours, seeds.shape().extent(-1), 1);
  }

  /** The sum of the unit vectors of each colour, which the last axis counts. */
  private static Tensor seeds(Shape shape, int[] colours) {
    int count = Math.max(Colouring.count(colours), 1);
    double[] seeds = new double[colours.length * count];
    for (int j = 0; j < colours.length; j++) {
      seeds[j * count + colours[j]] = 1;
    }
    return Tensor.of(shape.append(count), seeds);
  }

  /** Whether the graph computes number by number, so that most derivatives are known or shared. */
  private static boolean isOfNumbers(Graph graph, int colours) {
    return (long) graph.instructions().size() * colours <= WRITTEN_OUT
        && graph.instructions().stream().allMatch(CompressedJacobian::isOfNumbers);
  }

  private static boolean isOfNumbers(Instruction instruction) {
    return switch (instruction.op()) {
      case Op.Unary _, Op.Binary _, Op.Where _ -> instruction.shape().size() == 1;
      case Op.MatrixMultiply _, Op.MultiplyEach _, Op.Implicit _ -> false;
      default -> true;
    };
  }

  private static Tracer oneByOne(
      Graph graph, List<Tracer> in, int output, int input, Tensor seeds) {
    Tracer all = in.getFirst().constant(seeds);
    int last = seeds.shape().rank() - 1;
    List<Tracer> columns = new ArrayList<>();
    for (int colour = 0; colour < seeds.shape().extent(last); colour++) {
      Tracer seed = all.slice(last, colour, colour + 1).reshape(graph.inputs().get(input));
      Tracer column = push(graph, in, seed, output, input);
      columns.add(column.reshape(Shape.of(column.shape().size())));
    }
    return Tracer.concatenate(0, columns);
  }

  private static Tracer asBatch(Graph graph, List<Tracer> in, int output, int input, Tensor seeds) {
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.add(graph.inputs().get(input));
    Graph push =
        Graph.trace(
            inputs,
            all ->
                List.of(push(graph, all.subList(0, all.size() - 1), all.getLast(), output, input)));
    List<Boolean> mapped = new ArrayList<>(Collections.nCopies(in.size(), false));
    mapped.add(true);
    List<Tracer> arguments = new ArrayList<>(in);
    arguments.add(in.getFirst().constant(seeds));
    int count = seeds.shape().extent(-1);
    Tracer columns = Vmap.push(push, arguments, mapped, count).spread(count).getFirst();
    return columns.reshape(Shape.of(columns.shape().size()));
  }

  private static Tracer push(Graph graph, List<Tracer> in, Tracer seed, int output, int input) {
    List<Tracer> tangents = new ArrayList<>(Collections.nCopies(in.size(), null));
    tangents.set(input, seed);
    return Jvp.push(graph, in, tangents).get(graph.outputs().size() + output);
  }

  /**
   * {@return the computation; inputs of the graph; output flat: for each row and each colour the
   * entry of that row in the one column of that colour that has it}
   */
  public Graph graph() {
    return graph;
  }

  /** {@return which entries there are} */
  public SparsityPattern pattern() {
    return pattern;
  }

  /** {@return for entry {@code (row, column)} of the pattern, where it stands in the output} */
  public int index(int row, int column) {
    return row * perRow + colours[column] * perColour;
  }
}
