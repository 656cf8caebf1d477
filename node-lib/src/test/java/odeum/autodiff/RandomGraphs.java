package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Graphs of random primitives, as they stand: nothing is simplified. Values stay moderate,
 * arguments of roots, logarithms and divisors away from zero, so that differences can check
 * derivatives.
 */
public final class RandomGraphs {
  private static final int STEPS = 32;
  private static final int LARGEST = 40;
  private static final double MODERATE = 4;

  private final Random random;
  private final List<Shape> inputs = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Double> bounds = new ArrayList<>();

  private RandomGraphs(long seed) {
    this.random = new Random(seed);
  }

  /** A graph of this many steps, each a primitive with what it needs. */
  public static Graph graph(long seed, int length) {
    RandomGraphs graph = new RandomGraphs(seed);
    for (int i = 0; i < 2; i++) {
      graph.input();
    }
    for (int i = 0; i < length; i++) {
      graph.step(graph.random.nextInt(STEPS));
    }
    int last = graph.instructions.size() - 1;
    List<Integer> outputs = List.of(graph.moderate(last), graph.moderate(graph.pick()));
    return new Graph(graph.inputs, graph.instructions, outputs);
  }

  private void input() {
    int rank = random.nextInt(4);
    Shape shape = new Shape(IntStream.range(0, rank).mapToObj(_ -> 1 + random.nextInt(3)).toList());
    inputs.add(shape);
    instructions.add(new Instruction(new Op.Input(inputs.size() - 1), List.of(), shape));
    bounds.add(3.0);
  }

  private int add(Op op, double bound, Integer... operands) {
    List<Shape> shapes =
        IntStream.range(0, operands.length).mapToObj(i -> shape(operands[i])).toList();
    Shape shape =
        op instanceof Op.Constant(Tensor value)
            ? value.shape()
            : Graph.trace(shapes, in -> List.of(Tracer.apply(op, in))).output(0);
    instructions.add(new Instruction(op, List.of(operands), shape));
    bounds.add(bound);
    return instructions.size() - 1;
  }

  private Shape shape(int position) {
    return instructions.get(position).shape();
  }

  private double bound(int position) {
    return bounds.get(position);
  }

  /** Any value, late ones more often; small enough to go on with. */
  private int pick() {
    int count = instructions.size();
    int chosen = Math.max(random.nextInt(count), random.nextInt(count));
    while (shape(chosen).size() > LARGEST) {
      chosen = add(new Op.Sum(0), bound(chosen) * shape(chosen).extent(0), chosen);
    }
    return moderate(chosen);
  }

  private int pickWithAxis() {
    int chosen = pick();
    return shape(chosen).rank() > 0 ? chosen : reshape(chosen, Shape.of(1));
  }

  private int axis(int of) {
    return random.nextInt(shape(of).rank());
  }

  private int moderate(int a) {
    return bound(a) > MODERATE ? add(new Op.Tanh(), 1, a) : a;
  }

  /** {@code 1 + a a}. */
  private int positive(int a) {
    int one = add(new Op.Constant(Tensor.scalar(1)), 1);
    int ones = add(new Op.Broadcast(shape(a)), 1, one);
    int square = add(new Op.Multiply(), bound(a) * bound(a), a, a);
    return add(new Op.Add(), 1 + bound(square), square, ones);
  }

  private int reshape(int a, Shape shape) {
    return add(new Op.Reshape(shape), bound(a), a);
  }

  /** A value in a shape: as it is, reshaped, or its sum repeated. */
  private int fit(int a, Shape shape) {
    if (shape(a).equals(shape)) {
      return a;
    }
    if (shape(a).size() == shape.size()) {
      return reshape(a, shape);
    }
    int flat = reshape(a, Shape.of(shape(a).size()));
    int sum = moderate(add(new Op.Sum(0), bound(a) * shape(a).size(), flat));
    return add(new Op.Broadcast(shape), bound(sum), sum);
  }

  private void step(int kind) {
    int a = pick();
    double bound = bound(a);
    switch (kind) {
      case 0 -> add(new Op.Negate(), bound, a);
      case 1 -> add(new Op.Abs(), bound, a);
      case 2 -> add(new Op.Sign(), 1, a);
      case 3 -> add(new Op.Sin(), 1, a);
      case 4 -> add(new Op.Cos(), 1, a);
      case 5 -> add(new Op.Tanh(), 1, a);
      case 6 -> add(new Op.Sigmoid(), 1, a);
      case 7 -> add(new Op.Atan(), 2, a);
      case 8 -> add(new Op.Exp(), 3, add(new Op.Tanh(), 1, a));
      case 9 -> add(new Op.Sqrt(), 1 + bound, positive(a));
      case 10 -> add(new Op.Log(), 1 + bound, positive(a));
      default -> pairs(kind, a);
    }
  }

