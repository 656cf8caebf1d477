package odeum.magics;

import java.nio.file.Path;
import java.util.List;
import odeum.plot.MimeBundle;

/** A port that shows nothing. */
record QuietPort(KernelPort kernel) implements KernelPort {
  @Override
  public void display(MimeBundle output) {}

  @Override
  public void display(MimeBundle output, String displayId) {}

  @Override
  public Object evaluate(String expression) {
    return kernel.evaluate(expression);
  }

  @Override
  public void declare(String name, String type, Object value) {
    kernel.declare(name, type, value);
  }

  @Override
  public List<Variable> variables() {
    return kernel.variables();
  }

  @Override
  public Path directory() {
    return kernel.directory();
  }

  @Override
  public boolean interrupted() {
    return kernel.interrupted();
  }
}
