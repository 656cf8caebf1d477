package odeum.model;

import java.nio.file.Path;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.term.VectorField;
import odeum.train.Adam;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;
import odeum.train.Trainer;

/** What plain Java must feel like: a layer, a field, a loss and a loop of one's own. */
final class WritingYourOwn {
  private WritingYourOwn() {}

  record Gated(Linear value, Linear gate) implements Layer { // a custom layer
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.of("value", value.initial(key.fold(0)))
          .and("gate", gate.initial(key.fold(1)));
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
    }
  }

  /** What it came to: the loss before and after either training, and the model that was saved. */
  record Trained(double before, double after, double byTrainer, Model model) {}

  static Trained run(Dataset data, int batchSize, int steps, Path file) {
    Layer net = Chain.of(new Gated(Linear.of(2, 32), Linear.of(2, 32)), Linear.of(32, 1));
    VectorField pendulum =
        (t, y, p) ->
            Tracer.stack(
                y.get(1), // known physics plus a network
                net.apply(p.at("net"), y).get(0).minus(y.get(0).sin().times(p.get("g"))));
    Solve solve =
        Solve.of(
            pendulum, Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-6, 1e-9)), Adjoint.direct());
    Objective loss =
        (p, s) ->
            solve
                .apply(p, s.get("y0"), s.get("times"))
                .minus(s.get("y"))
                .square()
                .mean()
                .plus(p.at("net").flat().square().mean().times(1e-4)); // any loss
    Parameters start = Parameters.of("g", 9.0).and("net", net.initial(RandomKey.of(0)));

    Optimizer.State state = Adam.of(1e-3).start(start); // any loop; Trainer is this with manners
    Compiled gradients = loss.compile(start, data);
    for (Batch batch : data.batches(batchSize, steps, RandomKey.of(1))) {
      Evaluation e = gradients.at(state.parameters(), batch);
      state = state.step(e.gradient().clipNorm(1));
    }
    Parameters byTrainer = // the same by the trainer
        Trainer.of(Trainable.of(loss, key -> start)).batch(batchSize).epochs(15).run(data).model();
    Model model = Model.of(pendulum, 2, state.parameters()).withNames("angle", "speed");
    model.save(file);
    return new Trained(
        gradients.value(start, data.all()),
        gradients.value(state.parameters(), data.all()),
        gradients.value(byTrainer, data.all()),
        model);
  }
}
