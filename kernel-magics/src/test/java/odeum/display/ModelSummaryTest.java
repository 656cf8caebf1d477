package odeum.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.model.NeuralOde;
import odeum.nn.Activation;
import odeum.nn.Chain;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.plot.MimeBundle;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
  record Gated(Linear value, Linear gate) implements Layer {
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.of("value", value.initial(key.fold(0)))
          .and("gate", gate.initial(key.fold(1)));
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
    }

    @Override
    public String toString() {
      return "gated";
    }
  }

  @Test
  void layersWithShapesAndCounts() {
    assertEquals(
        """
        NeuralOde mlp(2, 16, 2, tanh), 82 parameters
        name  layer          output  parameters
        ----  -------------  ------  ----------
           0  linear(2, 16)  (16)            48
           1  tanh           (16)             0
           2  linear(16, 2)  (2)             34
              in all                         82""",
        ModelSummary.of(NeuralOde.of(Mlp.of(2, 16, 2))).text());
  }

  @Test
  void layersInsideOthersAndTheUsersOwn() {
    Layer net =
        Chain.of(Linear.of(3, 4), Mlp.of(4, 5, 6), new Gated(Linear.of(6, 2), Linear.of(6, 2)));
    assertEquals(
        """
        name  layer         output  parameters
        ----  ------------  ------  ----------
           0  linear(3, 4)  (4)             16
         1.0  linear(4, 5)  (5)             25
         1.1  tanh          (5)              0
         1.2  linear(5, 6)  (6)             36
           2  gated         (2)             28
              in all                       105""",
        ModelSummary.of(net).text().lines().skip(1).reduce((a, b) -> a + "\n" + b).orElseThrow());
  }

  @Test
  void aShapeThatIsNotKnownStaysEmpty() {
    String text =
        ModelSummary.of(Chain.of(Activation.TANH, Linear.of(2, 3), Linear.of(7, 1))).text();
    assertTrue(text.contains("2  linear(7, 1)          "), text);
  }

  @Test
  void parametersWithTheirRange() {
    Parameters parameters =
        Parameters.of("a", 1.5).and("w", Tensor.of(Shape.of(2, 2), -1, 0, 0.25, 3));
    MimeBundle bundle = ModelSummary.of(parameters);
    assertEquals(
        """
        5 parameters
        parameter  shape   count  value
        ---------  ------  -----  -------------
        a                      1  1.5
        w          (2, 2)      4  -1.00 .. 3.00
        in all                 5""",
        bundle.text());
    assertTrue(
        ((String) bundle.data().get("text/html"))
            .contains("<td style=\"text-align: left\">w</td>"));
  }
}
