package odeum.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import odeum.plot.Chart;
import odeum.plot.Figures;
import odeum.plot.MimeBundle;
import odeum.plot.Panels;
import odeum.plot.Theme;
import tech.tablesaw.plotly.components.Figure;

/** {@code %plot}: a figure of solutions, systems, data, trainings and ready-made figures. */
final class PlotMagic implements Magic {
  private static final Pattern SIZE = Pattern.compile("(\\d{3,4})x(\\d{3,4})");
  private static final List<String> THEMES = List.of("auto", "light", "dark");

  @Override
  public Usage usage() {
    return new Usage(
        "plot",
        false,
        "THING… [NAMES…]",
        1,
        Integer.MAX_VALUE,
        "Draws solutions, vector fields of systems, data, trainings, arrays, pictures or figures.",
        List.of(
            Option.choice("kind", PlotKinds.ALL, "what to draw").standard("what suits the things"),
            Option.of("xlim", Option.Value.TEXT, "LOW:HIGH", "the window of the horizontal axis"),
            Option.of("ylim", Option.Value.TEXT, "LOW:HIGH", "the window of the vertical axis"),
            Option.choices("log", List.of("x", "y"), "a logarithmic axis"),
            Option.of("title", Option.Value.TEXT, "TEXT", "the title"),
            Option.of("xlabel", Option.Value.TEXT, "TEXT", "the name of the horizontal axis"),
            Option.of("ylabel", Option.Value.TEXT, "TEXT", "the name of the vertical axis"),
            Option.of("labels", Option.Value.TEXT, "JAVA", "what stands above pictures"),
            Option.of("size", Option.Value.TEXT, "WIDTHxHEIGHT", "in pixels").standard("700x420"),
            Option.choice("theme", THEMES, "the ground it is made for")
                .standard("auto, which reads on both"),
            Option.of("save", Option.Value.TEXT, "FILE.svg", "also writes the figure as SVG")),
        List.of(
            "%plot sol data --ylabel \"pelts (thousands)\"",
            "%plot lotka sol x y --xlim 0:8 --title \"phase portrait\" --save phase.svg"));
  }

  @Override
  public String resultType() {
    return Figure.class.getName();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    PlotRequest request = PlotRequest.read(call, kernel);
    Optional<Theme> theme =
        call.text("theme").map(name -> Theme.valueOf(name.toUpperCase(Locale.ROOT)));
    Figure figure;
    String code;
    if (request.only(Figure.class).isPresent()) {
      refuse(call, "a ready-made figure", "size");
      figure = request.only(Figure.class).get();
      code = request.code().getFirst();
    } else if (request.things().size() > 1 && request.all(Chart.class)) {
      refuse(call, "charts side by side", "size");
      List<Chart> charts = request.things().stream().map(Chart.class::cast).toList();
      String title = call.text("title").orElse("");
      figure = Panels.of(title, charts).figure();
      code =
          "Panels.of(%s, %s).figure()"
              .formatted(JavaCode.string(title), String.join(", ", request.code()));
    } else {
      PlotKinds.Drawn drawn = draw(call, kernel, request);
      Chart chart = theme.map(drawn.chart()::withTheme).orElse(drawn.chart());
      figure = chart.figure();
      code = drawn.code() + theme.map(t -> ".withTheme(Theme." + t + ")").orElse("") + ".figure()";
    }
    save(call, kernel, figure);
    call.output().ifPresent(name -> kernel.declare(name, resultType(), figure));
    if (call.shows()) {
      kernel.display(
          theme.map(t -> Figures.bundle(figure, t)).orElseGet(() -> Figures.bundle(figure)));
    }
    if (call.has("code")) {
      String name = call.output().map(n -> "var " + n + " = ").orElse("");
      kernel.display(MimeBundle.of(name + code + (call.output().isPresent() ? ";" : "")));
    }
    return figure;
  }

