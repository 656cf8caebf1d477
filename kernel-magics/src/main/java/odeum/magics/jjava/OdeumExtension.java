package odeum.magics.jjava;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Puts the magics into a JJava kernel that has this jar on its class path. */
public final class OdeumExtension implements Extension {
  @Override
  public void install(BaseKernel kernel) {
    try {
      JJavaMagics.register(kernel);
    } catch (Throwable e) {
      // A throwable from here would end the kernel; without magics it is still a Java kernel.
      System.err.println("Odeum's magics could not be loaded: " + e);
    }
  }
}
