package odeum.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import odeum.nn.Parameters;
import odeum.tensor.Structure;

/** The gradient of a loss by one field of its samples. */
final class InputGradients {
  private final LossGraphs losses;
  private final Parameters parameters;
  private final Structure.Part field;
  private final Map<Integer, BatchPrograms> programs = new HashMap<>();

  private InputGradients(LossGraphs losses, Parameters parameters, Structure.Part field) {
    this.losses = losses;
    this.parameters = parameters;
    this.field = field;
  }

  static InputGradients of(Objective loss, Parameters parameters, Structure sample, String field) {
    if (loss.overBatch()) {
      throw new IllegalArgumentException(
          "An attack moves each sample on its own, but this is the loss of a whole batch.");
    }
    LossGraphs losses = LossGraphs.of(loss, parameters.structure(), sample);
    return new InputGradients(losses, parameters, sample.part(field));
  }

  /** {@return the derivative of each sample's loss by the field, sample after sample} */
  double[] at(Dataset data, int most) {
    Fields fields = fields(data);
    int width = field.shape().size();
    double[] all = new double[data.size() * width];
    for (int first = 0; first < data.size(); first += most) {
      int count = Math.min(most, data.size() - first);
      Batch block = data.batch(IntStream.range(first, first + count).toArray());
      double[] own =
          programs
              .computeIfAbsent(count, n -> losses.programs(fields, n))
              .ownGradient(parameters.flat().toArray(), block);
      int at = position(fields);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < width; j++) {
          all[(first + i) * width + j] = own[(at + j) * count + i];
        }
      }
    }
    return all;
  }

  /** The field is each sample's own, even if all begin with the same. */
  private Fields fields(Dataset data) {
    List<Boolean> shared = new ArrayList<>(data.fields().shared());
    shared.set(data.structure().parts().indexOf(field), false);
    return new Fields(data.structure(), shared);
  }

  /** Where the field begins among those that are the samples' own. */
  private int position(Fields fields) {
    int at = 0;
    for (int i = 0; !fields.structure().parts().get(i).equals(field); i++) {
      at += fields.shared().get(i) ? 0 : fields.structure().parts().get(i).shape().size();
    }
    return at;
  }
}
