package odeum.magics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;
import odeum.train.TrainingProgress;

/** A training in one line: how far it is, how good, how fast, and how long it will take. */
final class ProgressLine {
  private static final int BAR = 10;

  /** The first seconds in a new process are slow, so the rate is that of the last ones. */
  private static final double RATED_SECONDS = 5;

  private final long seed;
  private final OptionalDouble budget;
  private final Deque<TrainingProgress> recent = new ArrayDeque<>();
  private double began = Double.NaN;

  /**
   * A line about a training with this seed.
   *
   * @param budget how many seconds it may take, if that was said
   */
  ProgressLine(long seed, OptionalDouble budget) {
    this.seed = seed;
    this.budget = budget;
  }

  /** {@return the line while it runs} */
  String running(TrainingProgress p) {
    note(p);
    return line(p, rate(p), eta(p));
  }

  /** {@return the line at the end} */
  String ended(TrainingProgress p, double seconds) {
    double rate = seconds > 0 ? p.epoch() / seconds : 0;
    return line(p, rate, String.format(Locale.ROOT, "%.1f s", seconds));
  }

  private void note(TrainingProgress p) {
    began = Double.isNaN(began) ? p.seconds() : began;
    while (recent.size() > 1 && p.seconds() - recent.getFirst().seconds() > RATED_SECONDS) {
      recent.removeFirst();
    }
    recent.addLast(p);
  }

  private double rate(TrainingProgress p) {
    TrainingProgress since = recent.getFirst();
    double seconds = p.seconds() - since.seconds();
    return seconds > 0 ? (p.epoch() - since.epoch()) / seconds : 0;
  }

  private String line(TrainingProgress p, double rate, String end) {
    double share = p.epochs() == 0 ? 1 : Math.min(1, (double) p.epoch() / p.epochs());
    int full = (int) Math.round(share * BAR);
    String held =
        p.validation().isPresent()
            ? " · validation " + Text.brief(p.validation().getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "epoch %d/%d %s%s %.0f %% · loss %s%s · best %s · %.1f it/s · %s · seed %d",
        p.epoch(),
        p.epochs(),
        "▇".repeat(full),
        "▁".repeat(BAR - full),
        100 * share,
        Text.brief(p.loss()),
        held,
        Text.brief(p.best()),
        rate,
        end,
        seed);
  }

  private String eta(TrainingProgress p) {
    double rate = rate(p);
    double left = rate > 0 ? (p.epochs() - p.epoch()) / rate : Double.POSITIVE_INFINITY;
    if (budget.isPresent()) {
      left = Math.min(left, began + budget.getAsDouble() - p.seconds());
    }
    if (Double.isInfinite(left)) {
      return "ETA -:--";
    }
    long seconds = Math.round(Math.max(0, left));
    return seconds < 3600
        ? String.format(Locale.ROOT, "ETA %d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "ETA %d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
