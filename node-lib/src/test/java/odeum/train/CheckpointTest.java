package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.file.FileException;
import odeum.model.EquationFit;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("state.safetensors");
  }

  @Test
  void everyStateComesBackWithAllItsBits() {
    List<TrainingState> states = new ArrayList<>();
    TrainingToKill.trainer()
        .then(LevenbergMarquardt.of(), 0)
        .checkpoint(1, states::add)
        .run(TrainingToKill.data(23));
    assertTrue(states.size() >= TrainingToKill.STEPS + 2, states.size() + " states");
    for (TrainingState state : states) {
      Checkpoint.save(file(), state);
      assertEquals(state, Checkpoint.load(file()));
    }
  }

  private Process started(int epoch, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TrainingToKill.class.getName(), file().toString(), "" + epoch));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Kills (SIGKILL, no goodbye) as soon as an epoch is announced, while its state is written. */
  private void killAt(int epoch) throws Exception {
    Process process = started(epoch);
    try (BufferedReader lines = output(process)) {
      String line = lines.readLine();
      while (line != null && !line.equals("epoch " + epoch)) {
        line = lines.readLine();
      }
      assertEquals("epoch " + epoch, line);
      process.destroyForcibly();
    }
    assertNotEquals(0, process.waitFor());
  }

  @Test
  void aKilledTrainingGoesOnToTheSameBits() throws Exception {
    String whole = TrainingToKill.bits(TrainingToKill.trainer().run(TrainingToKill.data(23)));
    for (int epoch : new int[] {6, 20, TrainingToKill.STEPS + 3}) {
      killAt(epoch);
      int saved = Checkpoint.load(file()).epoch();
      assertTrue(saved >= epoch - 1, saved + " epochs were saved at epoch " + epoch);
      assertTrue(saved <= epoch + 2, saved + " epochs were saved at epoch " + epoch);
    }
    Process last = started(1000);
    List<String> lines = output(last).lines().toList();
    assertEquals(0, last.waitFor(), String.join("\n", lines));
    assertEquals(whole, lines.getLast());
    assertTrue(lines.size() < 20, "it began anew: " + lines);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDiskThatIsFullKeepsTheOldState() throws Exception {
    killAt(3);
    TrainingState before = Checkpoint.load(file());
    // No file of this process may become longer than a kilobyte: what a full disk is to a program.
    Process process = started(1000, "sh", "-c", "ulimit -f 1; exec \"$@\"", "sh");
    String output = String.join("\n", output(process).lines().toList());
    assertNotEquals(0, process.waitFor(), output);
    String expected = file() + " cannot be written: ";
    assertTrue(output.contains(expected), output);
    assertTrue(output.contains("The file that was there before is unchanged."), output);
    assertEquals(before, Checkpoint.load(file()));
    try (Stream<Path> files = Files.list(folder)) {
      String part = "." + process.pid() + "-";
      assertEquals(List.of(), files.filter(f -> f.toString().contains(part)).toList());
    }
  }

  @Test
  void aFolderThatIsMissingIsSaidBeforeTheTraining() {
    Path nowhere = folder.resolve("no").resolve("state.safetensors");
    Trainer<Parameters> trainer = TrainingToKill.trainer();
    FileException e = assertThrows(FileException.class, () -> trainer.checkpoint(1000, nowhere));
    assertTrue(e.getMessage().contains("there is no folder " + nowhere.getParent()));
    TrainingState state = states().getFirst();
    FileException late = assertThrows(FileException.class, () -> Checkpoint.save(nowhere, state));
    assertTrue(late.getMessage().contains("there is no folder"), late.getMessage());
  }

  private static String refused(Trainer<Parameters> trainer, Dataset data) {
    return assertThrows(IllegalArgumentException.class, () -> trainer.run(data)).getMessage();
  }

  @Test
  void theStateOfAnotherTrainingIsRefused() {
    Dataset data = TrainingToKill.data(23);
    Trainer<Parameters> trainer = TrainingToKill.trainer();
    List<TrainingState> states = new ArrayList<>();
    trainer.checkpoint(10, states::add).run(data);
    Checkpoint.save(file(), states.getFirst());
    Trainer<Parameters> resumed = trainer.resume(file());
    assertEquals(TrainingToKill.bits(trainer.run(data)), TrainingToKill.bits(resumed.run(data)));
    // What is still to come may change.
    assertEquals(50, resumed.then(Adam.of(0.1), 10).run(data).epochs());

    String other = refused(resumed, TrainingToKill.data(24));
    assertTrue(other.contains("data: Dataset of 18 samples"), other);
    String batch = refused(resumed.batch(8), data);
    assertTrue(batch.contains("It had batch: 7, now 8. Go on with"), batch);
    String clip = refused(resumed.clip(0.5), data);
    assertTrue(clip.contains("largest gradient: Infinity in length"), clip);
    String share = refused(resumed.validation(0.5), data);
    assertTrue(share.contains("validation: "), share);
    Trainer<Parameters> sgd =
        Trainer.of(new Fit((p, s) -> p.flat().sum(), states.getFirst().best(), Limits.NONE))
            .optimizer(Sgd.of(0.1))
            .batch(7)
            .validation(0.2)
            .resume(file());
    String method = refused(sgd, data);
    assertTrue(method.contains("method 1: Adam[learningRate=0.02"), method);
    assertTrue(method.contains("now Sgd["), method);
    assertTrue(method.contains("epochs of method 1: 25, now none"), method);
  }

  @Test
  void betweenTwoWritesPassesTheTimeAskedFor() {
    List<Integer> written = new ArrayList<>();
    Trainer<Parameters> often = TrainingToKill.trainer().checkpoint(Duration.ZERO, file());
    Trainer<Parameters> rare = TrainingToKill.trainer().checkpoint(Duration.ofHours(1), file());
    for (Trainer<Parameters> trainer : List.of(often, rare)) {
      Set<Integer> epochs = new TreeSet<>();
      TrainingListener look =
          progress -> {
            if (Files.exists(file())) {
              epochs.add(Checkpoint.load(file()).epoch());
            }
          };
      String bits = TrainingToKill.bits(trainer.listener(look).run(TrainingToKill.data(23)));
      assertEquals(
          TrainingToKill.bits(TrainingToKill.trainer().run(TrainingToKill.data(23))), bits);
      assertEquals(
          TrainingToKill.STEPS + TrainingToKill.ITERATIONS, Checkpoint.load(file()).epoch());
      written.add(epochs.size());
      assertTrue(file().toFile().delete());
    }
    // Each epoch sees what the ones before it wrote; the rare one the first and that of a method's
    // end.
    assertTrue(written.getFirst() >= TrainingToKill.STEPS, written.toString());
    assertTrue(written.getLast() <= 3, written.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> TrainingToKill.trainer().checkpoint(Duration.ofSeconds(-1), file()));
  }

  @Test
  void aModelsOwnFactsCountToo() {
    TimeSeries series = TimeSeries.of(0, 1, 2).and("x", 1, 0.5, 0.3);
    Ode decay = Ode.parse("x' = -k*x\nparam k = 1\nconst c = 2\ninit x = 1\nlet twice = c*x");
    EquationFit fit = EquationFit.of(decay, series);
    TrainingState state = Trainer.of(fit).optimizer(Adam.of(0.1)).epochs(2).run().state();
    Map<String, EquationFit> others = new TreeMap<>();
    others.put("const: c = 2, now c = 3.", EquationFit.of(decay.with("c", 3), series));
    others.put("init: x = 1, now x = 2.", EquationFit.of(decay.withInitial("x", 2), series));
    Ode faster = Ode.parse(decay.source().replace("-k*x", "-k*x^2"));
    others.put("x': -k*x, now -k*x^2.", EquationFit.of(faster, series));
    others.put("solver: ", fit.withIntegrator(Integrator.fixed(Solvers.rk4(), 0.1)));
    others.put("adjoint: ", fit.withAdjoint(Adjoint.backsolve()));
    others.put("loss: ", fit.withLoss(Loss.HUBER));
    others.forEach(
        (fact, other) -> {
          Trainer<Ode> trainer = Trainer.of(other).optimizer(Adam.of(0.1)).resume(state);
          String message = assertThrows(IllegalArgumentException.class, trainer::run).getMessage();
          assertTrue(message.contains("It had " + fact), message);
        });
    Trainable<Ode> own = fit.withObjective((p, s) -> p.get("k").square());
    assertEquals(0, Trainer.of(own).optimizer(Lbfgs.of()).run().parameter("k"), 1e-6);
    assertEquals("adam", own.optimizer().name());
    Trainer<Ode> trainer = Trainer.of(own).optimizer(Adam.of(0.1)).resume(state);
    String message = assertThrows(IllegalArgumentException.class, trainer::run).getMessage();
    assertTrue(message.contains("loss: mse, now one of the user's own"), message);
    TrainingState ownState = Trainer.of(own).optimizer(Adam.of(0.1)).epochs(2).run().state();
    Trainable<Ode> same = fit.withObjective((p, s) -> p.get("k").square());
    assertEquals(
        3, Trainer.of(same).optimizer(Adam.of(0.1)).epochs(3).resume(ownState).run().epochs());
    Trainable<Ode> another = fit.withObjective((p, s) -> p.get("k").square().times(2));
    Trainer<Ode> mistaken = Trainer.of(another).optimizer(Adam.of(0.1)).resume(ownState);
    String formula = assertThrows(IllegalArgumentException.class, mistaken::run).getMessage();
    assertTrue(formula.contains("It had objective: another one. Go on "), formula);
  }

  @Test
  void anythingElseIsNoCheckpoint() throws Exception {
    states().getFirst().best().save(file());
    FileException parameters = assertThrows(FileException.class, () -> Checkpoint.load(file()));
    assertTrue(parameters.getMessage().contains("is no checkpoint"), parameters.getMessage());
    Files.write(file(), new byte[100]);
    assertThrows(FileException.class, () -> Checkpoint.load(file()));
  }

  private static List<TrainingState> states() {
    List<TrainingState> states = new ArrayList<>();
    TrainingToKill.trainer().checkpoint(10, states::add).run(TrainingToKill.data(23));
    return states;
  }
}
