package odeum.magics;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;
import odeum.train.TrainingStart;

/** How a training went from each of its starts, as a table. */
final class StartsTable {
  private static final int MOST_ROWS = 10;

  private StartsTable() {}

  /** {@return the table, and a line about those it has no room for} */
  static String of(TrainingResult<?> result) {
    List<TrainingStart> starts = result.starts();
    List<TrainingStart> shown =
        starts.stream()
            .sorted(Comparator.comparingDouble(TrainingStart::loss))
            .limit(MOST_ROWS)
            .sorted(Comparator.comparingInt(TrainingStart::number))
            .toList();
    Grid grid = Grid.of("start", "loss there", "best", "epochs", "");
    int best = best(result);
    for (TrainingStart start : shown) {
      grid =
          grid.row(
              Integer.toString(start.number()),
              Text.brief(start.startLoss()),
              Text.brief(start.loss()),
              Integer.toString(start.epochs()),
              start.number() == best ? "the best" : end(start.end()));
    }
    int left = starts.size() - shown.size();
    String more = String.format(Locale.ROOT, "and %d that came to more\n", left);
    return grid + (left > 0 ? more : "") + "\n";
  }

  private static String end(TrainingEnd end) {
    return end == TrainingEnd.NOT_FINITE ? "no number" : "";
  }

  /** {@return the number of the best start} */
  static int best(TrainingResult<?> result) {
    return result.starts().stream()
        .min(Comparator.comparingDouble(TrainingStart::loss))
        .orElseThrow()
        .number();
  }

  /** {@return how many starts, the best of all among them, were whole; 0 if that one was not} */
  static int whole(TrainingResult<?> result) {
    int whole = result.starts().size() - 1;
    return best(result) <= whole ? whole : 0;
  }
}
