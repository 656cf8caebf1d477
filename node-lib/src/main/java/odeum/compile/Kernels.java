package odeum.compile;

import java.util.List;
import odeum.graph.ImplicitFunction;
import odeum.graph.Op;
import odeum.simd.Products;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** The kernel of each task. */
final class Kernels {
  private final Layout layout;
  private final Values values;

  Kernels(Layout layout, Values values) {
    this.layout = layout;
    this.values = values;
  }

  private Place operand(Task task, int i) {
    return layout.place(task.operands().get(i));
  }

  private Shape shape(Task task, int i) {
    return values.shape(task.operands().get(i));
  }

  Kernel of(Task task) {
    Place o = task.accumulates() ? new Place(0, false) : layout.place(task.value());
    int n = values.size(task.value());
    return switch (task.kind()) {
      case Task.Primitive(Op op) -> primitive(op, task, o, n);
      case Task.Affine kind ->
          affine(kind, o, operand(task, 0), operand(task, 1), operand(task, 2));
      case Task.TanhBackward() ->
          ElementKernels.tanhBackward(o, operand(task, 0), operand(task, 1), n);
      case Task.SigmoidBackward() ->
          ElementKernels.sigmoidBackward(o, operand(task, 0), operand(task, 1), n);
      case Task.Choose kind ->
          ElementKernels.choose(
              kind, o, operand(task, 0), operand(task, 1), operand(task, 2), operand(task, 3), n);
      case Task.Repeated kind ->
          ElementKernels.repeated(kind, o, operand(task, 0), operand(task, 1));
      case Task.Convolve kind when task.operands().size() == 2 ->
          Convolving.apply(kind, o, operand(task, 0), operand(task, 1));
      case Task.Convolve kind ->
          Convolving.affine(kind, o, operand(task, 0), operand(task, 1), operand(task, 2));
      case Task.ConvolveBack kind ->
          Convolving.transposed(kind, o, operand(task, 0), operand(task, 1));
      case Task.ConvolveWeights kind ->
          Convolving.weights(kind, o, operand(task, 0), operand(task, 1));
      case Task.AccumulateProduct kind ->
          Accumulators.product(kind, operand(task, 0), operand(task, 1));
      case Task.AccumulateRows kind -> Accumulators.rows(kind, operand(task, 0));
      case Task.Accumulate kind -> Accumulators.plain(kind, operand(task, 0));
    };
  }

  private Kernel primitive(Op primitive, Task task, Place o, int n) {
    Shape shape = values.shape(task.value());
    return switch (primitive) {
      case Op.Unary op -> ElementKernels.unary(op, o, operand(task, 0), n);
      case Op.Binary op -> ElementKernels.binary(op, o, operand(task, 0), operand(task, 1), n);
      case Op.Where() ->
          ElementKernels.where(o, operand(task, 0), operand(task, 1), operand(task, 2), n);
      case Op.Broadcast _ -> Moves.broadcast(shape(task, 0), shape, operand(task, 0), o);
      case Op.Transpose(List<Integer> axes) ->
          Moves.transpose(shape(task, 0), axes, operand(task, 0), o);
      case Op.Slice(int axis, int from, int to) ->
          Moves.copyBlocks(shape(task, 0), axis, from, to - from, operand(task, 0), shape, 0, o);
      case Op.Pad(int axis, int before, int _) ->
          Moves.pad(shape(task, 0), axis, operand(task, 0), shape, before, o);
      case Op.Concatenate(int axis) -> concatenate(axis, task, o);
      case Op.Sum(int axis) -> Moves.sum(shape(task, 0), axis, operand(task, 0), o);
      case Op.MatrixMultiply(boolean left, boolean right) -> multiply(left, right, task, o);
      case Op.CumulativeSum(int axis, boolean reverse) ->
          IndexKernels.cumulativeSum(shape, axis, reverse, operand(task, 0), o);
      case Op.Gather(int axis, List<Integer> indices) ->
          IndexKernels.gather(shape(task, 0), axis, indices, operand(task, 0), o);
      case Op.ScatterAdd(int axis, List<Integer> indices, int _) ->
          IndexKernels.scatterAdd(shape, axis, indices, operand(task, 0), o);
      case Op.Search() ->
          ColumnKernels.search(shape(task, 0), shape, operand(task, 0), operand(task, 1), o);
      case Op.Take() ->
          ColumnKernels.take(shape(task, 1), shape, operand(task, 0), operand(task, 1), o);
      case Op.PutAdd _ ->
          ColumnKernels.putAdd(shape(task, 0), shape, operand(task, 0), operand(task, 1), o);
      case Op.MultiplyEach() ->
          IndexKernels.multiplyEach(shape(task, 0), shape, operand(task, 0), operand(task, 1), o);
      case Op.Print(String name) -> print(name, o, operand(task, 0), n);
      case Op.Implicit(ImplicitFunction function) -> implicit(function, task, o);
      case Op.Input _, Op.Constant _, Op.Reshape _, Op.StopGradient _ ->
          throw new IllegalStateException("No kernel computes " + primitive);
    };
  }

