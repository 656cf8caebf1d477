package odeum.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
    samples.put("field", field().figure());
    samples.put("loss", loss().figure());
    samples.put("work", work().figure());
    samples.put("many", many().figure());
    samples.put("space", space().figure());
    samples.put("bars", bars());
    samples.put("compared", compared().figure());
    samples.put("histogram", histogram());
    samples.put("histograms", histograms().figure());
    samples.put("density", density().figure());
    samples.put("counts", counts().figure());
    samples.put("heatmap", heatMap());
    samples.put("function", function().figure());
    samples.put("spacetime", spaceTime().figure());
    samples.put("regions", regions().figure());
    samples.put("images", images().figure());
    samples.put("weights", weights().figure());
    samples.put("row", row());
    samples.put("grid", grid());
    samples.put("light", phase().withTheme(Theme.LIGHT).figure());
    samples.put("dark", fit().withTheme(Theme.DARK).figure());
    samples.put("box", new Figure(box()));
    samples.put("pie", new Figure(pie()));
    samples.putAll(JsplotSamples.all());
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

  /** Lotka and Volterra's field, a path, where one of the derivatives is zero. */
  static Chart field() {
    int columns = 17;
    int rows = 11;
    double[][] f = new double[4][columns * rows];
    for (int i = 0; i < columns * rows; i++) {
      f[0][i] = (i % columns + 0.5) * 8 / columns;
      f[1][i] = (i / columns + 0.5) * 5.5 / rows;
      f[2][i] = f[0][i] * (1.5 - f[1][i]);
      f[3][i] = f[1][i] * (f[0][i] - 3);
    }
    double[][] path = path(1000, 0.01);
    return Chart.of("lotka: vector field")
        .xAxis("x")
        .yAxis("y")
        .xRange(0, 8)
        .yRange(0, 5.5)
        .arrows("lotka", f[0], f[1], f[2], f[3])
        .line("from (1, 1)", path[1], path[2])
        .dashed("x' = 0", new double[] {0, 8}, new double[] {1.5, 1.5})
        .dashed("y' = 0", new double[] {3, 3}, new double[] {0, 5.5});
  }

  static Chart work() {
    double[] evaluations = {120, 240, 480, 960, 1920};
    Chart chart =
        Chart.of("lotka: error against work")
            .xAxis("evaluations of the vector field")
            .yAxis("largest error, relative")
            .logX()
            .logY();
    for (int order : new int[] {1, 2, 4, 5}) {
      double[] errors =
          IntStream.range(0, 5).mapToDouble(i -> Math.pow(2, -order * (i + 1.0))).toArray();
      chart = chart.lineAndPoints("order " + order, evaluations, errors);
    }
    return chart;
  }

  static Chart compared() {
    List<String> solvers = List.of("euler", "heun", "rk4", "dopri5", "tsit5");
    return Chart.of("vdp: evaluations")
        .xAxis("solver")
        .yAxis("evaluations")
        .bars("mu = 1", solvers, new double[] {12000, 9000, 6040, 842, 738})
        .bars("mu = 10", solvers, new double[] {18000, 14500, 9200, 1905, 1804});
  }

  static double[][] normal(int n, long seed) {
    Random random = new Random(seed);
    double[][] xy = new double[2][n];
    for (int i = 0; i < n; i++) {
      xy[0][i] = random.nextGaussian();
      xy[1][i] = 0.6 * xy[0][i] + random.nextGaussian() + (i % 2 == 0 ? 3 : 0);
    }
    return xy;
  }

  static Chart histograms() {
    double[][] xy = normal(5000, 3);
    return Chart.of("Ornstein-Uhlenbeck at t = 5")
        .xAxis("x")
        .yAxis("paths")
        .histogram("sigma = 1", xy[0])
        .histogram("sigma = 2", xy[1]);
  }

  static Chart density() {
    double[][] xy = normal(20_000, 4);
    return Chart.of("samples of the flow").xAxis("x").yAxis("y").density("density", xy[0], xy[1]);
  }

  static Chart counts() {
    double[][] xy = normal(20_000, 5);
    return Chart.of("samples of the flow")
        .xAxis("x")
        .yAxis("y")
        .histogram2d("samples", xy[0], xy[1], 40);
  }

  static Chart function() {
    return Chart.of("energy of the pendulum")
        .xAxis("angle", "rad")
        .yAxis("velocity", "rad/s")
        .xRange(-6, 6)
        .yRange(-3, 3)
        .heatMap("energy (J)", (x, v) -> v * v / 2 + 1 - Math.cos(x));
  }

  static Chart spaceTime() {
    double[] t = IntStream.range(0, 120).mapToDouble(i -> i / 20.0).toArray();
    double[] x = IntStream.rangeClosed(1, 64).mapToDouble(i -> i / 65.0).toArray();
    double[][] u = new double[x.length][t.length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < t.length; k++) {
        u[i][k] = Math.sin(2 * Math.PI * x[i]) * Math.cos(3 * t[k]) * Math.exp(-t[k] / 4);
      }
    }
    return Chart.of("wave: u").xAxis("t", "s").yAxis("x", "m").heatMap("u (mm)", t, x, u);
  }

  static Chart regions() {
    double[] places = IntStream.range(0, 60).mapToDouble(i -> -3 + (i + 0.5) / 10).toArray();
    int[][] classes = new int[60][60];
    for (int i = 0; i < 60; i++) {
      for (int k = 0; k < 60; k++) {
        double r = Math.hypot(places[i], places[k]);
        classes[i][k] = r < 1 + 0.3 * Math.sin(3 * places[k]) ? 0 : places[i] > 0.3 ? 1 : 2;
      }
    }
    Chart chart =
        Chart.of("what the network decides")
            .xAxis("x")
            .yAxis("y")
            .square()
            .regions("class", places, places, classes);
    for (int c = 0; c < 3; c++) {
      Random random = new Random(c);
      double[][] xy = new double[2][40];
      for (int i = 0; i < 40; i++) {
        double angle =
            c == 0 ? random.nextDouble() * 6.28 : random.nextDouble() * 3.1 + (c - 1) * 3.14;
        double r = c == 0 ? 0.9 * random.nextDouble() : 1.4 + random.nextDouble();
        xy[0][i] = r * Math.cos(angle);
        xy[1][i] = r * Math.sin(angle);
      }
      chart = chart.points("class " + c, xy[0], xy[1]);
    }
    return chart;
  }

  /** Rings of growing size, as if they were digits. */
  static Chart images() {
    double[][][] images = new double[24][8][8];
    String[] labels = new String[24];
    for (int k = 0; k < 24; k++) {
      labels[k] = k % 7 == 3 ? k % 10 + " (not " + (k + 1) % 10 + ")" : "" + k % 10;
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
          double r = Math.hypot(i - 3.5, j - 3.5 + 0.2 * (k % 3 - 1));
          images[k][i][j] = 16 * Math.exp(-Math.pow(r - 0.8 - k / 10.0, 2));
        }
      }
    }
    return Chart.of("digits and what the network reads").images(images, labels);
  }

  static Chart weights() {
    double[][][] weights = new double[5][3][3];
    for (int k = 0; k < 5; k++) {
      for (int i = 0; i < 9; i++) {
        weights[k][i / 3][i % 3] = Math.sin(i * (k + 1));
      }
    }
    return Chart.of("filters of the first layer").images(weights);
  }

  static Figure row() {
    return Figures.row("before and after training", phase(), fit(), density());
  }

  static Figure grid() {
    return Panels.of("", loss(), spaceTime(), many(), space()).columns(2).figure();
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
