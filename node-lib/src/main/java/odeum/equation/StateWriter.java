package odeum.equation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import odeum.equation.Definition.Assignment;
import odeum.equation.Layout.Block;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/** Puts together a whole state from what is assigned to states, grids and points of grids. */
final class StateWriter {
  private final Definition definition;
  private final Values values;
  private final Map<String, Tracer> blocks = new HashMap<>();
  private final SortedMap<Integer, Tracer> single = new TreeMap<>();

  StateWriter(Definition definition, Values values) {
    this.definition = definition;
    this.values = values;
  }

  /** Gives a state, a grid or a point what a formula computes. */
  void assign(Assignment assignment, Environment environment) {
    Block block = values.layout().block(assignment.name());
    Expression value = assignment.value().expression();
    Target target = assignment.target();
    Optional<String> index = target.indexName(values.constants().keySet());
    if (index.isPresent()) {
      blocks.put(block.name(), environment.trace(value, index.get(), block.points().orElseThrow()));
    } else if (target.index().isPresent()) {
      set(
          block.position(definition.source(), target.index().get(), values.constants()),
          environment.trace(value));
    } else {
      blocks.put(block.name(), environment.trace(value).broadcast(block.shape()));
    }
  }

  /** Gives one value of the state a number, shape {@code ()}, whatever else is assigned to it. */
  void set(int position, Tracer number) {
    single.put(position, number);
  }

  /** {@return the state; what is assigned nothing keeps the values it has in {@code before}} */
  Tracer state(Tracer before) {
    List<Tracer> pieces = new ArrayList<>();
    for (Block block : values.layout().blocks()) {
      Tracer piece = blocks.get(block.name());
      piece =
          piece == null
              ? before.slice(0, block.offset(), block.end())
              : piece.reshape(Shape.of(block.size()));
      SortedMap<Integer, Tracer> replaced = new TreeMap<>();
      single
          .subMap(block.offset(), block.end())
          .forEach((position, number) -> replaced.put(position - block.offset(), number));
      pieces.add(GridArray.replaced(piece, replaced));
    }
    return Tracer.concatenate(0, pieces);
  }
}
