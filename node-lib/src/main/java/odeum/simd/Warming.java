package odeum.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the vector loops on small arrays of its own until the JVM has compiled them, which shows in
 * their speed: not compiled they are a hundred times slower. Then the loops of that kind change
 * over. A JVM that never makes them fast keeps the plain ones.
 */
final class Warming {
  /**
   * If for so long no loop has become fast, the JVM has no compiler for them. All of them take two
   * seconds as a rule, on a busy machine any time.
   */
  private static final long PATIENCE = 60_000_000_000L;

  private static final int BURST = 40;

  private final double[] a = new double[4096];
  private final double[] b = new double[4096];
  private final double[] out = new double[4096];
  private final List<Step> pending = new ArrayList<>();

  /** A loop, and the time in nanoseconds below which it must be compiled. */
  private record Step(Machine.Kind kind, long limit, Runnable work) {}

  private Warming() {
    for (int i = 0; i < a.length; i++) {
      a[i] = (i * 37 % 101 - 50) / 25.0;
      b[i] = (i * 53 % 97 + 1) / 50.0;
    }
    // One rare argument among many: both ways through a loop become known.
    a[1100] = Double.NaN;
    b[1100] = Double.NaN;
  }

  static void start() {
    Thread.ofPlatform()
        .daemon()
        .name("odeum-warming")
        .priority(Thread.MIN_PRIORITY)
        .start(() -> new Warming().run());
  }

  private void run() {
    addLoops();
    addFunctions();
    if (VectorLanes.USABLE) {
      addLanes();
    }
    addProducts();
    addConvolutions();
    long deadline = System.nanoTime() + PATIENCE;
    while (!pending.isEmpty() && System.nanoTime() < deadline) {
      for (Step step : List.copyOf(pending)) {
        if (isFast(step)) {
          pending.remove(step);
          deadline = System.nanoTime() + PATIENCE;
          if (pending.stream().noneMatch(other -> other.kind == step.kind)) {
            Machine.use(step.kind);
          }
        }
      }
    }
  }

