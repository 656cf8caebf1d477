package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Derivatives inside traced functions, which use what is traced around them. */
class NestedTest {
  private static List<Tensor> run(Function<List<Tracer>, List<Tracer>> function, Tensor... inputs) {
    List<Tensor> arguments = List.of(inputs);
    Graph graph = Graph.trace(arguments.stream().map(Tensor::shape).toList(), function);
    return Program.of(graph).run(arguments);
  }

  private static void assertClose(Tensor actual, double... expected) {
    assertEquals(expected.length, actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual.at(i), 1e-12 * (1 + Math.abs(expected[i])));
    }
  }

  @Test
  void gradientOfGradientOfGradient() {
    UnaryOperator<Tracer> third =
        Gradient.of(Gradient.of(Gradient.of(x -> x.pow(5).plus(x.square()))));
    assertClose(run(in -> List.of(third.apply(in.getFirst())), Tensor.scalar(1.5)).getFirst(), 135);
  }

  @Test
  void whatIsTracedAroundIsCapturedAndDifferentiated() {
    // d/da of d/dx (a x^3 + sin(a) x) = 3 x^2 + cos a, at several levels.
    List<Tensor> results =
        run(
            in -> {
              Tracer a = in.get(0);
              Tracer x = in.get(1);
              UnaryOperator<Tracer> byA =
                  b -> Gradient.of(y -> b.times(y.pow(3)).plus(b.sin().times(y))).apply(x);
              return List.of(byA.apply(a), Gradient.of(byA).apply(a));
            },
            Tensor.scalar(0.4),
            Tensor.scalar(1.25));
    double slope = 3 * 1.25 * 1.25;
    assertClose(results.get(0), 0.4 * slope + StrictMath.sin(0.4));
    assertClose(results.get(1), slope + StrictMath.cos(0.4));
  }

  @Test
  void aFunctionMayUseAllLevelsAroundIt() {
    // f(a, b, c, d) = a b c d; d/da d/db d/dc d/dd = 1, and each is differentiated at another
    // level.
    Tensor result =
        run(
                in ->
                    List.of(
                        Gradient.of(
                                a ->
                                    Gradient.of(
                                            b ->
                                                Gradient.of(
                                                        c ->
                                                            Gradient.of(
                                                                    d ->
                                                                        a.times(b)
                                                                            .times(c)
                                                                            .times(d)
                                                                            .times(in.get(0)))
                                                                .apply(in.get(0)))
                                                    .apply(in.get(0)))
                                        .apply(in.get(0)))
                            .apply(in.get(0))),
                Tensor.scalar(1.5))
            .getFirst();
    assertClose(result, 1.5);
  }

  @Test
  void aGradientMayBeTakenAtAnArrayOfAnOuterFunction() {
    // The inner x is the outermost input; y belongs to the function between.
    Tensor result =
        run(
                in -> {
                  Tracer x = in.getFirst();
                  return List.of(
                      Gradient.of(y -> Gradient.of(z -> z.square().times(y.pow(3))).apply(x))
                          .apply(x));
                },
                Tensor.scalar(2))
            .getFirst();
    assertClose(result, 2 * 2 * 3 * 4);
  }

  @Test
  void valueAndGradient() {
    List<Tensor> results =
        run(
            in -> {
              Gradient.WithValue both =
                  Gradient.valueAndGradient(x -> x.print("once").square().sum(), in.getFirst());
              return List.of(both.value(), both.gradient());
            },
            Tensor.vector(1, 2, 3));
    assertClose(results.get(0), 14);
    assertClose(results.get(1), 2, 4, 6);
    Graph graph =
        Graph.trace(
            List.of(Shape.of(3)),
            in -> {
              Gradient.WithValue both =
                  Gradient.valueAndGradient(x -> x.print("once").square().sum(), in.getFirst());
              return List.of(both.value(), both.gradient());
            });
    assertEquals(1, graph.instructions().stream().filter(i -> i.op() instanceof Op.Print).count());
  }

  @Test
  void jacobiansForwardAndReverse() {
    UnaryOperator<Tracer> wide = x -> Tracer.stack(x.get(0).times(x.get(1)), x.get(2).sin());
    UnaryOperator<Tracer> tall =
        x ->
            x.get(0)
                .times(x.get(1))
                .plus(x.get(0).square())
                .pow(2)
                .reshape(Shape.of(1))
                .broadcast(Shape.of(2, 2))
                .times(x.constant(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4})));
    List<Tensor> results =
        run(
            in -> List.of(Jacobian.of(wide).apply(in.get(0)), Jacobian.of(tall).apply(in.get(1))),
            Tensor.vector(1, 2, 0.5),
            Tensor.vector(1, 2));
    assertEquals(Shape.of(2, 3), results.get(0).shape());
    assertClose(results.get(0), 2, 1, 0, 0, 0, StrictMath.cos(0.5));
    // (x0 x1 + x0^2)^2 at (1, 2): 2 * 3 * (x1 + 2 x0, x0)
    assertEquals(Shape.of(2, 2, 2), results.get(1).shape());
    assertClose(results.get(1), 24, 6, 48, 12, 72, 18, 96, 24);
  }

  @Test
  void aConstantFunctionHasZeroDerivatives() {
    List<Tensor> results =
        run(
            in ->
                List.of(
                    Jacobian.of(x -> in.get(1)).apply(in.get(0)),
                    Gradient.of(x -> in.get(1).sum()).apply(in.get(0)),
                    Jacobian.of(x -> x.constant(2).broadcast(Shape.of(3))).apply(in.get(0))),
            Tensor.vector(1, 2),
            Tensor.vector(3));
    assertClose(results.get(0), 0, 0);
    assertClose(results.get(1), 0, 0);
    assertClose(results.get(2), 0, 0, 0, 0, 0, 0);
  }

  @Test
  void hessianAndProducts() {
    UnaryOperator<Tracer> f = x -> x.get(0).pow(3).times(x.get(1)).plus(x.get(1).exp());
    List<Tensor> results =
        run(
            in ->
                List.of(
                    Hessian.of(f).apply(in.get(0)),
                    Hessian.product(f, in.get(0), in.get(1)),
                    Vjp.product(Gradient.of(f), in.get(0), in.get(1)),
                    Jvp.product(f, in.get(0), in.get(1))),
            Tensor.vector(2, 0),
            Tensor.vector(1, -1));
    assertClose(results.get(0), 0, 12, 12, 1);
    assertClose(results.get(1), -12, 11);
    assertClose(results.get(2), -12, 11);
    assertClose(results.get(3), -8 - 1);
  }

  @Test
  void aHamiltonianFieldIsDifferentiatedByItsParameters() {
    // H = p^2 / 2 + k (1 - cos q); the field is (dH/dp, -dH/dq); by k it is (0, -sin q).
    List<Tensor> results =
        run(
            in -> {
              UnaryOperator<Tracer> field =
                  k ->
                      Gradient.of(
                              y ->
                                  y.get(1)
                                      .square()
                                      .times(0.5)
                                      .plus(k.times(y.get(0).cos().unaryMinus().plus(1))))
                          .apply(in.get(1));
              return List.of(field.apply(in.get(0)), Jacobian.of(field).apply(in.get(0)));
            },
            Tensor.scalar(2),
            Tensor.vector(0.3, 0.7));
    assertClose(results.get(0), 2 * StrictMath.sin(0.3), 0.7);
    assertClose(results.get(1), StrictMath.sin(0.3), 0);
  }

  @Test
  void whatIsClosedOrApartIsRefused() {
    List<Tracer> escaped = new ArrayList<>();
    Gradient.WithValue[] none = new Gradient.WithValue[1];
    String message =
        assertThrows(
                IllegalStateException.class,
                () ->
                    run(
                        in -> {
                          none[0] =
                              Gradient.valueAndGradient(
                                  x -> {
                                    escaped.add(x);
                                    return x.sum();
                                  },
                                  in.getFirst());
                          return List.of(escaped.getFirst().times(in.getFirst()));
                        },
                        Tensor.vector(1)))
            .getMessage();
    assertTrue(message.contains("outside the function it was traced in"), message);
    String apart =
        assertThrows(
                IllegalStateException.class,
                () ->
                    run(
                        in -> {
                          Graph.trace(List.of(Shape.of()), x -> List.of(x.get(0).plus(in.get(0))));
                          return in;
                        },
                        Tensor.vector(1)))
            .getMessage();
    assertTrue(apart.contains("traced on its own"), apart);
    String vector =
        assertThrows(
                IllegalArgumentException.class,
                () -> run(in -> List.of(Gradient.of(x -> x).apply(in.get(0))), Tensor.vector(1, 2)))
            .getMessage();
    assertTrue(vector.contains("(2)"), vector);
  }
}
