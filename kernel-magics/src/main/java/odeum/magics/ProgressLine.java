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
  private final Deque<Point> recent = new ArrayDeque<>();
  private TrainingProgress first;
  private TrainingProgress startBegan;
  private String method = "";
  private int done;
  private int before;
  private double rate;

  /** How many epochs were done at a time. */
  private record Point(int epochs, double seconds) {}

  /**
   * A line about a training with this seed.
   *
   * @param budget how many seconds it may take, if that was said
   */
  ProgressLine(long seed, OptionalDouble budget) {
    this.seed = seed;
    this.budget = budget;
  }

  /** Notes an epoch, shown or not. */
  void note(TrainingProgress p) {
    if (first == null) {
      first = p;
      before = p.epoch();
    }
    if (startBegan == null || startBegan.start() != p.start()) {
      before = startBegan == null ? before : 0;
      startBegan = p;
    }
    done += p.epoch() - before;
    before = p.epoch();
    if (!method.equals(p.optimizer())) {
      // What the method before did in a second says nothing about this one.
      recent.clear();
      method = p.optimizer();
    }
  }

  /**
   * {@return the line while it runs}
   *
   * @param more what else it says of the best parameters
   */
  String running(TrainingProgress p, String more) {
    rate = rate(p);
    return line(p, more, rate, eta(p));
  }

  /** {@return the line at the end} */
  String ended(TrainingProgress p, String more, double seconds) {
    int epochs = p.starts() > 1 ? done : p.epoch();
    double mean = seconds > 0 ? epochs / seconds : 0;
    return line(p, more, mean, String.format(Locale.ROOT, "%.1f s", seconds));
  }

  private double rate(TrainingProgress p) {
    while (recent.size() > 1 && p.seconds() - recent.getFirst().seconds() > RATED_SECONDS) {
      recent.removeFirst();
    }
    recent.addLast(new Point(done, p.seconds()));
    double seconds = p.seconds() - recent.getFirst().seconds();
    return seconds > 0 ? (done - recent.getFirst().epochs()) / seconds : rate;
  }

  private String line(TrainingProgress p, String more, double rate, String end) {
    double own = p.epochs() == 0 ? 1 : Math.min(1, (double) p.epoch() / p.epochs());
    double share = (p.start() - 1 + own) / p.starts();
    int full = (int) Math.round(share * BAR);
    String held =
        p.validation().isPresent()
            ? " · validation " + Text.brief(p.validation().getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "%sepoch %d/%d %s%s %.0f %% · loss %s%s · best %s%s · %.1f it/s · %s · seed %d",
        p.starts() > 1 ? String.format(Locale.ROOT, "start %d/%d · ", p.start(), p.starts()) : "",
        p.epoch(),
        p.epochs(),
        "▇".repeat(full),
        "▁".repeat(BAR - full),
        100 * share,
        Text.brief(p.loss()),
        held,
        Text.brief(p.best()),
        more,
        rate,
        end,
        seed);
  }

  private String eta(TrainingProgress p) {
    double left = left(p);
    if (budget.isPresent()) {
      left = Math.min(left, first.seconds() + budget.getAsDouble() - p.seconds());
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

  /** Starts differ in how soon they converge, so the mean of those that are done counts. */
  private double left(TrainingProgress p) {
    int whole = p.start() - first.start();
    if (whole > 0) {
      double mean = (startBegan.seconds() - first.seconds()) / whole;
      double own = Math.max(0, mean - (p.seconds() - startBegan.seconds()));
      return own + mean * (p.starts() - p.start());
    }
    double epochs = p.epochs() - p.epoch() + (double) p.epochs() * (p.starts() - p.start());
    return rate > 0 ? epochs / rate : Double.POSITIVE_INFINITY;
  }
}