  private static boolean isFast(Step step) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < BURST; i++) {
      long start = System.nanoTime();
      step.work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best < step.limit;
  }

  @FunctionalInterface
  private interface Unary {
    void apply(double[] out, int o, double[] a, int ao, int n);
  }

  @FunctionalInterface
  private interface Binary {
    void apply(double[] out, int o, double[] a, int ao, double[] b, int bo, int n);
  }

  private void add(Machine.Kind kind, long limit, Runnable work) {
    pending.add(new Step(kind, limit, work));
  }

  private void addLoops() {
    Stream.<Unary>of(
            VectorLoops::negate,
            VectorLoops::abs,
            VectorLoops::sign,
            VectorLoops::sqrt,
            (out, o, a, ao, n) -> VectorLoops.addNumber(out, o, a, ao, 2, n),
            (out, o, a, ao, n) -> VectorLoops.multiplyNumber(out, o, a, ao, 2, n),
            (out, o, a, ao, n) -> VectorLoops.divideNumber(out, o, a, ao, 2, n),
            (out, o, a, ao, n) -> VectorLoops.numberMinus(out, o, a, ao, 2, n),
            (out, o, a, ao, n) -> VectorLoops.numberOver(out, o, a, ao, 2, n),
            (out, o, a, ao, n) -> VectorLoops.minimumNumber(out, o, a, ao, 0, n),
            (out, o, a, ao, n) -> VectorLoops.maximumNumber(out, o, a, ao, 0, n),
            (out, o, a, ao, n) -> VectorLoops.fmaInto(out, o, 2, a, ao, n),
            (out, o, a, ao, n) -> VectorChoices.keepBelow(out, o, a, ao, 0, b, 0, 0, n),
            (out, o, a, ao, n) -> VectorChoices.dropBelow(out, o, a, ao, 0, b, 0, 0, n),
            (out, o, a, ao, n) -> VectorChoices.keepAbove(out, o, a, ao, 0, b, 0, 0, n),
            (out, o, a, ao, n) -> VectorChoices.dropAbove(out, o, a, ao, 0, b, 0, 0, n),
            (out, o, a, ao, n) -> VectorLoops.where(out, o, a, ao, b, 0, b, 99, n))
        .forEach(loop -> add(Machine.Kind.LOOPS, 700, () -> loop.apply(out, 0, a, 0, 67)));
    Stream.<Binary>of(
            VectorLoops::add,
            VectorLoops::subtract,
            VectorLoops::multiply,
            VectorLoops::divide,
            VectorLoops::minimum,
            VectorLoops::maximum,
            VectorLoops::less,
            VectorLoops::tanhBackward,
            VectorLoops::sigmoidBackward)
        .forEach(loop -> add(Machine.Kind.LOOPS, 700, () -> loop.apply(out, 0, a, 0, b, 0, 67)));
    addStages();
  }

  /** Three rows of 64 lanes, as blocks have them, and 24, which leaves vectors over. */
  private void addStages() {
    double[] w = {1, 2, 3, 4};
    for (int width : new int[] {64, 24}) {
      add(
          Machine.Kind.LOOPS,
          1_500,
          () -> {
            for (int row = 0; row < 3 * width; row += width) {
              VectorStageLoops.step(out, a, b, w, a, 200, 4, row, width);
            }
          });
      add(
          Machine.Kind.LOOPS,
          2_500,
          () -> VectorStageLoops.scaledSquares(out, w, a, 200, 4, a, b, 1, 1, 3, width));
      add(
          Machine.Kind.LOOPS,
          1_500,
          () -> VectorStageLoops.steeper(out, b, a, 0, 200, 1, a, b, 3, width));
      add(Machine.Kind.LOOPS, 1_000, () -> VectorStageLoops.zeroIfFinite(out, a, b, 7, 3, width));
    }
  }

  private void addFunctions() {
    Stream.<Unary>of(
            VectorElementary::exp,
            VectorElementary::log,
            VectorElementary::tanh,
            VectorElementary::sigmoid,
            VectorCircular::sin,
            VectorCircular::cos)
        .forEach(function -> add(Machine.Kind.FUNCTIONS, 2_000, () -> twice(function)));
    add(
        Machine.Kind.FUNCTIONS,
        8_000,
        () -> {
          VectorPower.power(out, 0, b, 0, a, 0, 67);
          VectorPower.power(out, 0, b, 1050, a, 0, 67);
        });
  }

  /** From b, positive, to elsewhere and with a rare argument, and in place. */
  private void twice(Unary function) {
    function.apply(out, 0, b, 1050, 67);
    System.arraycopy(b, 0, out, 0, 67);
    function.apply(out, 0, out, 0, 67);
  }

  private void addLanes() {
    Machine.Kind kind = Machine.Kind.LANES;
    add(kind, 700, () -> out[0] = VectorLanes.sum(a, 0, 67) + VectorLanes.sum(a, 4029, 67));
    add(kind, 700, () -> out[0] = VectorLanes.dot(a, 0, b, 0, 67));
    add(kind, 1_500, () -> VectorLanes.sumRows(out, 0, a, 0, 5, 37));
    add(kind, 1_500, () -> VectorLanes.accumulateRows(out, 0, a, 0, 5, 37));
    add(kind, 1_500, () -> VectorLanes.fold(out, 0, a, 0, 32));
    add(kind, 3_000, () -> VectorDots.multiply(out, 0, a, 0, b, 0, 7, 44, 6));
    add(kind, 3_000, () -> VectorDots.multiply(out, 0, a, 0, b, 0, 6, 44, 2));
    add(kind, 3_000, () -> VectorDots.accumulate(out, 0, a, 0, b, 0, 7, 44, 6));
    add(kind, 1_500, () -> VectorDots.accumulate(out, 0, a, 0, b, 0, 7, 20, 3));
    add(kind, 1_500, () -> VectorLanes.accumulateRows(out, 0, a, 0, 7, 20));
  }

  /** Images of so many pixels squared and weights of 3 x 3, with padding. */
  private static Patches patches(int channels, int pixels) {
    List<Integer> inputs = new ArrayList<>();
    int places = pixels * pixels;
    for (int i = 0; i < 9 * places; i++) {
      int row = i % places / pixels + i / (3 * places) - 1;
      int column = i % pixels + i / places % 3 - 1;
      boolean inside = row >= 0 && row < pixels && column >= 0 && column < pixels;
      inputs.add(inside ? row * pixels + column : -1);
    }
    return Patches.of(channels, places, 9, inputs).orElseThrow();
  }

  /** In nanoseconds, with some for copying patches and adding up besides the products. */
  private static long limit(Patches patches, int samples) {
    return patches.products() * 8L * samples / 2 + 20_000;
  }

  private void addConvolutions() {
    Patches few = patches(5, 2);
    Patches many = patches(8, 4);
    WinogradTiles tiles = many.tiles(8).orElseThrow();
    Machine.Kind kind = Machine.Kind.PRODUCTS;
    for (int n : new int[] {24, 40}) {
      long limit = limit(few, n);
      add(kind, limit, () -> VectorConvolutions.apply(out, 0, a, 0, b, 0, few, 8, n));
      add(kind, limit, () -> VectorConvolutions.transposed(out, 0, a, 0, b, 0, few, 8, n));
    }
    for (int n : new int[] {24, 32}) {
      add(
          kind,
          limit(many, n),
          () -> VectorWinograd.apply(out, 0, a, 0, b, 0, tiles, 8, 8, false, n));
    }
    if (VectorLanes.USABLE) {
      int n = 24;
      add(
          Machine.Kind.LANES,
          limit(few, n),
          () -> VectorPatchDots.weights(out, 0, a, 0, b, 0, few, 8, n));
      add(
          Machine.Kind.LANES,
          limit(many, n),
          () -> VectorWinogradDots.weightsBack(out, 0, a, 0, b, 0, tiles, 8, 8, n));
    }
  }

  private void addProducts() {
    int[][] shapes = {{24, 32, 60}, {2, 50, 20}, {7, 40, 40}, {13, 32, 16}};
    for (int[] s : shapes) {
      add(
          Machine.Kind.PRODUCTS,
          (long) s[0] * s[1] * s[2] / 2 + 500,
          () -> VectorProducts.product(out, 0, a, 0, s[1], 1, b, 0, s[0], s[1], s[2]));
    }
    for (int k = 1; k <= 3; k++) {
      int inner = k;
      add(
          Machine.Kind.PRODUCTS,
          1_500,
          () -> VectorThin.product(out, 0, a, 0, inner, 1, b, 0, 9, inner, 67));
    }
    if (VectorNarrow.fits(2, 20)) {
      Machine.Kind kind = Machine.Kind.PRODUCTS;
      add(kind, 1_500, () -> VectorNarrow.product(out, 0, a, 0, 2, 1, b, 0, 9, 20));
      add(kind, 1_500, () -> VectorNarrow.affine(out, 0, a, 0, b, 0, b, 99, 9, 20));
    }
  }
}
