package odeum.magics;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import odeum.plot.MimeBundle;

/**
 * A notebook whose variables are in a map: no expression is compiled, so that thousands of lines
 * run in seconds. It asks to stop when a line has run for a while, as an impatient user does.
 */
final class FuzzNotebook implements KernelPort {
  private static final long PATIENCE_NANOS = 50_000_000;

  private record Value(String type, Object value) {}

  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Path directory;
  private boolean hurried;
  private long deadline;

  FuzzNotebook(Path directory) {
    this.directory = directory;
  }

  /** From now on long work is asked to stop. */
  void hurry() {
    hurried = true;
  }

  /** Runs a magic and gives its result. */
  Object run(String name, String line, String body) {
    deadline = hurried ? System.nanoTime() + PATIENCE_NANOS : Long.MAX_VALUE;
    return Magics.catalogue().run(name, line, body, this);
  }

  @Override
  public void display(MimeBundle output) {}

  @Override
  public void display(MimeBundle output, String displayId) {}

  @Override
  public Object evaluate(String expression) {
    String text = expression.strip();
    if (values.containsKey(text)) {
      return values.get(text).value();
    }
    if (text.matches("-?\\d+(\\.\\d*)?(e-?\\d+)?|NaN|Infinity")) {
      return Double.valueOf(text);
    }
    throw new MagicException("'" + text.replaceAll("\\s", " ") + "' is not Java: ';' expected");
  }

  @Override
  public void declare(String name, String type, Object value) {
    if (!hurried || name.startsWith("out")) {
      values.put(name, new Value(type, value));
    }
  }

  @Override
  public List<Variable> variables() {
    return values.entrySet().stream()
        .map(entry -> new Variable(entry.getKey(), entry.getValue().type()))
        .toList();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public boolean interrupted() {
    return System.nanoTime() > deadline;
  }
}
