package odeum.kernel;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** Loads the classes of cells, woven by {@link CellWeaver}. */
final class CellLoader implements LoaderDelegate {
  private final Map<String, byte[]> arriving = new ConcurrentHashMap<>();
  private final Loader loader = new Loader(ClassLoader.getSystemClassLoader());
  private final CellWeaver weaver =
      new CellWeaver(
          ClassHierarchyResolver.ofResourceParsing(this::arrived)
              .orElse(ClassHierarchyResolver.ofClassLoading(loader)));

  ClassLoader classLoader() {
    return loader;
  }

  private ByteArrayInputStream arrived(ClassDesc type) {
    String descriptor = type.descriptorString();
    byte[] bytes = arriving.get(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  // All are noted first, for they name each other.
  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    for (ClassBytecodes one : classes) {
      arriving.put(one.name(), one.bytecodes());
    }
    boolean[] installed = new boolean[classes.length];
    try {
      for (int i = 0; i < classes.length; i++) {
        loader.loadClass(classes[i].name());
        installed[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException(e.toString(), installed);
    } finally {
      for (ClassBytecodes one : classes) {
        arriving.remove(one.name());
      }
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    throw new UnsupportedOperationException("JShell makes new classes instead");
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (String part : PathsHandler.split(path)) {
      try {
        loader.addURL(Path.of(part).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException(part + ": " + e.getMessage());
      }
      String before = System.getProperty("java.class.path");
      System.setProperty("java.class.path", before + File.pathSeparator + part);
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  private final class Loader extends URLClassLoader {
    Loader(ClassLoader parent) {
      super("cells", new URL[0], parent);
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = arriving.get(name);
      if (bytes == null) {
        return super.findClass(name);
      }
      byte[] woven = weaver.woven(bytes);
      return defineClass(name, woven, 0, woven.length);
    }
  }
}
