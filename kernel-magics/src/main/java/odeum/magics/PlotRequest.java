package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.plot.Chart;
import odeum.plot.Tables;
import odeum.solver.Ensemble;
import odeum.solver.Problem;
import odeum.tensor.Names;
import odeum.tensor.Tensor;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * What the words of a {@code %plot} mean.
 *
 * @param code the things as the user wrote them
 * @param things what they are
 * @param names the columns asked for
 */
record PlotRequest(List<String> code, List<Object> things, List<String> names) {

  static PlotRequest read(Invocation call, KernelPort kernel) {
    PlotRequest request = new PlotRequest(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String word : call.arguments()) {
      if (request.columns().contains(word)) {
        request.names.add(word);
        continue;
      }
      Object thing = request.thing(call, kernel, word);
      request.code.add(word);
      request.things.add(thing);
    }
    return request;
  }

  private Object thing(Invocation call, KernelPort kernel, String word) {
    Object value;
    try {
      value = kernel.evaluate(word);
    } catch (MagicException e) {
      Set<String> columns = columns();
      if (columns.isEmpty()) {
        throw e;
      }
      String hint = Names.nearest(word, columns).map(" Did you mean '%s'?"::formatted).orElse("");
      throw new MagicException(
          "'%s' is neither a variable nor a column. Columns: %s.%s"
              .formatted(word, String.join(" ", columns), hint));
    }
    if (!isDrawable(word, value)) {
      throw new MagicException(
          "'%s' is %s. %s draws solutions, systems, time series, tables, trainings, arrays and figures"
              .formatted(word, Things.describe(value), call.usage().shown()));
    }
    return value;
  }

  private static boolean isDrawable(String word, Object value) {
    return switch (value) {
      case Figure _, Chart _, Problem _, Comparison _, SweepSolution _, Ensemble _ -> true;
      case Table _, double[] _, double[][] _, double[][][] _ -> true;
      case Tensor tensor -> tensor.shape().rank() >= 1 && tensor.shape().rank() <= 3;
      case null, default ->
          Charts.trajectory(word, value).isPresent() || Charts.training(word, value).isPresent();
    };
  }

  /** {@return the columns that can be asked for} */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    things.forEach(thing -> columns(thing).forEach(columns::add));
    return columns;
  }

  private static Stream<String> columns(Object thing) {
    return switch (thing) {
      case Problem system ->
          system.names().size() == 1
              ? Stream.concat(Stream.of("t"), system.names().stream())
              : system.names().stream();
      case Ensemble ensemble -> ensemble.names().stream();
      case SweepSolution sweep -> sweep.get(0).names().stream();
      case Comparison comparison ->
          Tables.of(comparison).numericColumns().stream().map(c -> c.name());
      case Table table -> table.columnNames().stream();
      case Figure _, Chart _, double[] _, double[][] _, double[][][] _, Tensor _ -> Stream.of();
      case null, default ->
          Charts.trajectory("", thing).stream()
              .flatMap(
                  t ->
                      Stream.concat(
                          Stream.concat(Stream.of(t.timeName()), t.known().stream()),
                          SpaceGrid.of(t.known()).stream().map(SpaceGrid::name)));
    };
  }

  /** {@return the only thing, if it is of this type} */
  <T> Optional<T> only(Class<T> type) {
    return things.size() == 1 && type.isInstance(things.getFirst())
        ? Optional.of(type.cast(things.getFirst()))
        : Optional.empty();
  }

  boolean all(Class<?> type) {
    return things.stream().allMatch(type::isInstance);
  }

  /** {@return the system among the things, if there is one} */
  Optional<Problem> system() {
    return things.stream().filter(Problem.class::isInstance).map(Problem.class::cast).findFirst();
  }

  /** {@return this request without the system} */
  PlotRequest withoutSystem() {
    PlotRequest rest = new PlotRequest(new ArrayList<>(), new ArrayList<>(), names);
    for (int i = 0; i < things.size(); i++) {
      if (!(things.get(i) instanceof Problem)) {
        rest.code.add(code.get(i));
        rest.things.add(things.get(i));
      }
    }
    return rest;
  }

  /** {@return how the user calls the system} */
  String systemCode() {
    for (int i = 0; i < things.size(); i++) {
      if (things.get(i) instanceof Problem) {
        return code.get(i);
      }
    }
    throw new IllegalStateException("There is no system.");
  }

  String[] namesArray() {
    return names.toArray(String[]::new);
  }
}
