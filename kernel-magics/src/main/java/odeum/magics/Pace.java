package odeum.magics;

import java.util.function.DoubleSupplier;

/**
 * How often something is drawn while work goes on: at most four times a second, and so that drawing
 * takes a small share of the time however long it takes.
 */
final class Pace {
  private static final double SECONDS_BETWEEN = 0.25;

  /**
   * Six times as long as a frame took goes to the work before the next: a seventh is for frames.
   */
  private static final double WORK = 6;

  private final DoubleSupplier clock;
  private double next = Double.NEGATIVE_INFINITY;
  private boolean drawn;

  /**
   * A pace that begins with a frame.
   *
   * @param clock seconds from any moment on
   */
  Pace(DoubleSupplier clock) {
    this.clock = clock;
  }

  /** Draws a frame if it is time for one. */
  void draw(Runnable frame) {
    double begin = clock.getAsDouble();
    if (begin < next) {
      return;
    }
    frame.run();
    double end = clock.getAsDouble();
    // The first frame of a process loads all that draws: it says nothing of how long others take.
    double rest = drawn ? WORK * (end - begin) : SECONDS_BETWEEN;
    next = Math.max(begin + SECONDS_BETWEEN, end + rest);
    drawn = true;
  }
}
