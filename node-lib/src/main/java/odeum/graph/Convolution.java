package odeum.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import odeum.tensor.Shape;

/**
 * A convolution along one, two or more axes, as networks have it (a cross-correlation): the weights
 * move over the padded input. Gathers the patches under the weights and multiplies matrices.
 *
 * @param stride by how many elements the weights move, at least 1
 * @param padding how many zeros stand before and after each axis
 * @param dilation the distance of neighbouring weights, at least 1
 */
public record Convolution(int stride, int padding, int dilation) {
  public Convolution {
    if (stride < 1 || padding < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A convolution needs stride >= 1, padding >= 0 and dilation >= 1, got %d, %d and %d.",
              stride,
              padding,
              dilation));
    }
  }

  /** {@return a convolution with stride 1, no padding and neighbouring weights} */
  public static Convolution of() {
    return new Convolution(1, 0, 1);
  }

  /** {@return this convolution with another stride} */
  public Convolution withStride(int elements) {
    return new Convolution(elements, padding, dilation);
  }

  /** {@return this convolution with another padding} */
  public Convolution withPadding(int zeros) {
    return new Convolution(stride, zeros, dilation);
  }

  /** {@return this convolution with another distance of the weights} */
  public Convolution withDilation(int distance) {
    return new Convolution(stride, padding, distance);
  }

  /**
   * {@return the convolution, shape {@code (outputs, ...)}}
   *
   * @param x shape {@code (channels, length)} or {@code (channels, height, width)}
   * @param weight shape {@code (outputs, channels, length)} or {@code (outputs, channels, height,
   *     width)}
   */
  public Tracer apply(Tracer x, Tracer weight) {
    check(x.shape(), weight.shape());
    List<Integer> grid = x.shape().extents().subList(1, x.shape().rank());
    List<Integer> kernel = weight.shape().extents().subList(2, weight.shape().rank());
    List<Integer> places = places(grid, kernel);
    int channels = x.shape().extent(0);
    int outputs = weight.shape().extent(0);
    List<Integer> patches = patches(grid, kernel, places);
    int count = product(places);
    Tracer columns =
        x.reshape(Shape.of(channels, product(grid)))
            .gather(1, patches)
            .reshape(Shape.of(channels * product(kernel), count));
    Tracer rows = weight.reshape(Shape.of(outputs, channels * product(kernel)));
    return rows.matmul(columns).reshape(new Shape(places).prepend(outputs));
  }

  private List<Integer> places(List<Integer> grid, List<Integer> kernel) {
    List<Integer> places = new ArrayList<>();
    for (int axis = 0; axis < grid.size(); axis++) {
      int covered = dilation * (kernel.get(axis) - 1) + 1;
      places.add((grid.get(axis) + 2 * padding - covered) / stride + 1);
    }
    return places;
  }

  /** For each weight, then each place of the result: which input lies there; -1 in the padding. */
  private List<Integer> patches(List<Integer> grid, List<Integer> kernel, List<Integer> places) {
    List<Integer> patches = new ArrayList<>();
    for (int weight = 0; weight < product(kernel); weight++) {
      for (int place = 0; place < product(places); place++) {
        patches.add(input(grid, kernel, places, weight, place));
      }
    }
    return patches;
  }

  private int input(
      List<Integer> grid, List<Integer> kernel, List<Integer> places, int weight, int place) {
    int input = 0;
    int restOfWeight = weight;
    int restOfPlace = place;
    for (int axis = grid.size() - 1, step = 1; axis >= 0; axis--) {
      int extent = grid.get(axis);
      int at =
          restOfPlace % places.get(axis) * stride
              + restOfWeight % kernel.get(axis) * dilation
              - padding;
      if (at < 0 || at >= extent) {
        return -1;
      }
      input += at * step;
      step *= extent;
      restOfPlace /= places.get(axis);
      restOfWeight /= kernel.get(axis);
    }
    return input;
  }

  private static int product(List<Integer> extents) {
    return new Shape(extents).size();
  }

  private void check(Shape x, Shape weight) {
    int axes = x.rank() - 1;
    if (axes < 1 || weight.rank() != axes + 2 || weight.extent(1) != x.extent(0)) {
      throw new IllegalArgumentException(
          "A convolution needs shapes like (channels, height, width) and (outputs, channels, height, width), got %s and %s."
              .formatted(x, weight));
    }
    for (int axis = 0; axis < axes; axis++) {
      if (dilation * (weight.extent(axis + 2) - 1) + 1 > x.extent(axis + 1) + 2 * padding) {
        throw new IllegalArgumentException(
            "Weights of shape %s reach beyond an input of shape %s with %s. Pad more, or use fewer weights."
                .formatted(weight, x, this));
      }
    }
  }
}
