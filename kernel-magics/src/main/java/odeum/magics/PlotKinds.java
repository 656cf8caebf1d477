package odeum.magics;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.plot.Chart;
import odeum.solver.Ensemble;
import odeum.solver.Problem;
import odeum.tensor.Tensor;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/**
 * Chooses the kind of chart for what is to be drawn: the one asked for, or the one that suits it.
 *
 * @param title as given, or the names of the things
 * @param labels what stands above pictures: the object and its code
 * @param window sets the ranges of the axes before a field is drawn in them
 */
record PlotKinds(
    PlotRequest request, String title, Optional<Labels> labels, Optional<Window> window) {
  static final List<String> ALL =
      List.of("time", "phase", "field", "histogram", "density", "bars", "images", "heatmap");

  /** What stands above pictures. */
  record Labels(Object value, String code) {}

  /** What sets the ranges of a chart, and the Java that does the same. */
  record Window(UnaryOperator<Chart> ranges, String code) {}

  /** A chart and the Java that makes it. */
  record Drawn(Chart chart, String code) {}

  Drawn draw(Optional<String> kind) {
    return switch (kind.orElseGet(this::fitting)) {
      case "chart" -> chart();
      case "loss" -> loss();
      case "field" -> field();
      case "work" -> work();
      case "sweep" -> sweep();
      case "fan" -> fan();
      case "lines" -> lines();
      case "histogram" -> histogram();
      case "density" -> density();
      case "bars" -> bars();
      case "heatmap" -> heatMap();
      case "images" -> images();
      case "phase" -> portrait();
      default -> overTime();
    };
  }

  private String fitting() {
    if (request.things().size() == 1) {
      Object thing = request.things().getFirst();
      String alone =
          switch (thing) {
            case Chart _ -> "chart";
            case Comparison _ -> request.names().isEmpty() ? "work" : "bars";
            case SweepSolution _ -> "sweep";
            case Ensemble _ -> "fan";
            case double[][] _ -> "heatmap";
            case double[][][] _ -> "images";
            case Tensor tensor ->
                List.of("lines", "heatmap", "images").get(tensor.shape().rank() - 1);
            case Table table when isLabelled(table) -> "bars";
            case null, default -> Charts.training(title, thing).isPresent() ? "loss" : "";
          };
      if (!alone.isEmpty()) {
        return alone;
      }
    }
    if (request.system().isPresent()) {
      return "field";
    }
    if (request.things().stream().allMatch(t -> t instanceof double[])) {
      return "lines";
    }
    return isOverTime() ? "time" : "phase";
  }

  private static boolean isLabelled(Table table) {
    return table.column(0).type().equals(ColumnType.STRING);
  }

  private Drawn chart() {
    Chart chart = request.only(Chart.class).orElseThrow();
    boolean named = !title.isEmpty();
    return new Drawn(
        named ? chart.withTitle(title) : chart,
        first() + (named ? ".withTitle(" + JavaCode.string(title) + ")" : ""));
  }

  private Drawn loss() {
    Chart chart = Charts.training(title, request.things().getFirst()).orElseThrow();
    return new Drawn(chart, call("loss", first()));
  }

  private Drawn field() {
    Problem system =
        request
            .system()
            .orElseThrow(() -> new MagicException("--kind field needs a system, as %%ode defines"));
    PlotRequest rest = request.withoutSystem();
    if (rest.system().isPresent() || rest.things().size() + 1 < request.things().size()) {
      throw new MagicException("A vector field is drawn of one system at a time");
    }
    Drawn below =
        rest.things().isEmpty()
            ? new Drawn(
                Charts.orbit(title, system, request.namesArray()),
                call("orbit", request.systemCode()))
            : new PlotKinds(named(rest, system), title, labels, window).portrait();
    Chart chart = window.map(w -> w.ranges().apply(below.chart())).orElse(below.chart());
    String code = below.code() + window.map(Window::code).orElse("");
    return new Drawn(
        Charts.field(chart, system, request.namesArray()),
        "Charts.field(%s, %s%s)".formatted(code, request.systemCode(), names()));
  }

  /** A portrait of what lies over the field has its axes, also when none was named. */
  private static PlotRequest named(PlotRequest rest, Problem system) {
    List<String> states = system.names();
    if (!rest.names().isEmpty()) {
      return rest;
    }
    List<String> axes = states.size() == 1 ? List.of("t", states.getFirst()) : states.subList(0, 2);
    return new PlotRequest(rest.code(), rest.things(), axes);
  }

  private Drawn work() {
    Comparison comparison = request.only(Comparison.class).orElseThrow();
    return new Drawn(Charts.workPrecision(title, comparison), call("workPrecision", first(), ""));
  }

  private Drawn sweep() {
    SweepSolution sweep = request.only(SweepSolution.class).orElseThrow();
    List<String> names =
        request.names().isEmpty() ? List.of(sweep.get(0).stateNames().getFirst()) : request.names();
    if (names.size() > 2) {
      throw new MagicException("A sweep is drawn over time or in the plane of two columns");
    }
    String code = ", " + JavaCode.strings(names);
    return names.size() == 1
        ? new Drawn(Charts.sweep(title, sweep, names.getFirst()), call("sweep", first(), code))
        : new Drawn(
            Charts.sweepPhase(title, sweep, names.get(0), names.get(1)),
            call("sweepPhase", first(), code));
  }

  private Drawn fan() {
    Ensemble ensemble = request.only(Ensemble.class).orElseThrow();
    return new Drawn(Charts.fan(title, ensemble, request.namesArray()), call("fan", first()));
  }

  private Drawn lines() {
    return new Drawn(
        Charts.lines(title, request.code(), request.things()), call("lines", lists(), ""));
  }

  private Drawn histogram() {
    return new Drawn(
        Charts.histogram(title, request.code(), request.things(), request.namesArray()),
        call("histogram", lists()));
  }

  private Drawn density() {
    return new Drawn(
        Charts.density(title, request.code(), request.things(), request.namesArray()),
        call("density", lists()));
  }

  private Drawn bars() {
    Optional<Comparison> comparison = request.only(Comparison.class);
    if (comparison.isPresent()) {
      return new Drawn(
          Charts.bars(title, comparison.get(), request.namesArray()), call("bars", first()));
    }
    Table table =
        request.only(Table.class).orElseThrow(() -> wrong("bars", "a table or a comparison"));
    return new Drawn(Charts.bars(title, table, request.namesArray()), call("bars", first()));
  }

  private Drawn heatMap() {
    return switch (request.things().getFirst()) {
      case double[][] matrix ->
          new Drawn(Charts.matrix(title, matrix), call("matrix", first(), ""));
      case Tensor tensor when tensor.shape().rank() == 2 ->
          new Drawn(Charts.matrix(title, tensor), call("matrix", first(), ""));
      default -> overTime();
    };
  }

  private Drawn images() {
    Object thing = request.things().getFirst();
    double[][][] pictures =
        switch (thing) {
          case double[][][] all -> all;
          case Tensor tensor when tensor.shape().rank() == 3 -> SampleCharts.pictures(tensor);
          case null, default ->
              throw wrong(
                  "images", "pictures, as a double[][][] or a tensor (count, height, width)");
        };
    return labels
        .map(
            l ->
                new Drawn(
                    Charts.images(title, pictures, l.value()),
                    call("images", first(), ", " + l.code())))
        .orElseGet(() -> new Drawn(Charts.images(title, pictures), call("images", first(), "")));
  }

  private MagicException wrong(String kind, String needed) {
    return new MagicException(
        "--kind %s needs %s, but '%s' is %s"
            .formatted(kind, needed, first(), Things.describe(request.things().getFirst())));
  }

  private Drawn overTime() {
    requireTrajectories();
    List<String> values = values();
    return new Drawn(
        Charts.overlay(title, request.code(), request.things(), values.toArray(String[]::new)),
        call("overlay", lists(), values.isEmpty() ? "" : ", " + JavaCode.strings(values)));
  }

  private Drawn portrait() {
    requireTrajectories();
    return new Drawn(
        Charts.portrait(title, request.code(), request.things(), request.namesArray()),
        call("portrait", lists()));
  }

  private void requireTrajectories() {
    for (int i = 0; i < request.things().size(); i++) {
      if (Charts.trajectory("", request.things().get(i)).isEmpty()) {
        throw new MagicException("'%s' can only be drawn alone".formatted(request.code().get(i)));
      }
    }
  }

  /** No name or one name is over time, and so is a list that begins with the time. */
  private boolean isOverTime() {
    requireTrajectories();
    return request.names().size() < 2 || values().size() < request.names().size();
  }

  private List<String> values() {
    Trajectory first = Charts.trajectory("", request.things().getFirst()).orElseThrow();
    List<String> names = request.names();
    boolean time = !names.isEmpty() && names.getFirst().equals(first.timeName());
    return time ? names.subList(1, names.size()) : names;
  }

  private String first() {
    return request.code().getFirst();
  }

  private String lists() {
    return "List.of(%s), List.of(%s)"
        .formatted(JavaCode.strings(request.code()), String.join(", ", request.code()));
  }

  private String names() {
    return request.names().isEmpty() ? "" : ", " + JavaCode.strings(request.names());
  }

  private String call(String method, String things) {
    return call(method, things, names());
  }

  private String call(String method, String things, String rest) {
    return "Charts.%s(%s, %s%s)".formatted(method, JavaCode.string(title), things, rest);
  }
}
