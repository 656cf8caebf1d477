package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Values and slopes against PyTorch 2.15 in double precision, far out and at zero too. */
class ActivationTest {
  private static final Tensor X = Tensor.vector(-30, -2, -0.5, -1e-3, 0, 0.7, 3, 50);

  private record Expected(Tensor values, Tensor slopes) {}

  private static Map<Activation, Expected> expected() {
    Map<Activation, Expected> all = new LinkedHashMap<>();
    all.put(
        Activation.RELU,
        new Expected(
            Tensor.vector(0, 0, 0, 0, 0, 0.7, 3, 50), Tensor.vector(0, 0, 0, 0, 0, 1, 1, 1)));
    all.put(
        Activation.LEAKY_RELU,
        new Expected(
            Tensor.vector(-0.3, -0.02, -0.005, -1e-05, 0, 0.7, 3, 50),
            Tensor.vector(0.01, 0.01, 0.01, 0.01, 0.01, 1, 1, 1)));
    all.put(
        Activation.ELU,
        new Expected(
            Tensor.vector(
                -0.9999999999999064,
                -0.8646647167633873,
                -0.3934693402873666,
                -0.0009995001666250085,
                0,
                0.7,
                3,
                50),
            Tensor.vector(
                9.357622968840175e-14,
                0.1353352832366127,
                0.6065306597126334,
                0.999000499833375,
                1,
                1,
                1,
                1)));
    all.put(
        Activation.SOFTPLUS,
        new Expected(
            Tensor.vector(
                9.357622968839737e-14,
                0.1269280110429725,
                0.4740769841801067,
                0.6926473055599401,
                0.6931471805599453,
                1.103186048885458,
                3.048587351573742,
                50),
            Tensor.vector(
                9.3576229688393e-14,
                0.11920292202211755,
                0.37754066879814546,
                0.49975000002083336,
                0.5,
                0.6681877721681662,
                0.9525741268224333,
                1)));
    all.put(
        Activation.SWISH,
        new Expected(
            Tensor.vector(
                -2.8072868906517896e-12,
                -0.2384058440442351,
                -0.1887703343990727,
                -0.0004997500000208334,
                0,
                0.46773144051771626,
                2.8577223804672998,
                50),
            Tensor.vector(
                -2.713710660963134e-12,
                -0.09078424878489547,
                0.2600388126973482,
                0.4995000000833333,
                0.5,
                0.8233867834733425,
                1.0881041060151693,
                1)));
    // gelu(approximate='tanh')
    all.put(
        Activation.GELU,
        new Expected(
            Tensor.vector(
                0,
                -0.04540230591222494,
                -0.15428599017485606,
                -0.000499601057786418,
                0,
                0.5305701347051167,
                2.996362607918227,
                50),
            Tensor.vector(
                0,
                -0.0860992566236183,
                0.13263009646535764,
                0.499202115706475,
                0.5,
                0.976357218656104,
                1.0115841666309695,
                1)));
    return all;
  }

  private static List<Tensor> valuesAndSlopes(Activation activation) {
    Graph graph = Graph.trace(List.of(X.shape()), in -> List.of(activation.apply(in.getFirst())));
    Graph both =
        Graph.trace(
            graph.inputs(),
            in -> {
              Tensor ones = Tensor.full(X.shape(), 1);
              return List.of(
                  graph.inline(in).getFirst(),
                  Vjp.pull(graph, in, List.of(in.getFirst().constant(ones))).getFirst());
            });
    return Program.of(both).run(List.of(X));
  }

  @Test
  void valuesAndSlopesAreThoseOfPyTorch() {
    expected()
        .forEach(
            (activation, expected) -> {
              List<Tensor> found = valuesAndSlopes(activation);
              for (int i = 0; i < X.size(); i++) {
                String where = activation + " at " + X.at(i);
                assertEquals(expected.values.at(i), found.get(0).at(i), 4e-15, where);
                assertEquals(expected.slopes.at(i), found.get(1).at(i), 4e-15, where);
              }
            });
  }

  @Test
  void simpleOnesAreTheirFunctions() {
    List<Tensor> lipSwish = valuesAndSlopes(Activation.LIP_SWISH);
    List<Tensor> swish = valuesAndSlopes(Activation.SWISH);
    for (int i = 0; i < X.size(); i++) {
      double x = X.at(i);
      assertEquals(x, valuesAndSlopes(Activation.IDENTITY).get(0).at(i));
      assertEquals(StrictMath.tanh(x), valuesAndSlopes(Activation.TANH).get(0).at(i), 1e-15);
      assertEquals(StrictMath.sin(x), valuesAndSlopes(Activation.SINE).get(0).at(i), 1e-15);
      double sigmoid = 1 / (1 + StrictMath.exp(-x));
      assertEquals(sigmoid, valuesAndSlopes(Activation.SIGMOID).get(0).at(i), 1e-15);
      assertEquals(0.909 * swish.get(0).at(i), lipSwish.get(0).at(i), 1e-14);
      assertEquals(0.909 * swish.get(1).at(i), lipSwish.get(1).at(i), 1e-14);
    }
  }

  @Test
  void namesLeadToThem() {
    for (String name : Activation.names()) {
      assertEquals(name, Activation.named(name).toString());
    }
    assertEquals(Activation.SWISH, Activation.named("silu"));
    assertEquals(Activation.SINE, Activation.named("sin"));
  }
}
