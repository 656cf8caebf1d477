package odeum.magics;

import java.util.Locale;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import odeum.plot.MimeBundle;
import odeum.solver.StepListener;

/** Shows how far a solve is, once it takes longer than people like to wait without a sign. */
final class SolveProgress implements StepListener {
  private static final double PATIENCE_SECONDS = 1;

  /** The clock is asked every so many steps. */
  private static final int STEPS = 64;

  private static final int BAR = 10;

  private final KernelPort kernel;
  private final String title;
  private final double start;
  private final double end;
  private final DoubleSupplier clock;
  private final Pace pace;
  private final double began;
  private final String id = UUID.randomUUID().toString();
  private long steps;
  private boolean shown;

  /**
   * The progress of a solve that begins now.
   *
   * @param clock seconds from any moment on
   */
  SolveProgress(
      KernelPort kernel, String title, double start, double end, DoubleSupplier clock) {
    this.kernel = kernel;
    this.title = title;
    this.start = start;
    this.end = end;
    this.clock = clock;
    this.pace = new Pace(clock);
    this.began = clock.getAsDouble();
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    steps++;
    if (steps % STEPS == 0 && clock.getAsDouble() - began > PATIENCE_SECONDS) {
      pace.draw(() -> show(t));
    }
  }

  private void show(double t) {
    shown = true;
    double share = (t - start) / (end - start);
    int full = (int) Math.round(share * BAR);
    kernel.display(
        MimeBundle.of(
            String.format(
                Locale.ROOT,
                "%s · t = %s of %s %s%s %.0f %% · %d steps · %.0f s",
                title,
                Text.brief(t),
                Text.brief(end),
                "▇".repeat(full),
                "▁".repeat(BAR - full),
                100 * share,
                steps,
                clock.getAsDouble() - began)),
        id);
  }

  /** Shows the last word on the solve, in the place of its progress if that was shown. */
  void end(String text) {
    if (shown) {
      kernel.display(MimeBundle.of(text), id);
    } else {
      kernel.display(MimeBundle.of(text));
    }
  }
}
