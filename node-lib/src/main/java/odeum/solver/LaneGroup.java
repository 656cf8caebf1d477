package odeum.solver;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import odeum.simd.Threads;
import odeum.term.TracedField;

/**
 * Solves of one traced field that go on side by side. Threads take them from one queue; which lane
 * of which block a solve runs in changes none of its bits.
 */
final class LaneGroup {
  /** What a block works on should stay in the cache next to the processor, or the next one. */
  private static final int CACHED_VALUES = 1 << 14;

  private static final int MOST_LANES = 256;
  static final int FEWEST_LANES = 8;

  private final EnsembleRun run;
  private final ExplicitRungeKutta method;
  private final TracedField field;
  private final int[] members;
  private final boolean own;
  private final AtomicInteger queue = new AtomicInteger();

  /**
   * @param members the positions of its problems
   */
  LaneGroup(EnsembleRun run, ExplicitRungeKutta method, TracedField field, int[] members) {
    this.run = run;
    this.method = method;
    this.field = field;
    this.members = members;
    this.own = hasOwnParameters(run, members);
  }

  private static boolean hasOwnParameters(EnsembleRun run, int[] members) {
    double[] first = run.problem(members[0]).term().parameters().toArray();
    return Arrays.stream(members)
        .anyMatch(i -> !Arrays.equals(first, run.problem(i).term().parameters().toArray()));
  }

  /** Whether each solve gets the bits it has alone. */
  boolean keepsBits() {
    return field.keepsBitsInBatches(own);
  }

  void solve() {
    int workers = Math.min(Threads.count(), (members.length + FEWEST_LANES - 1) / FEWEST_LANES);
    int lanes = lanes((members.length + workers - 1) / workers);
    Threads.run(workers, () -> new LaneBlock(this, lanes).run());
  }

  /** A power of two, so that few programs serve all blocks. */
  private int lanes(int wanted) {
    int values = field.state().size() * (method.tableau().allStages() + 4);
    int fitting = Math.clamp(CACHED_VALUES / values, FEWEST_LANES, MOST_LANES);
    int lanes = FEWEST_LANES;
    while (lanes < wanted && 2 * lanes <= fitting) {
      lanes *= 2;
    }
    return lanes;
  }

  /** The position of the next problem, or -1. */
  int next() {
    int next = queue.getAndIncrement();
    return next < members.length ? members[next] : -1;
  }

  EnsembleRun run() {
    return run;
  }

  ExplicitRungeKutta method() {
    return method;
  }

  TracedField field() {
    return field;
  }

  /** Whether solves have parameters of their own. */
  boolean own() {
    return own;
  }

  List<Integer> members() {
    return Arrays.stream(members).boxed().toList();
  }
}
