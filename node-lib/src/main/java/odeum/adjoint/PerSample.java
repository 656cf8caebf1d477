package odeum.adjoint;

import java.util.List;
import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** A solve whose samples do not share their steps: over a batch it runs sample by sample. */
record PerSample(ImplicitFunction function) implements ImplicitFunction {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return function.shape(operands);
  }

  @Override
  public void evaluate(Call call) {
    function.evaluate(call);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    return new PerSample(function.pullback(wanted));
  }

  @Override
  public ImplicitFunction pushforward() {
    return new PerSample(function.pushforward());
  }
}
