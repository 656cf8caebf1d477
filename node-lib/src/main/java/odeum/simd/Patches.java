package odeum.simd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which input lies under which weight of a convolution at which place of its result. Places where
 * the same weights lie over the input, not over its padding, form a group.
 */
public final class Patches {
  /** With fewer channels on either side tiles cost more than they save. */
  private static final int MANY = 8;

  /** How many times as many products the tiles have to save: what they cost besides. */
  private static final double GAIN = 1.25;

  final int channels;
  final int grid;
  final int kernel;
  final int places;
  final List<Group> groups;

  /** How the convolution falls apart into tiles with fewer products, where that pays. */
  private final Optional<WinogradTiles> tiles;

  /** The same for the way back to the input. */
  private final Optional<WinogradTiles> backTiles;

  private final int[] inputs;

  /** Places where these weights count. */
  record Group(int[] places, int[] weights) {}

  private Patches(int channels, int grid, int kernel, int places, int[] inputs) {
    this.channels = channels;
    this.grid = grid;
    this.kernel = kernel;
    this.places = places;
    this.inputs = inputs;
    Map<List<Integer>, List<Integer>> byWeights = new LinkedHashMap<>();
    for (int p = 0; p < places; p++) {
      int place = p;
      List<Integer> weights =
          IntStream.range(0, kernel).filter(w -> input(w, place) >= 0).boxed().toList();
      byWeights.computeIfAbsent(weights, _ -> new ArrayList<>()).add(place);
    }
    this.groups =
        byWeights.entrySet().stream()
            .map(e -> new Group(numbers(e.getValue()), numbers(e.getKey())))
            .toList();
    this.tiles = WinogradTiles.of(this).filter(this::paysOff);
    this.backTiles = WinogradTiles.back(this).filter(this::paysOff);
  }

  private boolean paysOff(WinogradTiles found) {
    return channels >= MANY && GAIN * found.count() * Winograd.POINTS * channels <= products();
  }

  private static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }

  /**
   * {@return the patches, if an input that lies under several weights does so at earlier places for
   * later weights, as in every convolution}
   *
   * @param channels how many channels the input has
   * @param grid how many values a channel has
   * @param kernel how many weights there are per channel
   * @param inputs for each weight, then each place: the input, or -1 in the padding
   */
  public static Optional<Patches> of(int channels, int grid, int kernel, List<Integer> inputs) {
    int places = inputs.size() / Math.max(1, kernel);
    int[] last = new int[grid];
    Arrays.fill(last, places);
    for (int i = 0; i < inputs.size(); i++) {
      int input = inputs.get(i);
      if (input >= 0 && last[input] <= i % places) {
        return Optional.empty();
      }
      if (input >= 0) {
        last[input] = i % places;
      }
    }
    return Optional.of(new Patches(channels, grid, kernel, places, numbers(inputs)));
  }

  /** The input under a weight at a place; -1 in the padding. */
  int input(int weight, int place) {
    return inputs[weight * places + place];
  }

  /** {@return how many places the result has} */
  public int places() {
    return places;
  }

  /** {@return the tiles by which the convolution to so many channels is computed, if it is} */
  Optional<WinogradTiles> tiles(int outputs) {
    return tiles.filter(_ -> outputs >= MANY);
  }

  /** {@return the tiles by which the way back to the input is computed, if it is} */
  Optional<WinogradTiles> backTiles(int outputs) {
    return backTiles.filter(_ -> outputs >= MANY);
  }

  /**
   * {@return whether the convolution to so many channels is computed by tiles, with sums of its
   * own, which are the same for any number of samples}
   */
  public boolean isTiled(int outputs) {
    return tiles(outputs).isPresent();
  }

  /** {@return the same for the way back to the input} */
  public boolean isBackTiled(int outputs) {
    return backTiles(outputs).isPresent();
  }

  /** {@return how many products with something else than padding there are per output} */
  public int products() {
    return channels * (int) Arrays.stream(inputs).filter(input -> input >= 0).count();
  }
}
