package odeum.magics.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import jdk.jshell.JShell;
import odeum.magics.MagicException;

/**
 * The parts of IJava's kernel that its base kernel does not declare. IJava's own classes are on no
 * registry to compile against, so they are found by name, all of them here.
 *
 * @param base the kernel
 * @param magics where it looks for magics
 * @param shell the JShell of its cells
 */
record IJavaKernel(BaseKernel base, Magics magics, JShell shell) {
  private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

  /** {@return the kernel of this process} */
  static IJavaKernel running() {
    try {
      Object kernel = Class.forName(IJAVA).getMethod("getKernelInstance").invoke(null);
      if (kernel == null) {
        throw new MagicException("IJava is on the class path, but its kernel does not run.");
      }
      Object magics = kernel.getClass().getMethod("getMagics").invoke(kernel);
      return new IJavaKernel((BaseKernel) kernel, (Magics) magics, shell(kernel));
    } catch (ClassNotFoundException e) {
      String message =
          "OdeumIJava.install() is for a cell of the kernel IJava, and this is another kernel."
              + " In JJava and in Odeum's own the magics are there without it.";
      throw new MagicException(message, List.of(), e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      String message = "This IJava is not like version 1.3, which install() knows: " + e;
      throw new MagicException(message, List.of(), e);
    }
  }

  /** The kernel keeps its evaluator to itself. */
  private static JShell shell(Object kernel) throws ReflectiveOperationException {
    Field field = kernel.getClass().getDeclaredField("evaluator");
    field.setAccessible(true);
    Object evaluator = field.get(kernel);
    return (JShell) evaluator.getClass().getMethod("getShell").invoke(evaluator);
  }

  /** Runs one snippet the way a cell is run. */
  void evaluate(String snippet) {
    try {
      Method evaluator = base.getClass().getMethod("evalRaw", String.class);
      evaluator.invoke(base, snippet);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This IJava is not like version 1.3.", e);
    }
  }
}
