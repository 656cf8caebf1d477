package odeum.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import odeum.plot.Chart;
import odeum.plot.Figures;
import odeum.plot.MimeBundle;
import odeum.tensor.Names;
import tech.tablesaw.plotly.components.Figure;

/** {@code %plot}: a figure of solutions, data, trainings and ready-made figures. */
final class PlotMagic implements Magic {
  @Override
  public Usage usage() {
    return new Usage(
        "plot",
        false,
        "THING… [NAMES…]",
        1,
        Integer.MAX_VALUE,
        "Draws solutions, time series, tables, trainings or figures, several in one figure.",
        List.of(
            Option.choices("log", List.of("x", "y"), "a logarithmic axis"),
            Option.of("title", Option.Value.TEXT, "TEXT", "the title"),
            Option.of("xlabel", Option.Value.TEXT, "TEXT", "the name of the horizontal axis"),
            Option.of("ylabel", Option.Value.TEXT, "TEXT", "the name of the vertical axis"),
            Option.of("save", Option.Value.TEXT, "FILE.svg", "also writes the figure as SVG")),
        List.of(
            "%plot sol data --ylabel \"pelts (thousands)\"",
            "%plot sol x y --title \"phase portrait\" --save phase.svg"));
  }

  /** What the words of the call mean. */
  private record Request(List<String> code, List<Object> things, List<String> names) {}

