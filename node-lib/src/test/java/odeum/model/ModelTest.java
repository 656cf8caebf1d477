package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.file.FileException;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.RungeKutta;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  private static final VectorField PENDULUM =
      (t, y, p) ->
          Tracer.stack(
              y.get(1), y.get(0).sin().times(p.get("g")).unaryMinus().plus(t.times(0.1).sin()));
  private static final Tensor TILTED = Tensor.vector(1, 0);

  @TempDir Path folder;

  private static Model pendulum() {
    return Model.of(PENDULUM, 2, Parameters.of("g", 9.81).and("unused", Tensor.vector(1, 2)))
        .withNames("angle", "speed");
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  private Model again(Model model) {
    model.save(file());
    return Model.load(file());
  }

  private static void assertSame(Solution expected, Solution actual) {
    assertEquals(expected.summary(), actual.summary());
    assertEquals(expected.names(), actual.names());
    assertArrayEquals(expected.times(), actual.times());
    expected.names().forEach(name -> assertArrayEquals(expected.values(name), actual.values(name)));
  }

  @Test
  void comesBackWithEverythingItNeedsToBeSolved() {
    for (Integrator integrator :
        List.of(
            Integrator.of(Solvers.tsit5()),
            Integrator.adaptive(
                    Solvers.dopri8(), Pid.of(1e-9, 1e-12).withCoefficients(0.4, 0.3, 0.1))
                .withSaveAt(SaveAt.times(0, 0.1, 1 / 3., 3)),
            Integrator.fixed(Solvers.rk4(), 0.1).withSaveAt(SaveAt.steps()),
            Integrator.of(Solvers.tsit5()).withFirstStep(0.01).withControlled(1),
            Integrator.of(Solvers.commonsDopri853()),
            Integrator.fixed(Solvers.euler(), 0.7).withSaveAt(SaveAt.end()),
            Integrator.of(Solvers.bosh3()).withMaxSteps(7).withSaveAt(SaveAt.dense()))) {
      Model model = pendulum().withIntegrator(integrator);
      Model loaded = again(model);
      assertEquals(model.parameters(), loaded.parameters());
      assertEquals(model.names(), loaded.names());
      assertEquals(model.field().graph(), loaded.field().graph());
      assertEquals(integrator.controller(), loaded.integrator().controller());
      assertSame(model.solve(TILTED, 0, 3), loaded.solve(TILTED, 0, 3));
    }
  }

  @Test
  void mayKnowWhereItStartsAndFromWhenToWhen() {
    Model model = pendulum().withInitial(TILTED).withInitial("speed", 0.5).withSpan(2, -1);
    assertEquals(Tensor.vector(1, 0.5), again(model).initial());
    assertSame(model.solve(), again(model).solve());
    assertSame(model.solve(), pendulum().solve(Tensor.vector(1, 0.5), 2, -1));
    Model bare = again(pendulum().withInitial("angle", 1).withSpan(0, 1));
    IllegalStateException start = assertThrows(IllegalStateException.class, bare::solve);
    assertTrue(start.getMessage().contains("where speed starts"), start.getMessage());
    Model spanless = again(pendulum().withInitial(TILTED));
    IllegalStateException span = assertThrows(IllegalStateException.class, spanless::solve);
    assertTrue(span.getMessage().contains("withSpan"), span.getMessage());
    IllegalArgumentException name =
        assertThrows(IllegalArgumentException.class, () -> bare.withInitial("sped", 1));
    assertTrue(name.getMessage().contains("Did you mean 'speed'?"), name.getMessage());
  }

  @Test
  void takesOtherParametersOfTheSameKind() {
    Model moon = pendulum().with("g", 1.62);
    assertArrayEquals(new double[] {0.5, -1.62}, moon.derivative(0, Math.PI / 2, 0.5));
    assertArrayEquals(new double[] {0.5, -9.81}, pendulum().derivative(0, Math.PI / 2, 0.5));
    assertThrows(IllegalArgumentException.class, () -> moon.withParameters(Parameters.of("g", 1)));
    assertThrows(IllegalArgumentException.class, () -> moon.with("h", 1));
    assertThrows(IllegalArgumentException.class, () -> moon.withNames("angle"));
  }

  @Test
  void isUsedByManyThreadsAtOnce() throws Exception {
    Model model = again(pendulum());
    Solution alone = model.solve(TILTED, 0, 5);
    Callable<Solution> work = () -> model.solve(TILTED, 0, 5);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Solution>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(threads.submit(work));
      }
      for (Future<Solution> solution : all) {
        assertSame(alone, solution.get());
      }
    }
  }

  private static String refusedToSave(Model model, Path file) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> model.save(file));
    assertTrue(Files.notExists(file));
    return e.getMessage();
  }

  /** The root of the first operand, by a user's own algorithm. */
  private record OwnRoot() implements ImplicitFunction {
    @Override
    public String name() {
      return "my root";
    }

    @Override
    public Shape shape(List<Shape> operands) {
      return operands.getFirst();
    }

    @Override
    public void evaluate(Call call) {
      for (int i = 0; i < call.shape(0).size(); i++) {
        call.memory()[call.result() + i] = Math.sqrt(call.memory()[call.operand(0) + i]);
      }
    }

    @Override
    public ImplicitFunction pullback(List<Integer> wanted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ImplicitFunction pushforward() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void isNotSavedWithAnAlgorithmOfTheUsers() {
    VectorField field = (t, y, p) -> Tracer.implicit(new OwnRoot(), List.of(y)).times(p.get("g"));
    Model model = Model.of(field, 2, Parameters.of("g", 1));
    assertArrayEquals(new double[] {2, 3}, model.derivative(0, 4, 9));
    String refusal = refusedToSave(model, file());
    assertTrue(refusal.contains("the algorithm 'my root' inside"), refusal);
    assertTrue(refusal.contains("Parameters.save"), refusal);
  }

  @Test
  void mayHaveASolveInItsEquation() {
    Solve inner = Solve.of(PENDULUM, Integrator.of(Solvers.tsit5()), Adjoint.direct());
    VectorField nested =
        (t, y, p) ->
            inner.apply(p, y, Tracer.stack(t.constant(0), t.constant(1))).get(1).times(p.get("g"));
    Model model = Model.of(nested, 2, Parameters.of("g", 0.5));
    assertSame(model.solve(TILTED, 0, 1), again(model).solve(TILTED, 0, 1));
  }

  @Test
  void isNotSavedWithWhatIsCode() {
    Event event = Event.stop("down", (t, y) -> y[0], Event.Direction.FALLING);
    String events =
        refusedToSave(
            pendulum().withIntegrator(Integrator.of(Solvers.tsit5()).withEvents(event)), file());
    assertTrue(events.contains("'down'"), events);
    RungeKutta mine = new RungeKutta("mine", Solvers.rk4().tableau());
    String solver = refusedToSave(pendulum().withIntegrator(Integrator.fixed(mine, 0.1)), file());
    assertTrue(solver.contains("'mine'"), solver);
    Model name = Model.of((t, y, p) -> y, 2, Parameters.of("odeum.constants", 1));
    String reserved = refusedToSave(name, file());
    assertTrue(reserved.contains("odeum.constants"), reserved);
  }

  private String refusedToLoad(Safetensors content) {
    content.write(file());
    String message = assertThrows(FileException.class, () -> Model.load(file())).getMessage();
    assertTrue(message.startsWith(file().toString()), message);
    return message;
  }

  @Test
  void isNotLoadedFromAnythingElse() {
    pendulum().save(file());
    Safetensors good = Safetensors.read(file());
    Json.Fields data = (Json.Fields) good.data("model");
    Parameters.of("g", 1).save(file());
    String parameters = assertThrows(FileException.class, () -> Model.load(file())).getMessage();
    assertTrue(parameters.contains("it has tensors, but is no model"), parameters);
    String kind = refusedToLoad(good.withData("checkpoint", data));
    assertTrue(kind.contains("it is no model, but a checkpoint"), kind);
    String newer = refusedToLoad(good.withRemark("odeum", data.with("format", 2).write()));
    assertTrue(newer.contains("newer version of Odeum (format 2"), newer);
    String shape = refusedToLoad(good.with("unused", Tensor.vector(1, 2, 3)));
    assertTrue(shape.contains("'unused' has shape (3) in the file, (2) is needed"), shape);
    String constants = refusedToLoad(good.with("odeum.constants", Tensor.vector(1, 2, 3)));
    assertTrue(constants.contains("constant numbers"), constants);
    Json names = Json.ofTexts(List.of("a", "a"));
    String twice = refusedToLoad(good.withData("model", data.with("names", names)));
    assertTrue(twice.contains("Two values are called 'a'"), twice);
    Json solver = Json.fields().with("solver", "tsit6");
    String unknown = refusedToLoad(good.withData("model", data.with("integrator", solver)));
    assertTrue(unknown.contains("Did you mean 'tsit5'?"), unknown);
    for (String field : List.of("names", "parameters", "integrator", "initial", "span", "graph")) {
      assertTrue(data.has(field));
      refusedToLoad(good.withData("model", data.with(field, Json.ofReals(1, 2, 3, 4, 5))));
    }
    refusedToLoad(good.withRemark("odeum", "not JSON"));
  }

  /** Python's programs sort tensors and drop what they do not know of the order. */
  @Test
  void doesNotMindAnotherOrderOfItsTensors() {
    Model model = pendulum();
    model.save(file());
    Safetensors content = Safetensors.read(file());
    Safetensors sorted = Safetensors.EMPTY;
    for (String name : content.tensors().keySet().stream().sorted().toList().reversed()) {
      sorted = sorted.with(name, content.tensor(name));
    }
    sorted.withRemark("odeum", content.remarks().get("odeum")).write(file());
    assertEquals(model.parameters(), Model.load(file()).parameters());
  }
}
