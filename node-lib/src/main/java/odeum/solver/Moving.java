package odeum.solver;

import java.util.List;
import java.util.Locale;

/** What keeps a state from being steady. */
final class Moving {
  private Moving() {}

  /** {@return which value moves fastest for its size; the first whose slope is NaN; -1 of none} */
  static int fastest(Event.Steady event, double[] y, double[] slope) {
    int fastest = -1;
    double most = -1;
    for (int i = 0; i < y.length; i++) {
      double speed = event.speed(y[i], slope[i]);
      if (Double.isNaN(speed)) {
        return i;
      }
      if (speed > most) {
        most = speed;
        fastest = i;
      }
    }
    return fastest;
  }

  /**
   * {@return a sentence on what still moves; empty if the solve did not wait for a steady state}
   */
  static String words(List<Event> events, List<String> names, double[] y, double[] slope) {
    for (Event event : events) {
      if (event instanceof Event.Steady steady && fastest(steady, y, slope) >= 0) {
        int i = fastest(steady, y, slope);
        return String.format(
            Locale.ROOT,
            " It is not steady there: %s = %s still changes by %s per unit of time, '%s' allows %s. It"
                + " may swing or grow for ever, or need looser tolerances.",
            names.get(i),
            Diagnosis.brief(y[i]),
            Diagnosis.brief(slope[i]),
            steady.name(),
            Diagnosis.brief(steady.atol() + steady.rtol() * Math.abs(y[i])));
      }
    }
    return "";
  }
}
