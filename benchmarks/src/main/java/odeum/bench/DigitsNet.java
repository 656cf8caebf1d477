package odeum.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import odeum.model.OdeNet;
import odeum.model.ResNet;
import odeum.nn.Activation;
import odeum.nn.Chain;
import odeum.nn.ConcatTime;
import odeum.nn.Conv2d;
import odeum.nn.GlobalAveragePool;
import odeum.nn.GroupNorm;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Reshape;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;

/** torchdiffeq's ODE-Net for handwritten digits of 8 x 8 pixels, and the images. */
final class DigitsNet {
  /** The first images train, the others test. */
  static final int TRAINING = 1437;

  private static final int CHANNELS = 32;
  private static final int PIXELS = 64;

  private DigitsNet() {}

  static OdeNet odeNet() {
    Layer half =
        Chain.of(
            norm(),
            Activation.RELU,
            ConcatTime.of(Conv2d.of(CHANNELS + 1, CHANNELS, 3).withPadding(1)));
    return OdeNet.of(stem(), Chain.of(half, half, norm()), head());
  }

  /** {@return the same net with a block that does not know the time} */
  static OdeNet autonomous() {
    Layer half = Chain.of(norm(), Activation.RELU, convolution());
    return OdeNet.of(stem(), Chain.of(half, half, norm()), head());
  }

  /** {@return the residual net of one block without biases that torchdiffeq's example has} */
  static ResNet resNet() {
    Layer half = Chain.of(norm(), Activation.RELU, convolution().withoutBias());
    return ResNet.of(stem(), List.of(Chain.of(half, half)), head());
  }

  private static Conv2d convolution() {
    return Conv2d.of(CHANNELS, CHANNELS, 3).withPadding(1);
  }

  private static Layer norm() {
    return GroupNorm.of(CHANNELS / 2, CHANNELS);
  }

  private static Layer stem() {
    return Chain.of(
        Reshape.of(1, 8, 8),
        Conv2d.of(1, CHANNELS, 3).withPadding(1),
        norm(),
        Activation.RELU,
        Conv2d.of(CHANNELS, CHANNELS, 4).withStride(2).withPadding(1));
  }

  private static Layer head() {
    return Chain.of(norm(), Activation.RELU, GlobalAveragePool.of(), Linear.of(CHANNELS, 10));
  }

  /** {@return the images of a file, a row each: 64 pixels from 0 to 16 and the digit} */
  static Dataset read(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<double[]> rows =
          lines
              .lines()
              .map(line -> List.of(line.split(",")).stream().mapToDouble(Double::parseDouble))
              .map(numbers -> numbers.toArray())
              .toList();
      double[] pixels =
          rows.stream()
              .flatMapToDouble(r -> IntStream.range(0, PIXELS).mapToDouble(i -> r[i] / 16))
              .toArray();
      double[] digits = rows.stream().mapToDouble(row -> row[PIXELS]).toArray();
      return Dataset.samples("x", Tensor.of(Shape.of(rows.size(), PIXELS), pixels))
          .and("class", Tensor.vector(digits));
    }
  }
}
