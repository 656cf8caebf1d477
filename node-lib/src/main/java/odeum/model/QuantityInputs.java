package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import odeum.equation.Ode;
import odeum.tensor.Names;

/**
 * What a number computed from a solution depends on, as one vector: the parameters, what is added
 * to the state at the start, the start, the end.
 */
record QuantityInputs(Ode system) {
  static final String START = "t0";
  static final String END = "t1";

  int parameters() {
    return system.parameters().size();
  }

  int states() {
    return system.states().size();
  }

  int size() {
    return parameters() + states() + 2;
  }

  int start() {
    return parameters() + states();
  }

  int end() {
    return start() + 1;
  }

  /** {@return the present values} */
  double[] values() {
    double[] values = new double[size()];
    system.parameterValues().copyTo(values, 0);
    values[start()] = system.start();
    values[end()] = system.end();
    return values;
  }

  /** {@return the numbers among the parameters, then the start values, as users call them} */
  List<String> names() {
    String time = system.start() == 0 ? "0" : START;
    return Stream.concat(
            system.numbers().stream(), system.states().stream().map(s -> s + "(" + time + ")"))
        .toList();
  }

  /** {@return where the number of this name stands in the vector} */
  int index(String written) {
    String name = written.replaceAll("\\s", "");
    if (system.numbers().contains(name)) {
      return system.parameters().offset(name);
    }
    if (name.equals(START) || name.equals(END)) {
      return name.equals(START) ? start() : end();
    }
    int bracket = name.indexOf('(');
    if (bracket > 0 && name.endsWith(")")) {
      int state = system.states().indexOf(name.substring(0, bracket));
      String time = name.substring(bracket + 1, name.length() - 1);
      if (state >= 0) {
        requireStart(name, name.substring(0, bracket), time);
        return parameters() + state;
      }
    }
    throw new IllegalArgumentException(unknown(name));
  }

  private void requireStart(String name, String state, String time) {
    OptionalDouble number = number(time);
    boolean start =
        time.equals(START) || number.isPresent() && number.getAsDouble() == system.start();
    if (!start) {
      throw new IllegalArgumentException(
          "A derivative is taken by the value at the start, t0 = %s, not by %s. Say %s(t0)."
              .formatted(system.start(), name, state));
    }
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private String unknown(String name) {
    if (system.states().contains(name)) {
      return "'%s' is a state. The derivative by its start value is %1$s(%s)."
          .formatted(name, system.start() == 0 ? "0" : START);
    }
    if (system.constants().containsKey(name)) {
      return "'%s' is a constant. To derive by it, make it a parameter: param %1$s = %s"
          .formatted(name, system.constants().get(name));
    }
    if (system.nets().contains(name)) {
      return "'%s' is a net. Derivatives are by single numbers: %s."
          .formatted(name, String.join(" ", names()));
    }
    List<String> known = new ArrayList<>(names());
    known.addAll(List.of(START, END));
    Optional<String> near = Names.nearest(name, known);
    return "There is no '%s' to derive by. Known: %s.%s"
        .formatted(
            name, String.join(" ", known), near.map(" Did you mean '%s'?"::formatted).orElse(""));
  }

  /** {@return the present value of the number at a place of the vector, of a state its start} */
  double value(int index) {
    boolean state = index >= parameters() && index < start();
    return state ? system.initial().at(index - parameters()) : values()[index];
  }

  /** {@return by how much the number at a place of the vector may sensibly change} */
  double scale(int index) {
    double[] values = values();
    if (index >= start()) {
      return Math.abs(values[end()] - values[start()]);
    }
    double value = index < parameters() ? values[index] : system.initial().at(index - parameters());
    if (value != 0 || index < parameters()) {
      return value == 0 ? 1 : Math.abs(value);
    }
    double largest = 0;
    for (int i = 0; i < states(); i++) {
      largest = Math.max(largest, Math.abs(system.initial().at(i)));
    }
    return largest == 0 ? 1 : largest;
  }
}
