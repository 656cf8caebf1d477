package odeum.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.kernel.magics.ClasspathMagic;
import org.dflib.jjava.kernel.magics.LoadMagic;
import org.dflib.jjava.kernel.magics.TimeMagic;
import org.dflib.jjava.maven.MavenDependencyResolver;
import org.dflib.jjava.maven.magics.LoadFromPomCellMagic;
import org.dflib.jjava.maven.magics.LoadFromPomLineMagic;
import org.dflib.jjava.maven.magics.MavenMagic;
import org.dflib.jjava.maven.magics.MavenRepoMagic;

/** Becomes the kernel for the connection file that Jupyter names. */
public final class Main {
  private static final String VECTOR = "jdk.incubator.vector";

  private static final String JJAVA = "org.dflib.jjava.";

  private Main() {}

  /**
   * Runs the kernel until Jupyter shuts it down.
   *
   * @param arguments the path of the connection file
   */
  public static void main(String[] arguments) throws Exception {
    quietenLog();
    if (arguments.length != 1) {
      System.err.println("odeum: the kernel needs one argument, Jupyter's connection file.");
      System.exit(2);
    }
    Publisher publisher = new Publisher();
    CellIo io = new CellIo(StandardCharsets.UTF_8, publisher);
    Thread.setDefaultUncaughtExceptionHandler(io::uncaught);
    FutureTask<JupyterConnection> opening =
        new FutureTask<>(() -> open(Path.of(arguments[0]), publisher, io));
    Thread.ofPlatform().daemon().name("odeum-open").start(opening);
    OdeumKernel kernel = kernel(io);
    JupyterConnection connection = opening.get();
    kernel.becomeHandlerForConnection(connection);
    Thread connecting = new Thread(connection::connect, "odeum-connect");
    // Jupyter hears of the kernel while this goes on; its first cell waits for the kernel's lock.
    synchronized (kernel) {
      connecting.start();
      kernel.onStartup();
      kernel.addToClasspath(System.getenv("JJAVA_CLASSPATH"));
      startupImports().forEach(kernel::importIfPresent);
    }
    connecting.join();
    StandardError.restore();
    connection.waitUntilClose();
    System.exit(0);
  }

  private static JupyterConnection open(Path file, Publisher publisher, CellIo io)
      throws Exception {
    return new CellConnection(
        KernelConnectionProperties.parse(Files.readString(file)), publisher, io);
  }

  // By the class that talks, for JJava's loggers have names like "Loop-Shell-0".
  private static void quietenLog() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(
          entry ->
              entry.getSourceClassName() == null
                  || !entry.getSourceClassName().startsWith(JJAVA)
                  || entry.getLevel().intValue() >= Level.WARNING.intValue());
    }
  }

  private static OdeumKernel kernel(CellIo io) {
    boolean vector = ModuleLayer.boot().findModule(VECTOR).isPresent();
    TimeMagic time = new TimeMagic();
    MavenDependencyResolver maven = new MavenDependencyResolver();
    return new OdeumKernel.Builder(io)
        .name("odeum")
        .version(System.getProperty("odeum.version", "development"))
        .compilerOpts(vector ? List.of("--add-modules", VECTOR, "-Xlint:-incubating") : List.of())
        .lineMagic("load", new LoadMagic())
        .lineMagic("classpath", new ClasspathMagic())
        .lineMagic("time", time)
        .lineMagic("maven", new MavenMagic(maven))
        .lineMagic("mavenRepo", new MavenRepoMagic(maven))
        .lineMagic("loadFromPOM", new LoadFromPomLineMagic(maven))
        .cellMagic("loadFromPOM", new LoadFromPomCellMagic(maven))
        .cellMagic("time", time)
        .build();
  }

  private static List<String> startupImports() throws IOException {
    try (var script = Main.class.getResourceAsStream("startup.jsh")) {
      String text = new String(Objects.requireNonNull(script).readAllBytes(), "UTF-8");
      return text.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
