package odeum.train;

import java.util.List;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/**
 * The programs of a loss over so many samples. Their inputs are the parameters, the samples' own
 * fields with the samples along the last axis, and the fields that all share. The loss of a whole
 * batch, taken that many times, is the sum too; its fields lie one after the other, with the
 * samples along the first axis.
 */
final class BatchPrograms {
  private final Fields fields;
  private final int size;
  private final boolean whole;
  private final Graph sum;
  private Program value;
  private Program gradient;
  private Program ownGradient;

  private BatchPrograms(Fields fields, int size, boolean whole, Graph sum) {
    this.fields = fields;
    this.size = size;
    this.whole = whole;
    this.sum = sum;
  }

  private synchronized Program value() {
    if (value == null) {
      value = Program.of(sum);
    }
    return value;
  }

  private synchronized Program gradient() {
    if (gradient == null) {
      gradient = Program.of(gradient(sum));
    }
    return gradient;
  }

  /** {@return the programs of a loss, whose inputs are parameters and the fields of one sample} */
  static BatchPrograms of(Graph loss, Fields fields, int size) {
    Shape parameters = loss.inputs().getFirst();
    Shape own = Shape.of(fields.size(false));
    Shape common = Shape.of(fields.size(true));
    Graph sample =
        Graph.trace(
            List.of(parameters, own, common),
            in ->
                List.of(
                    loss.inline(List.of(in.get(0), fields.join(in.get(1), in.get(2))))
                        .getFirst()
                        .sum()));
    List<Boolean> mapped = List.of(false, true, false);
    List<Shape> inputs = List.of(parameters, own.append(size), common);
    Graph sum =
        Graph.trace(
            inputs,
            in -> List.of(Vmap.push(sample, in, mapped, size).spread(size).getFirst().sum()));
    return new BatchPrograms(fields, size, false, sum);
  }

  /** {@return the programs of the loss of a batch of so many samples} */
  static BatchPrograms ofWhole(Graph loss, Fields fields, int size) {
    List<Shape> inputs = List.of(loss.inputs().get(0), loss.inputs().get(1), Shape.of(0));
    Graph sum =
        Graph.trace(
            inputs,
            in -> List.of(loss.inline(in.subList(0, 2)).getFirst().sum().times((double) size)));
    return new BatchPrograms(fields, size, true, sum);
  }

  /** Besides, the cotangent of the sum is an input; the outputs are the sum and the gradient. */
  private static Graph gradient(Graph sum) {
    List<Shape> inputs =
        List.of(sum.inputs().get(0), sum.inputs().get(1), sum.inputs().get(2), Shape.of());
    return Graph.trace(
        inputs,
        in -> {
          List<Tracer> arguments = in.subList(0, 3);
          return Vjp.valueAndPull(sum, arguments, in.subList(3, 4), List.of(0));
        });
  }

  /** {@return the sum of the losses of the samples from {@code first} on} */
  double value(double[] parameters, Batch batch, int first) {
    Program program = value();
    Program.Run run = program.borrow();
    load(run, parameters, batch, first);
    run.run();
    double total = run.number(0);
    program.giveBack(run);
    return total;
  }

  /**
   * {@return the sum of the losses of the samples from {@code first} on}
   *
   * @param factor by what the gradient of the sum is multiplied
   * @param gradient receives the product
   */
  double gradient(double[] parameters, Batch batch, int first, double factor, double[] gradient) {
    Program program = gradient();
    Program.Run run = program.borrow();
    load(run, parameters, batch, first);
    run.set(3, factor);
    run.run();
    run.get(1, gradient, 0);
    double total = run.number(0);
    program.giveBack(run);
    return total;
  }

  /**
   * {@return the derivative of the sum by the samples' own fields, as they lie: the samples along
   * the last axis}
   */
  double[] ownGradient(double[] parameters, Batch batch) {
    Program program = ownGradient();
    Program.Run run = program.borrow();
    load(run, parameters, batch, 0);
    run.run();
    double[] own = new double[fields.size(false) * size];
    run.get(0, own, 0);
    program.giveBack(run);
    return own;
  }

  private synchronized Program ownGradient() {
    if (ownGradient == null) {
      Graph pull =
          Graph.trace(
              sum.inputs(),
              in -> {
                Tracer one = in.getFirst().constant(1);
                return Vjp.pull(sum, in, List.of(one), List.of(1));
              });
      ownGradient = Program.of(pull);
    }
    return ownGradient;
  }

  private void load(Program.Run run, double[] parameters, Batch batch, int first) {
    run.set(0, parameters, 0);
    if (whole) {
      run.set(1, wholeFields(batch), 0);
      return;
    }
    double[] own = new double[fields.size(false) * size];
    fields.copyOwn(batch, first, size, own);
    run.set(1, own, 0);
    double[] common = new double[fields.size(true)];
    fields.copyShared(batch, common);
    run.set(2, common, 0);
  }

  static double[] wholeFields(Batch batch) {
    double[] values = new double[batch.structure().size() * batch.size()];
    int at = 0;
    for (Structure.Part part : batch.structure().parts()) {
      int width = part.shape().size();
      for (int sample = 0; sample < batch.size(); sample++) {
        batch.copy(sample, part.offset(), width, values, at, 1);
        at += width;
      }
    }
    return values;
  }
}
