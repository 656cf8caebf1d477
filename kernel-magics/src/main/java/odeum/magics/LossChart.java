package odeum.magics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import odeum.plot.Chart;

/** Losses over the epochs, on a logarithmic axis. */
final class LossChart {
  private static final int MOST_RUNS = 1000;

  private LossChart() {}

  /**
   * {@return losses from the start on; what is not above zero has no place on the axis}
   *
   * @param held those of samples held back, or none
   */
  static Chart of(String title, double[] losses, double[] held) {
    Chart chart = Chart.of(title).xAxis("epoch").yAxis("loss").logY();
    chart = line(chart, held.length == 0 ? "loss" : "training", losses);
    return held.length == 0 ? chart : line(chart, "validation", held);
  }

  private static Chart line(Chart chart, String name, double[] losses) {
    int[] epochs =
        extremes(
            losses,
            IntStream.range(0, losses.length)
                .filter(i -> losses[i] > 0 && Double.isFinite(losses[i]))
                .toArray());
    return chart.line(
        name,
        IntStream.of(epochs).asDoubleStream().toArray(),
        IntStream.of(epochs).mapToDouble(i -> losses[i]).toArray());
  }

  /** The lowest and the highest of each run of values: as much as a chart of this size shows. */
  private static int[] extremes(double[] values, int[] positions) {
    int run = Math.ceilDiv(positions.length, MOST_RUNS);
    if (run <= 2) {
      return positions;
    }
    BitSet kept = new BitSet();
    for (int from = 0; from < positions.length; from += run) {
      int lowest = positions[from];
      int highest = lowest;
      for (int i : Arrays.copyOfRange(positions, from, Math.min(positions.length, from + run))) {
        lowest = values[i] < values[lowest] ? i : lowest;
        highest = values[i] > values[highest] ? i : highest;
      }
      kept.set(lowest);
      kept.set(highest);
    }
    kept.set(positions[positions.length - 1]);
    return kept.stream().toArray();
  }
}
