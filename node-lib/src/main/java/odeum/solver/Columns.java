package odeum.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.tensor.Names;
import odeum.term.Derivative;
import odeum.term.Observable;

/** Reads a solution by name: values of the state, and values computed from it when asked for. */
final class Columns {
  private final List<String> stateNames;
  private final List<String> names;
  private final Optional<Observable> observed;
  private final double[] parameters;

  Columns(Problem problem) {
    List<String> given = problem.names();
    stateNames = given instanceof NumberedNames ? given : List.copyOf(given);
    observed = problem.observed();
    parameters = problem.term().parameters().toArray();
    names = observed.map(values -> joined(stateNames, values.names())).orElse(stateNames);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  List<String> names() {
    return names;
  }

  List<String> stateNames() {
    return stateNames;
  }

  /** How many values the state has. */
  int states() {
    return stateNames.size();
  }

  int index(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      String hint =
          Names.nearest(name, names).map(near -> "Did you mean '" + near + "'? ").orElse("");
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The solution has no value '%s'. %sKnown: %s.",
              name,
              hint,
              String.join(", ", names)));
    }
    return index;
  }

  double value(String name, double t, double[] state) {
    int index = index(name);
    if (index < states()) {
      return state[index];
    }
    double[] values = new double[names.size() - states()];
    observed.orElseThrow().open(parameters).evaluate(t, state, values);
    return values[index - states()];
  }

  double[] values(String name, SavedStates saved) {
    int index = index(name);
    double[] column = new double[saved.count()];
    if (index < states()) {
      for (int i = 0; i < column.length; i++) {
        column[i] = saved.value(i, index);
      }
      return column;
    }
    Derivative function = observed.orElseThrow().open(parameters);
    double[] state = new double[states()];
    double[] values = new double[names.size() - states()];
    for (int i = 0; i < column.length; i++) {
      saved.copy(i, state);
      function.evaluate(saved.time(i), state, values);
      column[i] = values[index - states()];
    }
    return column;
  }
}
