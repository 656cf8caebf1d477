package odeum.file;

import java.util.List;
import java.util.Optional;
import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** How the algorithms inside a graph are kept as data, by those who have some. */
public interface Algorithms {
  /** No algorithms: a graph that has one is refused. */
  Algorithms NONE =
      new Algorithms() {
        @Override
        public Optional<Json> write(ImplicitFunction function) {
          return Optional.empty();
        }

        @Override
        public ImplicitFunction read(Json json, List<Shape> operands) {
          throw new IllegalArgumentException("no algorithm is expected here");
        }
      };

  /** {@return an algorithm as data, or nothing if it is none of those known here} */
  Optional<Json> write(ImplicitFunction function);

  /**
   * {@return the algorithm that data describe}
   *
   * @param operands the shapes of what it is given
   * @throws IllegalArgumentException if they describe none, or none for such operands
   */
  ImplicitFunction read(Json json, List<Shape> operands);
}
