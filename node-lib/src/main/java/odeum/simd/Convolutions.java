package odeum.simd;

import java.util.Arrays;
import java.util.Optional;

/**
 * Convolutions of many samples and their derivatives. Inputs have the shape {@code (channels, grid,
 * samples)}, weights {@code (outputs, channels, kernel)}, results {@code (outputs, places,
 * samples)}. The numbers are those of gathering the patches and multiplying matrices ({@link
 * Products}), with the products with padding left out, which add zeros; but for many channels, 3 x
 * 3 weights and stride 1 they are those of {@link Winograd}, which needs half the products.
 */
public final class Convolutions {
  private Convolutions() {}

  /**
   * The convolution: each element sums over channels, then weights, in sequence with {@code fma}.
   */
  public static void apply(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] x,
      int xo,
      Patches patches,
      int outputs,
      int samples) {
    Optional<WinogradTiles> tiles = patches.tiles(outputs);
    if (tiles.isPresent()) {
      tiled(out, o, w, wo, x, xo, tiles.get(), outputs, patches.channels, false, samples);
      return;
    }
    if (Machine.products && samples >= Machine.LEAST) {
      VectorConvolutions.apply(out, o, w, wo, x, xo, patches, outputs, samples);
      return;
    }
    int kernel = patches.kernel;
    for (Patches.Group group : patches.groups) {
      for (int place : group.places()) {
        for (int row = 0; row < outputs; row++) {
          int at = o + (row * patches.places + place) * samples;
          Arrays.fill(out, at, at + samples, 0);
          for (int channel = 0; channel < patches.channels; channel++) {
            int weights = wo + (row * patches.channels + channel) * kernel;
            for (int weight : group.weights()) {
              int input = channel * patches.grid + patches.input(weight, place);
              Loops.fmaInto(out, at, w[weights + weight], x, xo + input * samples, samples);
            }
          }
        }
      }
    }
  }

  private static void tiled(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] x,
      int xo,
      WinogradTiles tiles,
      int rows,
      int inner,
      boolean back,
      int samples) {
    if (Machine.products && samples >= Machine.LEAST) {
      VectorWinograd.apply(out, o, w, wo, x, xo, tiles, rows, inner, back, samples);
    } else {
      Winograd.apply(out, o, w, wo, x, xo, tiles, rows, inner, back, samples);
    }
  }

  /**
   * The way back to the input: {@code v} is the cotangent of the result. Each product with a weight
   * sums over the outputs in sequence with {@code fma}; then these are added, weight by weight.
   */
  public static void transposed(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] v,
      int vo,
      Patches patches,
      int outputs,
      int samples) {
    Optional<WinogradTiles> tiles = patches.backTiles(outputs);
    if (tiles.isPresent()) {
      tiled(out, o, w, wo, v, vo, tiles.get(), patches.channels, outputs, true, samples);
      return;
    }
    Arrays.fill(out, o, o + patches.channels * patches.grid * samples, 0);
    if (Machine.products && samples >= Machine.LEAST) {
      VectorConvolutions.transposed(out, o, w, wo, v, vo, patches, outputs, samples);
      return;
    }
    double[] sum = Scratch.of(samples);
    // An input meets its weights in their order when the places run backward.
    for (int place = patches.places - 1; place >= 0; place--) {
      for (int weight = 0; weight < patches.kernel; weight++) {
        int input = patches.input(weight, place);
        for (int channel = 0; input >= 0 && channel < patches.channels; channel++) {
          Arrays.fill(sum, 0, samples, 0);
          for (int row = 0; row < outputs; row++) {
            double factor = w[wo + (row * patches.channels + channel) * patches.kernel + weight];
            Loops.fmaInto(
                sum, 0, factor, v, vo + (row * patches.places + place) * samples, samples);
          }
          int at = o + (channel * patches.grid + input) * samples;
          Loops.add(out, at, out, at, sum, 0, samples);
        }
      }
    }
  }

  /**
   * The way back to the weights: {@code v} is the cotangent of the result. Each element sums over
   * places, then samples, in eight lanes.
   *
   * @param samples a multiple of eight, unless it goes by tiles, see {@link Patches#isTiled}
   */
  public static void weights(
      double[] out,
      int o,
      double[] v,
      int vo,
      double[] x,
      int xo,
      Patches patches,
      int outputs,
      int samples) {
    Optional<WinogradTiles> tiles = patches.tiles(outputs);
    if (tiles.isPresent()) {
      if (Machine.lanes) {
        VectorWinogradDots.weightsBack(
            out, o, v, vo, x, xo, tiles.get(), outputs, patches.channels, samples);
      } else {
        Winograd.weightsBack(out, o, v, vo, x, xo, tiles.get(), outputs, patches.channels, samples);
      }
      return;
    }
    if (Machine.lanes) {
      VectorPatchDots.weights(out, o, v, vo, x, xo, patches, outputs, samples);
      return;
    }
    double[] lanes = new double[8];
    for (int row = 0; row < outputs; row++) {
      for (int channel = 0; channel < patches.channels; channel++) {
        for (int weight = 0; weight < patches.kernel; weight++) {
          Arrays.fill(lanes, 0);
          for (int place = 0; place < patches.places; place++) {
            int input = patches.input(weight, place);
            if (input >= 0) {
              int a = vo + (row * patches.places + place) * samples;
              int b = xo + (channel * patches.grid + input) * samples;
              Lanes.accumulateDot(lanes, 0, v, a, x, b, samples);
            }
          }
          int at = (row * patches.channels + channel) * patches.kernel + weight;
          Lanes.fold(out, o + at, lanes, 0, 1);
        }
      }
    }
  }
}
