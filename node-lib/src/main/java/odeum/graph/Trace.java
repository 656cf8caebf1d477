package odeum.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * What has been traced so far. Equal instructions are one value. Traces nest: what a function uses
 * of an enclosing one that is still open becomes one more input, if the trace may capture.
 */
final class Trace {
  private static final ScopedValue<Trace> OPEN = ScopedValue.newInstance();

  private final Optional<Trace> enclosing;
  private final int depth;
  private final boolean captures;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Instruction, Integer> known = new HashMap<>();
  private final List<Shape> inputs = new ArrayList<>();
  private final List<Tracer> captured = new ArrayList<>();
  private final Map<Integer, Tracer> capturedAs = new HashMap<>();
  private final Simplify simplify = new Simplify(this);
  private boolean open = true;

  private Trace(boolean captures) {
    this.enclosing = OPEN.isBound() ? Optional.of(OPEN.get()) : Optional.empty();
    this.depth = enclosing.map(trace -> trace.depth + 1).orElse(0);
    this.captures = captures;
  }

  /** {@return what a function does, and what it used of enclosing functions} */
  static Closure closure(
      List<Shape> shapes, Function<List<Tracer>, List<Tracer>> function, boolean captures) {
    Trace trace = new Trace(captures);
    try {
      List<Tracer> arguments = shapes.stream().map(trace::input).toList();
      List<Tracer> results = ScopedValue.where(OPEN, trace).call(() -> function.apply(arguments));
      List<Integer> outputs = trace.positions(results);
      return new Closure(new Graph(trace.inputs, trace.instructions, outputs), trace.captured);
    } finally {
      trace.open = false;
    }
  }

  /** {@return the innermost of the traces that these belong to} */
  static Trace of(List<Tracer> tracers) {
    Trace innermost = tracers.getFirst().trace();
    for (Tracer tracer : tracers) {
      if (tracer.trace().depth > innermost.depth) {
        innermost = tracer.trace();
      }
    }
    return innermost;
  }

  private Tracer input(Shape shape) {
    inputs.add(shape);
    return add(new Op.Input(inputs.size() - 1), List.of(), shape);
  }

  Tracer add(Op op, List<Tracer> operands, Shape shape) {
    Tracer added = new Tracer(this, instructions.size(), shape);
    if (!open) {
      throw outside(added);
    }
    List<Integer> positions = positions(operands);
    List<Tracer> own = positions.stream().map(this::at).toList();
    return simplify.find(op, own, shape).orElseGet(() -> append(op, positions, shape));
  }

  private Tracer at(int position) {
    return new Tracer(this, position, instructions.get(position).shape());
  }

  Instruction instruction(int position) {
    return instructions.get(position);
  }

  private Tracer append(Op op, List<Integer> positions, Shape shape) {
    Instruction instruction = new Instruction(op, positions, shape);
    boolean unique = op instanceof Op.Implicit || op instanceof Op.Print;
    Integer position = unique ? null : known.get(instruction);
    if (position == null) {
      position = instructions.size();
      instructions.add(instruction);
      known.put(instruction, position);
    }
    return new Tracer(this, position, shape);
  }

  Tracer constant(Tensor value) {
    return add(new Op.Constant(value), List.of(), value.shape());
  }

  private List<Integer> positions(List<Tracer> tracers) {
    List<Integer> positions = new ArrayList<>(tracers.size());
    for (Tracer tracer : tracers) {
      positions.add(own(tracer).position());
    }
    return positions;
  }

  /** {@return what stands in this trace for a value of this or of an enclosing one} */
  private Tracer own(Tracer tracer) {
    if (tracer.trace() == this) {
      return tracer;
    }
    if (!captures || enclosing.isEmpty()) {
      throw tracer.trace().open && tracer.trace().depth < depth ? apart(tracer) : outside(tracer);
    }
    Tracer outer = enclosing.get().own(tracer);
    Tracer known = capturedAs.get(outer.position());
    if (known == null) {
      known = input(outer.shape());
      captured.add(outer);
      capturedAs.put(outer.position(), known);
    }
    return known;
  }

  private static IllegalStateException outside(Tracer tracer) {
    return new IllegalStateException(
        String.format(
                Locale.ROOT,
                "A traced array of shape %s was used outside the function it was traced in. ",
                tracer.shape())
            + "Pass it in as an argument.");
  }

  private static IllegalStateException apart(Tracer tracer) {
    return new IllegalStateException(
        String.format(
                Locale.ROOT,
                "A traced array of shape %s was used in a function that is traced on its own. ",
                tracer.shape())
            + "Pass it in as an argument or a parameter.");
  }
}
