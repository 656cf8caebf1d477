package odeum.magics;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import odeum.plot.MimeBundle;

/** What a magic needs from the kernel it runs in. */
public interface KernelPort {
  /**
   * A variable of the user.
   *
   * @param name its name
   * @param type its type as Java code writes it
   */
  record Variable(String name, String type) {}

  /** Shows an output below the cell. */
  void display(MimeBundle output);

  /** Shows an output that can be replaced: the first call shows it, later ones replace it. */
  void display(MimeBundle output, String displayId);

  /**
   * {@return the value of a Java expression over the user's variables, the live object}
   *
   * @throws MagicException one line that says what is wrong with it
   */
  Object evaluate(String expression);

  /**
   * Declares a variable in the user's session, in place of an older one of that name.
   *
   * @param type the type as Java code writes it, with its package
   */
  void declare(String name, String type, Object value);

  /** {@return the user's variables in the order of declaration} */
  List<Variable> variables();

  /** {@return the directory that relative paths start from: the notebook's} */
  Path directory();

  /** {@return whether the user asked to stop; long work asks this often} */
  boolean interrupted();

  /** {@return the variable of this name} */
  default Optional<Variable> variable(String name) {
    return variables().stream().filter(variable -> variable.name().equals(name)).findFirst();
  }
}
