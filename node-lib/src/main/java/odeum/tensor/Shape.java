package odeum.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of an array, outermost axis first. A number has the empty shape {@code ()}.
 *
 * @param extents one length per axis, none negative
 */
public record Shape(List<Integer> extents) {
  private static final Shape SCALAR = new Shape(List.of());

  public Shape {
    extents = List.copyOf(extents);
    for (int extent : extents) {
      if (extent < 0) {
        throw new IllegalArgumentException("A shape cannot have a negative extent: " + extents);
      }
    }
  }

  /** {@return the shape with these extents; none for a number} */
  public static Shape of(int... extents) {
    return extents.length == 0 ? SCALAR : new Shape(Arrays.stream(extents).boxed().toList());
  }

  /** {@return how many axes there are} */
  public int rank() {
    return extents.size();
  }

  /** {@return the length of an axis; negative axes count from the last} */
  public int extent(int axis) {
    return extents.get(axis < 0 ? rank() + axis : axis);
  }

  /** {@return how many values an array of this shape holds} */
  public int size() {
    int size = 1;
    for (int extent : extents) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /** {@return this shape with a new outermost axis} */
  public Shape prepend(int extent) {
    List<Integer> longer = new ArrayList<>(rank() + 1);
    longer.add(extent);
    longer.addAll(extents);
    return new Shape(longer);
  }

  /** {@return this shape with a new innermost axis} */
  public Shape append(int extent) {
    List<Integer> longer = new ArrayList<>(extents);
    longer.add(extent);
    return new Shape(longer);
  }

  /** {@return this shape without an axis} */
  public Shape without(int axis) {
    List<Integer> shorter = new ArrayList<>(extents);
    shorter.remove(axis);
    return new Shape(shorter);
  }

  /** {@return this shape with another length of an axis} */
  public Shape with(int axis, int extent) {
    List<Integer> changed = new ArrayList<>(extents);
    changed.set(axis, extent);
    return new Shape(changed);
  }

  /** {@return the product of the extents of axes {@code from} up to but without {@code to}} */
  public int product(int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= extents.get(axis);
    }
    return product;
  }

  @Override
  public String toString() {
    return extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
