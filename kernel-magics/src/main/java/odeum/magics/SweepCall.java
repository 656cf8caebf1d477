package odeum.magics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import odeum.equation.Ode;
import odeum.model.Sweep;
import odeum.model.SweepSolution;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;
import odeum.plot.Panels;

/** {@code %solve … --sweep}: one system for many values. */
final class SweepCall {
  static final Option OPTION =
      Option.of(
          "sweep",
          Option.Value.TEXT,
          "a=1:3:0.5",
          "many values: from:to:step or a=1,2,5; also of a start x");

  private static final int MOST = 10_000;
  private static final int MOST_PANELS = 3;

  private SweepCall() {}

  static SweepSolution run(Invocation call, KernelPort kernel) {
    Map<String, double[]> axes = axes(call.text("sweep").orElseThrow(), new Values(call, kernel));
    SystemArgument system = SystemArgument.of(call, kernel).spanned();
    if (!(system.problem() instanceof Ode ode)) {
      throw new MagicException(
          "--sweep changes systems written with %%%%ode; '%s' is %s"
              .formatted(call.arguments().getFirst(), Things.describe(system.problem())));
    }
    IntegratorArgument steps = IntegratorArgument.of(call, kernel, system);
    Sweep sweep = Sweep.of(ode);
    StringBuilder code = new StringBuilder("Sweep.of(" + system.code() + ")");
    for (Map.Entry<String, double[]> axis : axes.entrySet()) {
      sweep = sweep.over(axis.getKey(), axis.getValue());
      code.append(
          String.format(
              Locale.ROOT,
              "\n        .over(%s, %s)",
              JavaCode.string(axis.getKey()),
              JavaCode.numbers(axis.getValue())));
    }
    code.append("\n        .solve(").append(steps.code()).append(')');
    requireFew(sweep);
    long begin = System.nanoTime();
    SweepSolution solved = sweep.solve(steps.integrator().withInterrupt(kernel::interrupted));
    double milliseconds = (System.nanoTime() - begin) * 1e-6;
    call.output().ifPresent(name -> kernel.declare(name, SweepSolution.class.getName(), solved));
    if (kernel.interrupted()) {
      throw new MagicException(call.shown() + ": interrupted; what was solved is kept");
    }
    if (call.shows()) {
      show(call, kernel, solved, milliseconds);
    }
    if (call.has("code")) {
      String name = call.output().orElse("sweep");
      kernel.display(
          MimeBundle.of(
              "SweepSolution %s =\n    %s;\nCharts.sweep(%s, %1$s, %s).figure()"
                  .formatted(
                      name,
                      code,
                      JavaCode.string(call.arguments().getFirst()),
                      JavaCode.string(ode.states().getFirst()))));
    }
    return solved;
  }

  private static void requireFew(Sweep sweep) {
    if (sweep.size() > MOST) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--sweep asks for %d solves; at most %d are made. Take a larger step",
              sweep.size(),
              MOST));
    }
  }

  /** {@code a=1:3:0.5,x=1,2,5} is a from 1 to 3 and x at 1, 2 and 5. */
  private static Map<String, double[]> axes(String text, Values values) {
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    List<Double> current = null;
    for (String part : Values.split(text)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        current = new ArrayList<>();
        String name = part.substring(0, equals).strip();
        if (lists.put(name, current) != null) {
          throw new MagicException("--sweep gives " + name + " twice");
        }
      }
      if (current == null) {
        throw new MagicException(
            "--sweep needs a name and values, as in a=1:3:0.5 or a=1,2,5; got '%s'"
                .formatted(text));
      }
      current.addAll(range(part.substring(equals + 1).strip(), values));
    }
    Map<String, double[]> axes = new LinkedHashMap<>();
    lists.forEach((name, list) -> axes.put(name, list.stream().mapToDouble(v -> v).toArray()));
    return axes;
  }

  private static List<Double> range(String text, Values values) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return List.of(values.number("--sweep", text));
    }
    if (parts.length != 3) {
      throw new MagicException(
          "--sweep '%s' is no range. Write from:to:step, as in 1:3:0.5".formatted(text));
    }
    double from = values.number("--sweep", parts[0].strip());
    double to = values.number("--sweep", parts[1].strip());
    double step = values.number("--sweep", parts[2].strip());
    if (!Double.isFinite(from) || !Double.isFinite(to) || !Double.isFinite(step)) {
      throw new MagicException("--sweep '%s' needs finite numbers".formatted(text));
    }
    double count = Math.floor((to - from) / step + 1e-9) + 1;
    if (!(count >= 1) || Double.isInfinite(count)) {
      throw new MagicException(
          "--sweep '%s' holds no value: steps of %s do not lead from %s to %s"
              .formatted(text, Text.brief(step), Text.brief(from), Text.brief(to)));
    }
    if (count > MOST) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--sweep '%s' asks for %.0f values; at most %d are taken. Take a larger step",
              text,
              count,
              MOST));
    }
    // As one would write them: the third step of 0.1 from 1 is 1.3.
    BigDecimal start = BigDecimal.valueOf(from);
    BigDecimal stride = BigDecimal.valueOf(step);
    List<Double> range = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      range.add(start.add(stride.multiply(BigDecimal.valueOf(i))).doubleValue());
    }
    return range;
  }

  private static void show(
      Invocation call, KernelPort kernel, SweepSolution sweep, double milliseconds) {
    String title = call.arguments().getFirst();
    String line =
        "%s · %s · %s".formatted(title, sweep.ensemble(), Text.milliseconds(milliseconds));
    List<String> plots = call.has("plot") ? call.texts("plot") : List.of("time");
    List<String> states = sweep.get(0).stateNames();
    if (plots.contains("time")) {
      kernel.display(overTime(title, sweep, states));
    }
    if (plots.contains("phase") && states.size() > 1) {
      kernel.display(
          Charts.sweepPhase(heading(title, sweep), sweep, states.get(0), states.get(1)).bundle());
    }
    StringBuilder text = new StringBuilder(line);
    if (states.size() > MOST_PANELS && plots.contains("time")) {
      text.append(
          String.format(
              Locale.ROOT,
              "\nnote: the first %d of %d states are drawn",
              MOST_PANELS,
              states.size()));
    }
    if (sweep.size() > FamilyChart.MOST_CURVES) {
      text.append("\nnote: ").append(FamilyChart.MOST_CURVES).append(" of the solves are drawn");
    }
    if (sweep.ensemble().failed() > 0) {
      text.append("\nnote: ").append(sweep.ensemble().message());
    }
    kernel.display(MimeBundle.of(text.toString()));
  }

  private static String heading(String title, SweepSolution sweep) {
    return title + " over " + String.join(", ", sweep.sweep().names());
  }

  /** A state alone is one chart; several lie side by side, with one legend. */
  private static MimeBundle overTime(String title, SweepSolution sweep, List<String> states) {
    String heading = heading(title, sweep);
    if (states.size() == 1) {
      return Charts.sweep(heading, sweep, states.getFirst()).bundle();
    }
    List<Chart> panels = new ArrayList<>();
    int count = Math.min(states.size(), MOST_PANELS);
    for (int i = 0; i < count; i++) {
      panels.add(FamilyChart.of(states.get(i), sweep, "t", states.get(i), i == count - 1));
    }
    String curves = "%s · one curve for each of %s solves, from dark to bright";
    return Panels.of(curves.formatted(heading, sweep.size()), panels).bundle();
  }
}
