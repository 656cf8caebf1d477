package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import odeum.nn.Parameters;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;
import odeum.train.TrainingEnd;
import odeum.train.TrainingHistory;
import odeum.train.TrainingProgress;
import odeum.train.TrainingResult;
import odeum.train.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The live display against a clock that only the test moves. */
class TrainingViewTest {
  private static final Parameters NONE = Parameters.EMPTY;
  private final Notebook notebook = new Notebook();
  private double now;
  private double drawing;
  private int drawn;

  @AfterEach
  void close() {
    notebook.close();
  }

  private TrainingView view(OptionalDouble budget) {
    return new TrainingView(
        notebook,
        List.of("loss", "fit"),
        Optional.of(
            parameters -> {
              drawn++;
              now += drawing;
              return Chart.of("curve").line("x", new double[] {0, 1}, new double[] {1, 2});
            }),
        parameters -> "",
        new ProgressLine(3, budget),
        new Pace(() -> now));
  }

  private static TrainingProgress epoch(int epoch, double loss, double seconds) {
    return new TrainingProgress(
        epoch, 200, "adam", loss, OptionalDouble.empty(), loss / 2, NONE, NONE, seconds, 1, 1);
  }

  private List<MimeBundle> frames() {
    return notebook.live.values().iterator().next();
  }

  @Test
  void drawsAtMostFourTimesASecondAndSolvesOnlyThen() {
    TrainingView view = view(OptionalDouble.empty());
    for (int epoch = 0; epoch <= 100; epoch++) {
      now = epoch / 100.0;
      view.epoch(epoch(epoch, 1, now));
    }
    assertEquals(5, drawn);
    assertEquals(5, frames().size());
  }

  @Test
  void slowFramesAreRare() {
    TrainingView view = view(OptionalDouble.empty());
    drawing = 0.5;
    double work = 0;
    while (work < 10) {
      view.epoch(epoch((int) (100 * work), 1, now));
      work += 0.01;
      now += 0.01;
    }
    assertTrue(now - work < 0.2 * now, now + " s for " + work + " s of work");
    assertTrue(drawn > 1);
  }

  @Test
  void theLineSaysHowFarHowGoodHowFastAndHowLong() {
    TrainingView view = view(OptionalDouble.empty());
    view.epoch(epoch(0, 4, 0));
    assertEquals(
        "epoch 0/200 ▁▁▁▁▁▁▁▁▁▁ 0 % · loss 4 · best 2 · 0.0 it/s · ETA -:-- · seed 3",
        frames().getLast().text());
    now = 7;
    view.epoch(epoch(87, 3.1e-4, 7));
    assertEquals(
        "epoch 87/200 ▇▇▇▇▁▁▁▁▁▁ 44 % · loss 3.1e-4 · best 1.55e-4 · 12.4 it/s · ETA 0:09 · seed 3",
        frames().getLast().text());
  }

  @Test
  void theTimeLeftEndsWithTheBudget() {
    TrainingView view = view(OptionalDouble.of(8));
    view.epoch(epoch(0, 4, 100));
    now = 2;
    view.epoch(epoch(1, 4, 102));
    assertTrue(frames().getLast().text().contains("· ETA 0:06 ·"), frames().getLast().text());
  }

  private static TrainingProgress epoch(String method, int start, int epoch, double seconds) {
    OptionalDouble none = OptionalDouble.empty();
    return new TrainingProgress(epoch, 200, method, 1, none, 1, NONE, NONE, seconds, start, 8);
  }

  @Test
  void theTimeLeftOfManyStartsIsThatOfThoseDone() {
    TrainingView view = view(OptionalDouble.empty());
    view.epoch(epoch("lm", 1, 0, 50));
    now = 1;
    view.epoch(epoch("lm", 1, 10, 51));
    String first = frames().getLast().text();
    assertTrue(first.startsWith("start 1/8 · epoch 10/200 ▁▁▁▁▁▁▁▁▁▁ 1 % · "), first);
    assertTrue(first.contains(" · 10.0 it/s · ETA 2:39 · "), first);
    // The first start converged after 2 s; the second one is half a second old.
    view.epoch(epoch("lm", 2, 0, 52));
    now = 2.5;
    view.epoch(epoch("lm", 2, 5, 52.5));
    String second = frames().getLast().text();
    assertTrue(second.startsWith("start 2/8 · epoch 5/200 "), second);
    assertTrue(second.contains(" · ETA 0:14 · "), second);
  }

  @Test
  void aMethodIsAsFastAsItWas() {
    TrainingView view = view(OptionalDouble.empty());
    TrainingProgress start = epoch(0, 1, 0);
    view.epoch(start);
    now = 1;
    view.epoch(epoch(100, 1, 1));
    // The next method does 2 epochs a second; the 100 a second of the one before are past.
    OptionalDouble none = OptionalDouble.empty();
    for (int i = 1; i <= 6; i++) {
      now = 1 + i / 2.0;
      view.epoch(new TrainingProgress(100 + i, 200, "lm", 1, none, 1, NONE, NONE, now, 1, 1));
    }
    assertTrue(
        frames().getLast().text().contains(" 2.0 it/s · ETA 0:47 "), frames().getLast().text());
  }

  @Test
  void hoursAreHours() {
    TrainingView view = view(OptionalDouble.empty());
    view.epoch(epoch(0, 4, 0));
    now = 100;
    view.epoch(epoch(1, 4, 100));
    assertTrue(frames().getLast().text().contains("· ETA 5:31:40 ·"), frames().getLast().text());
  }

  @Test
  void theLastFrameIsCompleteThoughItIsNotTimeForOne() {
    TrainingView view = view(OptionalDouble.empty());
    List<TrainingHistory.Epoch> epochs =
        List.of(
            new TrainingHistory.Epoch(1, 3, OptionalDouble.of(5), 5, 1, "adam"),
            new TrainingHistory.Epoch(2, 2, OptionalDouble.of(4), 4, 2, "adam"));
    TrainingHistory history = new TrainingHistory(9, epochs);
    view.before(history);
    view.epoch(
        new TrainingProgress(
            3, 3, "adam", 1.5, OptionalDouble.of(3.5), 3.5, NONE, NONE, 2.5, 1, 1));
    view.end(
        new TrainingResult<>(
            "model",
            NONE,
            3.5,
            3,
            history,
            TrainingEnd.FINISHED,
            "",
            3,
            2.5,
            (TrainingState) null,
            List.of()));
    assertEquals(2, frames().size());
    assertEquals(
        "epoch 3/3 ▇▇▇▇▇▇▇▇▇▇ 100 % · loss 1.5 · validation 3.5 · best 3.5 · 1.2 it/s · 2.5 s"
            + " · seed 3",
        frames().getLast().text());
    String json = frames().getLast().data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("y=[9.0, 3.0, 2.0, 1.5]"), json);
    assertTrue(json.contains("y=[5.0, 4.0, 3.5]"), json);
    assertTrue(json.contains("name=validation"), json);
  }

  @Test
  void aLongTrainingKeepsItsSpikesInFewPoints() {
    double[] losses = new double[100_000];
    java.util.Arrays.fill(losses, 1);
    losses[54_321] = 100;
    String text = LossChart.of("loss", losses, new double[0]).bundle().data().toString();
    assertTrue(text.contains("54321"), "the spike is lost");
    assertTrue(text.length() < 100_000, text.length() + " characters");
  }
}
