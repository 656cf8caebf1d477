package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import odeum.equation.Definition.Equation;
import odeum.equation.Expression.Formula;
import odeum.tensor.Shape;

/**
 * Which value of the state is what, at fixed constants.
 *
 * @param blocks states and grids in the order of the equations, each derivative a block of its own
 */
record Layout(List<Block> blocks) {
  Layout {
    blocks = List.copyOf(blocks);
  }

  /**
   * A state or all values of a grid.
   *
   * @param name with the primes of a derivative: {@code x'}
   * @param equation where it comes from
   * @param points the indices of a grid
   * @param offset of its first value in the state
   * @param highest whether the equation gives its derivative; else the next block is it
   */
  record Block(
      String name, Equation equation, Optional<Points> points, int offset, boolean highest) {
    int size() {
      return points.map(Points::size).orElse(1);
    }

    /** {@return where the next block begins} */
    int end() {
      return offset + size();
    }

    /** {@return the shape of its values: {@code ()} or {@code (size)}} */
    Shape shape() {
      return points.map(p -> Shape.of(p.size())).orElseGet(Shape::of);
    }

    /** {@return where the value of an index lies in the state} */
    int position(Source source, Formula index, Map<String, Double> constants) {
      Points all = points.orElseThrow();
      double at = Expressions.value(index.expression(), constants);
      if (at != Math.rint(at) || at < all.first() || at > all.last()) {
        throw source.error(
            index.place(),
            "%s has whole indices from %s to %s, got %s."
                .formatted(name, all.first(), all.last(), Text.number(at)));
      }
      return offset + (int) at - all.first();
    }

    /** {@return the names of its values} */
    Stream<String> names() {
      return points
          .map(p -> p.indices().mapToObj(i -> element(name, Integer.toString(i))))
          .orElseGet(() -> Stream.of(name));
    }

    @Override
    public String toString() {
      return points
          .map(
              p ->
                  element(name, Integer.toString(p.first()))
                      + ".."
                      + element(name, Integer.toString(p.last())))
          .orElse(name);
    }
  }

  static Layout of(Definition definition, Map<String, Double> constants) {
    List<Block> blocks = new ArrayList<>();
    int offset = 0;
    for (Equation equation : definition.equations()) {
      Optional<Points> points =
          equation.range().map(range -> Points.of(definition.source(), range, constants));
      for (int primes = 0; primes < equation.order(); primes++) {
        boolean highest = primes == equation.order() - 1;
        Block block = new Block(equation.derivative(primes), equation, points, offset, highest);
        blocks.add(block);
        offset += block.size();
      }
    }
    return new Layout(blocks);
  }

  /** {@return {@code u[3]'} for the grid {@code u'}} */
  static String element(String grid, String index) {
    String variable = grid.replace("'", "");
    return variable + "[" + index + "]" + grid.substring(variable.length());
  }

  /** {@return how many values the state has} */
  int size() {
    return blocks.stream().mapToInt(Block::size).sum();
  }

  /** {@return the name of each value of the state} */
  List<String> names() {
    return blocks.stream().flatMap(Block::names).toList();
  }

  /** {@return the block of a state or grid, with the primes of a derivative} */
  Block block(String name) {
    return blocks.stream().filter(block -> block.name().equals(name)).findFirst().orElseThrow();
  }

  boolean hasGrids() {
    return blocks.stream().anyMatch(block -> block.points().isPresent());
  }

  /** {@return the names in a few words: {@code x u[1]..u[64]}} */
  String summary() {
    return String.join(" ", blocks.stream().map(Block::toString).toList());
  }
}
