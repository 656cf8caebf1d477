package odeum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * What a method remembers between steps, as plain named arrays: with it and the parameters it goes
 * on to the same bits. A number has shape {@code ()}.
 *
 * @param tensors the arrays by name, in a fixed order
 */
public record OptimizerMemory(Map<String, Tensor> tensors) {
  /** Nothing remembered yet. */
  public static final OptimizerMemory EMPTY = new OptimizerMemory(Map.of());

  public OptimizerMemory {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** {@return this memory and one more array} */
  public OptimizerMemory and(String name, Tensor value) {
    Map<String, Tensor> more = new LinkedHashMap<>(tensors);
    more.put(name, value);
    return new OptimizerMemory(more);
  }

  /** {@return this memory and one more number} */
  public OptimizerMemory and(String name, double value) {
    return and(name, Tensor.scalar(value));
  }

  /** {@return the array of this name, of this shape} */
  public Tensor tensor(String name, Shape shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "The memory has no '%s', only: %s. Was it saved by another method?"
              .formatted(name, String.join(" ", tensors.keySet())));
    }
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "'%s' should have shape %s, but was saved with %s. Were there other parameters?"
              .formatted(name, shape, tensor.shape()));
    }
    return tensor;
  }

  /** {@return the number of this name} */
  public double number(String name) {
    return tensor(name, Shape.of()).scalar();
  }

  /** {@return the names in their order} */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }
}