  private static PlotKinds.Drawn draw(Invocation call, KernelPort kernel, PlotRequest request) {
    boolean ready = request.only(Chart.class).isPresent();
    String names = ready ? "" : String.join(", ", request.code());
    PlotKinds kinds =
        new PlotKinds(
            request,
            call.text("title").orElse(names),
            call.text("labels").map(c -> new PlotKinds.Labels(kernel.evaluate(c), c)),
            window(call, kernel));
    try {
      PlotKinds.Drawn drawn = kinds.draw(call.text("kind"));
      return axes(call, kinds.window(), drawn);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new MagicException(e.getMessage());
    }
  }

  private static PlotKinds.Drawn axes(
      Invocation call, Optional<PlotKinds.Window> window, PlotKinds.Drawn drawn) {
    Chart chart = drawn.chart();
    StringBuilder code = new StringBuilder(drawn.code());
    if (window.isPresent() && !code.toString().startsWith("Charts.field(")) {
      chart = window.get().ranges().apply(chart);
      code.append(window.get().code());
    }
    chart = call.text("xlabel").map(chart::xAxis).orElse(chart);
    chart = call.text("ylabel").map(chart::yAxis).orElse(chart);
    code.append(label(call, "xlabel", ".xAxis(%s)")).append(label(call, "ylabel", ".yAxis(%s)"));
    if (call.has("log") && code.toString().startsWith("Charts.field(")) {
      throw new MagicException("--log does not apply to a vector field");
    }
    if (call.texts("log").contains("x")) {
      chart = chart.logX();
      code.append(".logX()");
    }
    if (call.texts("log").contains("y")) {
      chart = chart.logY();
      code.append(".logY()");
    }
    if (call.has("size")) {
      Matcher size = SIZE.matcher(call.text("size").orElseThrow());
      if (!size.matches()) {
        throw new MagicException("--size is written as --size 900x500");
      }
      chart = chart.withSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
      code.append(".withSize(%s, %s)".formatted(size.group(1), size.group(2)));
    }
    return new PlotKinds.Drawn(chart, code.toString());
  }

  private static String label(Invocation call, String option, String code) {
    return call.text(option).map(JavaCode::string).map(code::formatted).orElse("");
  }

  private static Optional<PlotKinds.Window> window(Invocation call, KernelPort kernel) {
    double[] x = limits(call, kernel, "xlim");
    double[] y = limits(call, kernel, "ylim");
    if (x.length + y.length == 0) {
      return Optional.empty();
    }
    String code =
        (x.length == 0 ? "" : ".xRange(" + JavaCode.numbers(x) + ")")
            + (y.length == 0 ? "" : ".yRange(" + JavaCode.numbers(y) + ")");
    return Optional.of(
        new PlotKinds.Window(
            chart -> {
              Chart narrow = x.length == 0 ? chart : chart.xRange(x[0], x[1]);
              return y.length == 0 ? narrow : narrow.yRange(y[0], y[1]);
            },
            code));
  }

  private static double[] limits(Invocation call, KernelPort kernel, String option) {
    if (!call.has(option)) {
      return new double[0];
    }
    String[] ends = call.text(option).orElseThrow().split(":", -1);
    if (ends.length != 2) {
      throw new MagicException("--%1$s has a lower and an upper end: --%1$s 0:4".formatted(option));
    }
    Values values = new Values(call, kernel);
    double[] limits = {
      values.number("--" + option, ends[0].strip()), values.number("--" + option, ends[1].strip())
    };
    if (!(limits[0] < limits[1])) {
      throw new MagicException(
          "--%s runs from a lower to a higher number, got %s"
              .formatted(option, call.text(option).orElseThrow()));
    }
    return limits;
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

  private static void refuse(Invocation call, String what, String more) {
    boolean sideBySide = what.startsWith("charts");
    for (String option :
        List.of("log", "title", "xlabel", "ylabel", "xlim", "ylim", "kind", "labels", more)) {
      if (call.has(option) && !(sideBySide && option.equals("title"))) {
        throw new MagicException("--%s does not apply to %s".formatted(option, what));
      }
    }
  }
}
