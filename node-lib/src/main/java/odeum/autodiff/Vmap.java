package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Vectorisation: from the graph of one sample to the graph of a batch. Mapped inputs, and every
 * value that depends on them, get a new last axis whose elements are the samples; the others are
 * computed once for all samples. So a weight matrix times a mapped vector is one matrix product.
 *
 * <p>Each sample has the bits it has alone, but for sums over a last axis and products with a
 * transposed right operand: alone these run in eight lanes, in a batch in sequence.
 */
public final class Vmap {
  private final int size;
  private final List<Tracer> values = new ArrayList<>();
  private final List<Boolean> mapped = new ArrayList<>();

  private Vmap(int size) {
    this.size = size;
  }

  /**
   * The outputs of a graph over a batch.
   *
   * @param values in their order
   * @param mapped for each, whether it has the axis of samples; else it is the same for all
   */
  public record Outputs(List<Tracer> values, List<Boolean> mapped) {
    public Outputs {
      values = List.copyOf(values);
      mapped = List.copyOf(mapped);
    }

    /** {@return the values, those that are the same for all samples repeated} */
    public List<Tracer> spread(int size) {
      return IntStream.range(0, values.size())
          .mapToObj(i -> mapped.get(i) ? values.get(i) : Vmap.spread(values.get(i), size))
          .toList();
    }
  }

  /**
   * {@return a graph over a batch} All its outputs have the axis of samples.
   *
   * @param graph one sample
   * @param mapped for each input, whether samples have their own
   * @param size how many samples there are
   */
  public static Graph of(Graph graph, List<Boolean> mapped, int size) {
    List<Shape> inputs =
        IntStream.range(0, graph.inputs().size())
            .mapToObj(i -> batch(graph.inputs().get(i), mapped.get(i), size))
            .toList();
    return Graph.trace(inputs, in -> push(graph, in, mapped, size).spread(size));
  }

  private static Shape batch(Shape shape, boolean mapped, int size) {
    return mapped ? shape.append(size) : shape;
  }

  /** The same value for every sample. */
  private static Tracer spread(Tracer value, int size) {
    return value.reshape(value.shape().append(1)).broadcast(value.shape().append(size));
  }

  /**
   * {@return the graph's outputs over a batch, in the trace of the arguments}
   *
   * @param arguments the mapped ones with the axis of samples last
   */
  public static Outputs push(Graph graph, List<Tracer> arguments, List<Boolean> mapped, int size) {
    check(graph, arguments, mapped, size);
    Vmap vmap = new Vmap(size);
    for (Instruction instruction : graph.instructions()) {
      switch (instruction.op()) {
        case Op.Input(int input) -> vmap.add(arguments.get(input), mapped.get(input));
        case Op.Constant(Tensor value) -> vmap.add(arguments.getFirst().constant(value), false);
        case Op op -> vmap.rule(op, instruction.operands());
      }
    }
    return new Outputs(
        graph.outputs().stream().map(vmap.values::get).toList(),
        graph.outputs().stream().map(vmap.mapped::get).toList());
  }

  private static void check(Graph graph, List<Tracer> arguments, List<Boolean> mapped, int size) {
    int inputs = graph.inputs().size();
    if (arguments.size() != inputs || mapped.size() != inputs || size < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A graph of %d inputs got %d arguments, %d of them said to be mapped or not, for %d samples.",
              inputs,
              arguments.size(),
              mapped.size(),
              size));
    }
    for (int i = 0; i < inputs; i++) {
      Shape expected = batch(graph.inputs().get(i), mapped.get(i), size);
      if (!arguments.get(i).shape().equals(expected)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Input %d over %d samples has shape %s, got %s.",
                i,
                size,
                expected,
                arguments.get(i).shape()));
      }
    }
  }

  private void add(Tracer value, boolean isMapped) {
    values.add(value);
    mapped.add(isMapped);
  }

  private void rule(Op op, List<Integer> at) {
    boolean any = at.stream().anyMatch(mapped::get);
    List<Tracer> operands = at.stream().map(values::get).toList();
    add(any ? batch(op, at, operands) : Tracer.apply(op, operands), any);
  }

  private Tracer batch(Op op, List<Integer> at, List<Tracer> operands) {
    Tracer a = operands.getFirst();
    return switch (op) {
      case Op.Unary _, Op.StopGradient _, Op.Print _ -> Tracer.apply(op, operands);
      case Op.Slice _, Op.Pad _, Op.Sum _, Op.CumulativeSum _, Op.Gather _, Op.ScatterAdd _ ->
          Tracer.apply(op, operands);
      case Op.Binary _, Op.Where _, Op.Concatenate _ -> Tracer.apply(op, each(at));
      case Op.Reshape(Shape shape) -> a.reshape(shape.append(size));
      case Op.Broadcast(Shape shape) -> {
        List<Integer> aligned = new ArrayList<>(a.shape().extents());
        aligned.addAll(0, Collections.nCopies(shape.rank() + 1 - aligned.size(), 1));
        yield a.reshape(new Shape(aligned)).broadcast(shape.append(size));
      }
      case Op.Transpose(List<Integer> axes) -> {
        List<Integer> longer = new ArrayList<>(axes);
        longer.add(axes.size());
        yield a.transpose(longer);
      }
      case Op.MatrixMultiply(boolean left, boolean right) ->
          Products.batch(
              a, left, mapped.get(at.get(0)), operands.get(1), right, mapped.get(at.get(1)));
      case Op.MultiplyEach() -> {
        List<Tracer> both = each(at);
        yield Products.each(both.get(0), both.get(1));
      }
      case Op.Search() -> Columns.batch(op, a, mapped.get(at.get(0)), each(at).get(1), size);
      case Op.Take() ->
          Columns.batch(op, operands.get(1), mapped.get(at.get(1)), each(at).get(0), size);
      case Op.PutAdd _ -> Columns.batch(op, each(at).get(1), true, each(at).get(0), size);
      case Op.Implicit(var function) ->
          Tracer.implicit(function.map(at.stream().map(mapped::get).toList(), size), operands);
      case Op.Input _, Op.Constant _ ->
          throw new IllegalStateException("No operand of this is mapped: " + op);
    };
  }

  /** The operands, all with the axis of samples. */
  private List<Tracer> each(List<Integer> at) {
    return at.stream()
        .map(i -> mapped.get(i) ? values.get(i) : spread(values.get(i), size))
        .toList();
  }
}