  private void pairs(int kind, int a) {
    int b = fit(pick(), shape(a));
    double bound = bound(a);
    switch (kind) {
      case 11 -> add(new Op.Add(), bound + bound(b), a, b);
      case 12 -> add(new Op.Subtract(), bound + bound(b), a, b);
      case 13 -> add(new Op.Multiply(), bound * bound(b), a, b);
      case 14 -> add(new Op.Divide(), bound, a, positive(b));
      case 15 -> add(new Op.Power(), 20, positive(a), add(new Op.Tanh(), 1, b));
      case 16 -> add(new Op.Minimum(), Math.max(bound, bound(b)), a, b);
      case 17 -> add(new Op.Maximum(), Math.max(bound, bound(b)), a, b);
      case 18 -> add(new Op.Less(), 1, a, b);
      case 19 -> {
        int c = fit(pick(), shape(a));
        int condition = add(new Op.Less(), 1, c, b);
        add(new Op.Where(), Math.max(bound, bound(b)), condition, a, b);
      }
      case 20 -> products(a, b);
      case 21 -> manyProducts(a, b);
      default -> moves(kind);
    }
  }

  private void products(int a, int b) {
    int k = 1 + random.nextInt(3);
    boolean left = random.nextInt(3) == 0;
    boolean right = !left && random.nextBoolean();
    int m = 1 + random.nextInt(3);
    int n = 1 + random.nextInt(3);
    int x = fit(a, left ? Shape.of(k, m) : Shape.of(m, k));
    int y = fit(b, right ? Shape.of(n, k) : Shape.of(k, n));
    add(new Op.MatrixMultiply(left, right), k * bound(x) * bound(y), x, y);
  }

  private void manyProducts(int a, int b) {
    int k = 1 + random.nextInt(2);
    int count = 1 + random.nextInt(2);
    int x = fit(a, Shape.of(1 + random.nextInt(2), k, count));
    int y = fit(b, Shape.of(k, 1 + random.nextInt(2), count));
    add(new Op.MultiplyEach(), k * bound(x) * bound(y), x, y);
  }

  private void moves(int kind) {
    int a = pickWithAxis();
    int axis = axis(a);
    int extent = shape(a).extent(axis);
    double bound = bound(a);
    switch (kind) {
      case 22 -> reshape(a, other(shape(a)));
      case 23 -> broadcast(a);
      case 24 -> {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, shape(a).rank()).boxed().toList());
        Collections.shuffle(axes, random);
        add(new Op.Transpose(axes), bound, a);
      }
      case 25 -> {
        int from = random.nextInt(extent);
        int to = from + 1 + random.nextInt(extent - from);
        int slice = add(new Op.Slice(axis, from, to), bound, a);
        // Back to where it was, and a neighbour: what derivatives of slices look like.
        int padded = add(new Op.Pad(axis, from, extent - to), bound, slice);
        add(new Op.Add(), 2 * bound, padded, to < extent ? rest(a, axis, to) : a);
      }
      case 26 -> add(new Op.Pad(axis, random.nextInt(2), random.nextInt(3)), bound, a);
      case 27 -> {
        int b = fit(pick(), shape(a));
        int cut = add(new Op.Concatenate(axis), Math.max(bound, bound(b)), a, b, a);
        add(new Op.Slice(axis, random.nextInt(extent), 2 * extent), bound(cut), cut);
      }
      case 28 -> add(new Op.Sum(axis), bound * extent, a);
      case 30 -> columns(a);
      case 29 -> add(new Op.CumulativeSum(axis, random.nextBoolean()), bound * extent, a);
      default -> {
        List<Integer> indices =
            IntStream.range(0, 3).mapToObj(_ -> random.nextInt(extent + 1) - 1).toList();
        int gathered = add(new Op.Gather(axis, indices), bound, a);
        add(new Op.ScatterAdd(axis, List.of(1, -1, 1), 2), 2 * bound, gathered);
      }
    }
  }

  /** What numbers that are found choose, and where they put it. */
  private void columns(int a) {
    int flat = fit(a, Shape.of(shape(a).size(), 1));
    int knots = add(new Op.Constant(Tensor.matrix(new double[] {-0.71}, new double[] {0.53})), 1);
    int numbers = add(new Op.Search(), 1, knots, flat);
    int taken = add(new Op.Take(), bound(flat), numbers, flat);
    add(new Op.PutAdd(2), bound(taken) * shape(taken).size(), numbers, taken);
  }

  private int rest(int a, int axis, int from) {
    int extent = shape(a).extent(axis);
    int slice = add(new Op.Slice(axis, from, extent), bound(a), a);
    return add(new Op.Pad(axis, from, 0), bound(a), slice);
  }

  private void broadcast(int a) {
    Shape larger = shape(a).prepend(1 + random.nextInt(2));
    for (int axis = 0; axis < larger.rank(); axis++) {
      larger = larger.extent(axis) == 1 ? larger.with(axis, 1 + random.nextInt(3)) : larger;
    }
    add(new Op.Broadcast(larger), bound(a), a);
  }

  private Shape other(Shape shape) {
    return switch (random.nextInt(4)) {
      case 0 -> Shape.of(shape.size());
      case 1 -> shape.append(1);
      case 2 -> shape.prepend(1);
      default -> new Shape(shape.extents().reversed());
    };
  }
}
