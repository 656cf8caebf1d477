package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs cells in a JShell; a magic becomes a call of {@link MagicCalls}. */
public final class JavaKernel extends BaseKernel {
  private final CellEvaluator evaluator = new CellEvaluator();
  private final Magics magics = new Magics();
  private final MagicParser parser = new MagicParser("(?<=(?:^|=))\\s*%", "%%");

  /** {@return where magics are registered} */
  public Magics getMagics() {
    return magics;
  }

  /** {@return the value of a cell's last expression, the live object} */
  public Object evalRaw(String cell) throws Exception {
    return evaluator.run(withCalls(cell));
  }

  @Override
  public DisplayData eval(String cell) throws Exception {
    Object value = evalRaw(cell);
    return value == null ? null : getRenderer().render(value);
  }

  private String withCalls(String cell) {
    var whole = parser.parseCellMagic(cell);
    if (whole != null) {
      var call = whole.getMagicCall();
      return call("cellMagic", call.getName(), call.getArgs(), ", " + literal(call.getBody()));
    }
    return parser.transformLineMagics(
        cell,
        line -> {
          var call = line.getMagicCall();
          return call("lineMagic", call.getName(), call.getArgs(), "");
        });
  }

  private static String call(String method, String name, List<String> arguments, String more) {
    String list = arguments.stream().map(JavaKernel::literal).collect(Collectors.joining(", "));
    String format = "%s.%s(%s, java.util.List.of(%s)%s);{};";
    return String.format(
        Locale.ROOT, format, MagicCalls.class.getName(), method, literal(name), list, more);
  }

  private static String literal(String text) {
    String escaped =
        text.chars()
            .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
            .map(unit -> unit.equals("\\u0022") || unit.equals("\\u005c") ? "\\" + unit : unit)
            .map(unit -> unit.equals("\\u000a") ? "\\n" : unit)
            .map(unit -> unit.equals("\\u000d") ? "\\r" : unit)
            .collect(Collectors.joining());
    return '"' + escaped + '"';
  }

  @Override
  public List<String> formatError(Exception thrown) {
    List<String> lines = new ArrayList<>();
    super.formatError(thrown).forEach(line -> lines.add(evaluator.named(line, thrown)));
    return lines;
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java").version(Runtime.version().toString()).build();
  }

  @Override
  public void interrupt() {
    evaluator.interrupt();
  }

  @Override
  public void onShutdown(boolean isRestarting) {
    evaluator.getShell().close();
  }
}