  private Kernel concatenate(int axis, Task task, Place o) {
    Kernel[] copies = new Kernel[task.operands().size()];
    int before = 0;
    for (int i = 0; i < copies.length; i++) {
      Shape part = shape(task, i);
      int extent = part.extent(axis);
      Shape whole = values.shape(task.value());
      copies[i] = Moves.copyBlocks(part, axis, 0, extent, operand(task, i), whole, before, o);
      before += extent;
    }
    return (m, f, records) -> {
      for (Kernel copy : copies) {
        copy.run(m, f, records);
      }
    };
  }

  private static Kernel affine(Task.Affine kind, Place o, Place w, Place x, Place bias) {
    int rows = kind.rows();
    int inner = kind.inner();
    int width = kind.width();
    return (m, f, _) ->
        Products.affine(
            o.in(m, f),
            o.at(),
            w.in(m, f),
            w.at(),
            x.in(m, f),
            x.at(),
            bias.in(m, f),
            bias.at(),
            rows,
            inner,
            width);
  }

  private Kernel multiply(boolean left, boolean right, Task task, Place o) {
    Place a = operand(task, 0);
    Place b = operand(task, 1);
    int at = o.at();
    int x = a.at();
    int y = b.at();
    int rows = values.shape(task.value()).extent(0);
    int inner = shape(task, 0).extent(left ? 0 : 1);
    int width = values.shape(task.value()).extent(1);
    if (left) {
      return (m, f, _) ->
          Products.multiplyLeftTransposed(
              o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, inner, width);
    }
    if (right) {
      return (m, f, _) ->
          Products.multiplyRightTransposed(
              o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, inner, width);
    }
    return (m, f, _) ->
        Products.multiply(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, inner, width);
  }

  private static Kernel print(String name, Place o, Place a, int n) {
    return (m, f, _) -> {
      System.arraycopy(a.in(m, f), a.at(), o.in(m, f), o.at(), n);
      double[] shown = new double[n];
      System.arraycopy(a.in(m, f), a.at(), shown, 0, n);
      System.out.println(name + " = " + Tensor.vector(shown));
    };
  }

  private Kernel implicit(ImplicitFunction function, Task task, Place o) {
    int count = task.operands().size();
    Place[] places = new Place[count];
    int[] origins = new int[count];
    Shape[] shapes = new Shape[count];
    for (int i = 0; i < count; i++) {
      places[i] = operand(task, i);
      origins[i] = task.operands().get(i);
      shapes[i] = shape(task, i);
    }
    ImplicitCall.Site site =
        new ImplicitCall.Site(
            places, origins, shapes, o, task.value(), values.recordIsRead(task.value()));
    return site.isFramed()
        ? (m, f, records) -> ImplicitCall.gathered(site, function, m, f, records)
        : (m, _, records) -> function.evaluate(new ImplicitCall(site, m, records));
  }
}