  @Override
  public String resultType() {
    return Figure.class.getName();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    Request request = read(call, kernel);
    Chart chart = null;
    Figure figure;
    if (request.things.size() == 1 && request.things.getFirst() instanceof Figure ready) {
      refuse(call, List.of("log", "title", "xlabel", "ylabel"), "a ready-made figure");
      figure = ready;
    } else {
      chart = axes(call, chart(call, request));
      figure = chart.figure();
    }
    save(call, kernel, figure);
    call.output().ifPresent(name -> kernel.declare(name, resultType(), figure));
    if (call.shows()) {
      kernel.display(Figures.bundle(figure));
    }
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, request, chart == null)));
    }
    return figure;
  }

  private static Request read(Invocation call, KernelPort kernel) {
    Request request = new Request(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String word : call.arguments()) {
      if (isColumn(request.things, word)) {
        request.names.add(word);
        continue;
      }
      Object thing = thing(call, kernel, request, word);
      request.code.add(word);
      request.things.add(thing);
    }
    return request;
  }

  private static Object thing(Invocation call, KernelPort kernel, Request request, String word) {
    Object value;
    try {
      value = kernel.evaluate(word);
    } catch (MagicException e) {
      Set<String> columns = columns(request.things);
      if (columns.isEmpty()) {
        throw e;
      }
      String hint = Names.nearest(word, columns).map(" Did you mean '%s'?"::formatted).orElse("");
      throw new MagicException(
          "'%s' is neither a variable nor a column. Columns: %s.%s"
              .formatted(word, String.join(" ", columns), hint));
    }
    boolean drawable =
        value instanceof Figure
            || value instanceof Chart
            || Charts.trajectory(word, value).isPresent()
            || Charts.training(word, value).isPresent();
    if (!drawable) {
      throw new MagicException(
          "'%s' is %s. %s draws solutions, time series, tables, trainings and figures"
              .formatted(word, Things.describe(value), call.usage().shown()));
    }
    return value;
  }

  private static boolean isColumn(List<Object> things, String word) {
    return things.stream()
        .flatMap(thing -> Charts.trajectory("", thing).stream())
        .anyMatch(trajectory -> trajectory.knows(word));
  }

  private static Set<String> columns(List<Object> things) {
    return things.stream()
        .flatMap(thing -> Charts.trajectory("", thing).stream())
        .flatMap(trajectory -> trajectory.known().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Chart chart(Invocation call, Request request) {
    String title = call.text("title").orElse(String.join(", ", request.code));
    if (request.things.size() == 1) {
      if (request.things.getFirst() instanceof Chart chart) {
        return call.has("title") ? chart.withTitle(title) : chart;
      }
      Optional<Chart> training = Charts.training(title, request.things.getFirst());
      if (training.isPresent()) {
        return training.get();
      }
    }
    for (int i = 0; i < request.things.size(); i++) {
      if (Charts.trajectory("", request.things.get(i)).isEmpty()) {
        throw new MagicException("'%s' can only be drawn alone".formatted(request.code.get(i)));
      }
    }
    return overTime(request)
        ? Charts.overlay(title, request.code, request.things, array(values(request)))
        : Charts.portrait(title, request.code, request.things, array(request.names));
  }

  private static String[] array(List<String> names) {
    return names.toArray(String[]::new);
  }

  /** No name or one name is over time, and so is a list that begins with the time. */
  private static boolean overTime(Request request) {
    return request.names.size() < 2 || values(request).size() < request.names.size();
  }

  private static List<String> values(Request request) {
    Trajectory first = Charts.trajectory("", request.things.getFirst()).orElseThrow();
    boolean time = !request.names.isEmpty() && request.names.getFirst().equals(first.timeName());
    return time ? request.names.subList(1, request.names.size()) : request.names;
  }

  private static Chart axes(Invocation call, Chart chart) {
    Chart result = call.text("xlabel").map(chart::xAxis).orElse(chart);
    result = call.text("ylabel").map(result::yAxis).orElse(result);
    result = call.texts("log").contains("x") ? result.logX() : result;
    return call.texts("log").contains("y") ? result.logY() : result;
  }

  private static void save(Invocation call, KernelPort kernel, Figure figure) {
    if (!call.has("save")) {
      return;
    }
    Path file = kernel.directory().resolve(call.text("save").orElseThrow());
    if (!file.toString().endsWith(".svg")) {
      throw new MagicException("--save writes SVG: give a name that ends in .svg");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new MagicException("--save: there is no folder " + folder);
    }
    try {
      Files.writeString(file, Figures.svg(figure));
    } catch (IOException e) {
      throw new MagicException("--save cannot write %s: %s".formatted(file, e));
    }
  }

  private static void refuse(Invocation call, List<String> options, String what) {
    for (String option : options) {
      if (call.has(option)) {
        throw new MagicException("--%s does not apply to %s".formatted(option, what));
      }
    }
  }

  private static String code(Invocation call, Request request, boolean ready) {
    String name = call.output().map(n -> "var " + n + " = ").orElse("");
    String end = call.output().isPresent() ? ";" : "";
    String first = request.code.getFirst();
    if (ready) {
      return name + first + end;
    }
    String title = JavaCode.string(call.text("title").orElse(String.join(", ", request.code)));
    String things = String.join(", ", request.code);
    String chart;
    if (request.things.getFirst() instanceof Chart) {
      chart = first + (call.has("title") ? ".withTitle(" + title + ")" : "");
    } else if (Charts.training("", request.things.getFirst()).isPresent()) {
      chart = "Charts.loss(%s, %s)".formatted(title, first);
    } else {
      List<String> names = overTime(request) ? values(request) : request.names;
      chart =
          "Charts.%s(%s, List.of(%s), List.of(%s)%s)"
              .formatted(
                  overTime(request) ? "overlay" : "portrait",
                  title,
                  JavaCode.strings(request.code),
                  things,
                  names.isEmpty() ? "" : ", " + JavaCode.strings(names));
    }
    return name + chart + axes(call) + ".figure()" + end;
  }

  private static String axes(Invocation call) {
    return label(call, "xlabel", ".xAxis(%s)")
        + label(call, "ylabel", ".yAxis(%s)")
        + (call.texts("log").contains("x") ? ".logX()" : "")
        + (call.texts("log").contains("y") ? ".logY()" : "");
  }

  private static String label(Invocation call, String option, String code) {
    return call.text(option).map(JavaCode::string).map(code::formatted).orElse("");
  }
}
