package odeum.compile;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The values of one evaluation of a graph, number by number, computed as they are asked for. */
final class ScalarValues {
  private final Values values;
  private final IntFunction<Optional<Scalar[]>> given;
  private final ScalarRules rules;
  private final Scalar[][] known;

  /**
   * @param given what need not be computed
   */
  ScalarValues(Values values, ScalarCode code, IntFunction<Optional<Scalar[]>> given) {
    this.values = values;
    this.given = given;
    this.rules = new ScalarRules(code);
    this.known = new Scalar[values.count()][];
  }

  /** {@return the numbers of a value, row-major} */
  Scalar[] of(int position) {
    if (known[position] == null) {
      known[position] = given.apply(position).orElseGet(() -> compute(position));
    }
    return known[position];
  }

  private Scalar[] compute(int position) {
    List<ScalarRules.Operand> operands =
        values.operands(position).stream()
            .map(operand -> new ScalarRules.Operand(of(operand), values.shape(operand)))
            .toList();
    return rules.apply(values.op(position), values.shape(position), operands);
  }
}
