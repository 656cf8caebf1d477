package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.plot.MimeBundle;
import org.junit.jupiter.api.Test;

class SolveProgressTest {
  private double now;

  private void step(SolveProgress progress, double t) {
    progress.accepted(t, 0.01, new double[0], new double[0][], 0);
  }

  @Test
  void aLongSolveShowsHowFarItIsAndEndsInThatPlace() {
    try (Notebook notebook = new Notebook()) {
      SolveProgress progress = new SolveProgress(notebook, "orbit", 10, 30, () -> now);
      for (int i = 1; i <= 4_000; i++) {
        now = i * 1e-3;
        step(progress, 10 + i * 5e-3);
      }
      progress.end("done");
      List<MimeBundle> frames = notebook.live.values().iterator().next();
      assertEquals(1, notebook.live.size());
      assertTrue(notebook.outputs.isEmpty());
      assertTrue(frames.size() > 5 && frames.size() < 16, frames.size() + " frames");
      String first = frames.getFirst().text();
      assertTrue(first.matches("orbit · t = 15\\.\\d+ of 30 ▇▇▇▁{7} 2\\d % · 10\\d\\d steps · 1 s"), first);
      assertEquals("done", frames.getLast().text());
    }
  }

  @Test
  void aShortOneShowsItsEndOnly() {
    try (Notebook notebook = new Notebook()) {
      SolveProgress progress = new SolveProgress(notebook, "orbit", 0, 1, () -> now);
      for (int i = 0; i < 1_000; i++) {
        step(progress, i * 1e-3);
      }
      progress.end("done");
      assertTrue(notebook.live.isEmpty());
      assertEquals("done", notebook.outputs.getLast().text());
    }
  }
}
