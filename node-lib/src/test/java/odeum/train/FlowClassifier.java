package odeum.train;

import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.model.Examples;
import odeum.model.Model;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.path.Labelled;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Two classes of points of the plane told apart by a flow and a linear layer, for the tests of
 * regularisers and attacks.
 *
 * @param net the field, of the state and, if it has one input more, the time
 * @param extra how many zeros a state has besides the point
 * @param end the end of the flow, which begins at 0
 */
record FlowClassifier(Layer net, int extra, double end) {
  static final Integrator INTEGRATOR = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-4, 1e-5));

  static Dataset moons(int count, double noise, long seed) {
    Labelled moons = Examples.moons(count, noise, RandomKey.of(seed));
    double[] x = new double[2 * count];
    double[] kinds = new double[count];
    for (int i = 0; i < count; i++) {
      x[2 * i] = moons.column("x")[i];
      x[2 * i + 1] = moons.column("y")[i];
      kinds[i] = Double.parseDouble(moons.labels().get(i));
    }
    return Dataset.samples("x", Tensor.of(Shape.of(count, 2), x))
        .and("class", Tensor.vector(kinds));
  }

  private Linear readout() {
    return Linear.of(2 + extra, 2);
  }

  Tracer slope(Tracer t, Tracer y, Traced p) {
    Tracer input = extra > 0 ? y : Tracer.concatenate(0, List.of(y, t.reshape(Shape.of(1))));
    return net.apply(p.at("net"), input);
  }

  Tracer start(Tracer x) {
    return x.pad(0, 0, extra);
  }

  /** The state at a time. */
  Tracer end(Traced p, Tracer x, Tracer time) {
    Tracer times = Tracer.stack(time.constant(0), time);
    return Solve.of(this::slope, INTEGRATOR, Adjoint.direct()).apply(p, start(x), times).get(1);
  }

  /** The cross entropy of a state. */
  Tracer error(Traced p, Traced sample, Tracer state) {
    return Losses.crossEntropy(readout().apply(p.at("readout"), state), sample.get("class"));
  }

  Parameters train(Objective loss, Dataset data, int steps, long seed) {
    RandomKey key = RandomKey.of(seed);
    Parameters start =
        Parameters.of("net", net.initial(key)).and("readout", readout().initial(key.fold(9)));
    Optimizer.State state = Adam.of(1e-2).start(start);
    Compiled compiled = loss.compile(start, data);
    for (Batch batch : data.batches(50, steps, key.fold(1))) {
      state = state.step(compiled.at(state.parameters(), batch).gradient());
    }
    return state.parameters();
  }

  double accuracy(Parameters parameters, Dataset data) {
    Graph one =
        Graph.trace(
            List.of(Shape.of(parameters.size()), Shape.of(2)),
            in -> {
              Traced p = new Traced(parameters.structure(), in.get(0));
              Tracer state = end(p, in.get(1), in.get(1).constant(end));
              return List.of(readout().apply(p.at("readout"), state));
            });
    Program program = Program.of(Vmap.of(one, List.of(false, true), data.size()));
    double[] points = new double[2 * data.size()];
    for (int i = 0; i < data.size(); i++) {
      points[i] = data.sample(i).at(0);
      points[data.size() + i] = data.sample(i).at(1);
    }
    Tensor x = Tensor.of(Shape.of(2, data.size()), points);
    Tensor scores = program.run(List.of(parameters.flat(), x)).getFirst();
    int right = 0;
    for (int i = 0; i < data.size(); i++) {
      boolean second = scores.get(1, i) > scores.get(0, i);
      right += second == (data.sample(i).at(2) == 1) ? 1 : 0;
    }
    return (double) right / data.size();
  }

  /** The mean of the evaluations that the first fifty points take, each solved alone. */
  double evaluations(Parameters parameters, Dataset data) {
    Model model = Model.of(this::slope, 2 + extra, parameters);
    double sum = 0;
    for (int i = 0; i < 50; i++) {
      Tensor point = Tensor.vector(data.sample(i).at(0), data.sample(i).at(1));
      sum += model.solve(point, 0, end).statistics().evaluations();
    }
    return sum / 50;
  }
}
