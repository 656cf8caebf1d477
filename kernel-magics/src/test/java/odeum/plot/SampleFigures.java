package odeum.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.BoxTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.PieTrace;

/** One figure of each kind, for the unit tests, and written as files for the browser test. */
final class SampleFigures {
  private SampleFigures() {}

  /** Writes {@code NAME.json} (a MIME bundle) and {@code NAME.svg} into the directory given. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, Figure> sample : all().entrySet()) {
      MimeBundle bundle = Figures.bundle(sample.getValue());
      Path json = directory.resolve(sample.getKey() + ".json");
      JsLiteral.MAPPER.writeValue(json.toFile(), bundle.data());
      Path svg = directory.resolve(sample.getKey() + ".svg");
      Files.writeString(svg, Figures.svg(sample.getValue()));
    }
  }

  static Map<String, Figure> all() {
    Map<String, Figure> samples = new LinkedHashMap<>();
    samples.put("lines", lotka().figure());
    samples.put("fit", fit().figure());
    samples.put("phase", phase().figure());
    samples.put("loss", loss().figure());
    samples.put("many", many().figure());
    samples.put("space", space().figure());
    samples.put("bars", bars());
    samples.put("histogram", histogram());
    samples.put("heatmap", heatMap());
    samples.put("box", new Figure(box()));
    samples.put("pie", new Figure(pie()));
    return samples;
  }

  static Chart lotka() {
    double[][] path = path(1000, 0.01);
    return Chart.of("lotka").xAxis("t").line("x", path[0], path[1]).line("y", path[0], path[2]);
  }

  static Chart fit() {
    double[] years = IntStream.range(0, 21).mapToDouble(i -> 1900 + i).toArray();
    double[] hare = {
      30, 47.2, 70.2, 77.4, 36.3, 20.6, 18.1, 21.4, 22, 25.4, 27.1, 40.3, 57, 76.6, 52.3, 19.5,
      11.2, 7.6, 14.6, 16.2, 24.7
    };
    double[] lynx = {
      4, 6.1, 9.8, 35.2, 59.4, 41.7, 19, 13, 8.3, 9.1, 7.4, 8, 12.3, 19.5, 45.7, 51.1, 29.7, 15.8,
      9.7, 10.1, 8.6
    };
    return Chart.of("Hudson Bay: data and fitted curve")
        .xAxis("year")
        .yAxis("pelts", "thousands")
        .points("hare (data)", years, hare)
        .points("lynx (data)", years, lynx)
        .line("hare", years, hare)
        .colour(0)
        .dashed("lynx", years, lynx)
        .colour(1);
  }

  static Chart phase() {
    double[][] path = path(1000, 0.01);
    return Chart.of("lotka: phase portrait")
        .xAxis("x")
        .yAxis("y")
        .square()
        .line("", path[1], path[2]);
  }

  static Chart loss() {
    double[] epochs = IntStream.range(0, 300).mapToDouble(i -> i).toArray();
    double[] loss =
        IntStream.range(0, 300).mapToDouble(i -> 300 * Math.exp(-i / 30.0) + 1e-2).toArray();
    double[] validation = IntStream.range(0, 300).mapToDouble(i -> loss[i] * 1.4).toArray();
    validation[100] = Double.NaN;
    return Chart.of("loss")
        .xAxis("epoch")
        .yAxis("mse")
        .logY()
        .line("training", epochs, loss)
        .dashed("validation", epochs, validation);
  }

  static Chart many() {
    Chart chart = Chart.of("a long title with <b>, & and \\theta that says a lot").xAxis("t", "s");
    double[] t = IntStream.range(0, 5000).mapToDouble(i -> i / 500.0).toArray();
    for (int k = 0; k < 9; k++) {
      int phase = k;
      double[] y =
          IntStream.range(0, 5000).mapToDouble(i -> Math.sin(t[i] + phase / 3.0) + phase).toArray();
      chart = chart.line("u[" + k + "]", t, y);
    }
    return chart;
  }

  static Chart space() {
    int n = 4000;
    double[][] path = new double[3][n];
    double x = 1;
    double y = 1;
    double z = 20;
    for (int i = 0; i < n; i++) { // Lorenz's equations by Euler steps
      path[0][i] = x;
      path[1][i] = y;
      path[2][i] = z;
      double dx = 10 * (y - x);
      double dy = x * (28 - z) - y;
      double dz = x * y - 8 / 3.0 * z;
      x += 0.005 * dx;
      y += 0.005 * dy;
      z += 0.005 * dz;
    }
    return Chart.of("Lorenz")
        .xAxis("x")
        .yAxis("y")
        .zAxis("z")
        .line3d("path", path[0], path[1], path[2]);
  }

  static Figure bars() {
    Object[] solvers = {"euler", "heun", "rk4", "dopri5", "tsit5"};
    BarTrace cost =
        BarTrace.builder(solvers, new double[] {120, 90, 60, 42, 38}).name("cost").build();
    BarTrace error =
        BarTrace.builder(solvers, new double[] {80, 45, -12, 5, 4}).name("error").build();
    return new Figure(Layout.builder("Solvers", "method", "evaluations").build(), cost, error);
  }

  static Figure histogram() {
    Random random = new Random(1);
    double[] values = random.doubles(500, 0, 1).map(u -> 10 * u * u).toArray();
    return new Figure(
        Layout.builder("Squares", "value", "count").build(),
        HistogramTrace.builder(values).build());
  }

  static Figure heatMap() {
    int n = 30;
    Object[] places = IntStream.range(0, n).mapToObj(i -> (Object) i).toArray();
    double[][] z = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        z[i][j] = i == 3 && j == 4 ? Double.NaN : Math.sin(i / 5.0) * Math.cos(j / 4.0);
      }
    }
    return new Figure(
        Layout.builder("Heat", "place", "time").build(),
        HeatmapTrace.builder(places, places, z).build());
  }

  static BoxTrace box() {
    return BoxTrace.builder(new Object[] {"a", "a", "a", "b", "b"}, new double[] {1, 2, 4, 3, 5})
        .build();
  }

  static PieTrace pie() {
    return PieTrace.builder(new Object[] {"accepted", "rejected"}, new double[] {143, 6}).build();
  }

  /** Lotka and Volterra's equations by Heun steps: times, prey, predators. */
  private static double[][] path(int n, double step) {
    double[][] path = new double[3][n];
    double x = 1;
    double y = 1;
    for (int i = 0; i < n; i++) {
      path[0][i] = i * step;
      path[1][i] = x;
      path[2][i] = y;
      double x1 = x + step * x * (1.5 - y);
      double y1 = y + step * y * (x - 3);
      double nextX = x + step / 2 * (x * (1.5 - y) + x1 * (1.5 - y1));
      y += step / 2 * (y * (x - 3) + y1 * (x1 - 3));
      x = nextX;
    }
    return path;
  }
}
