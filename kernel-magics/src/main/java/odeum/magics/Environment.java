package odeum.magics;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import odeum.equation.Ode;
import odeum.plot.Chart;
import odeum.solver.Integrator;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Tensor;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * What a notebook runs on: its Java, its jars by their SHA-256, and a fingerprint of the numbers it
 * computes.
 *
 * @param facts name to value, in the order of display
 * @param jars file name to hash, by name
 */
public record Environment(Map<String, String> facts, Map<String, String> jars) {
  private static final List<String> CLASS_PATHS =
      List.of("JJAVA_CLASSPATH", "IJAVA_CLASSPATH", "CLASSPATH");
  private static final List<Class<?>> LANDMARKS =
      List.of(Tensor.class, Magic.class, Chart.class, Figure.class, Table.class);

  /** What two machines may differ in without any difference in their numbers. */
  private static final List<String> FREE = List.of("system", "processors", "heap", "vectors");

  public Environment {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    jars = Collections.unmodifiableMap(new TreeMap<>(jars));
  }

  /** {@return that of this process} */
  public static Environment here() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("odeum", System.getProperty("odeum.version", "development"));
    facts.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    facts.put(
        "system", "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MB at most");
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    facts.put("vectors", vectors ? "Vector API" : "scalar loops (the same numbers, slower)");
    facts.put("seed", "0 where no --seed is given");
    facts.put("numbers", fingerprint());
    return new Environment(facts, hashes(jarFiles()));
  }

  /** {@return whether two machines may differ in this without any difference in their numbers} */
  static boolean isFree(String fact) {
    return FREE.contains(fact);
  }

  /** A solve with a network in it, to the last bit: equal numbers have equal fingerprints. */
  private static String fingerprint() {
    Ode system =
        Ode.parse(
            """
            x' = a*x - x*y + f(x, y)
            y' = -3*y + x*y*exp(-x^2/9)
            net f = mlp(2, 8, 1, tanh)
            param a = 1.5
            init x = 1, y = 1""");
    Solution solution = Integrator.of(Solvers.tsit5()).solve(system, 0, 5);
    double[] x = solution.values("x");
    ByteBuffer bytes = ByteBuffer.allocate(x.length * Double.BYTES);
    for (double value : x) {
      bytes.putDouble(value);
    }
    return hash(bytes.array()).substring(0, 16);
  }

  private static Collection<Path> jarFiles() {
    List<Path> files = new ArrayList<>();
    Stream.concat(
            Stream.of(System.getProperty("java.class.path", "")),
            CLASS_PATHS.stream().map(name -> System.getenv().getOrDefault(name, "")))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(part -> !part.isBlank())
        .map(Path::of)
        .forEach(files::add);
    LANDMARKS.stream().flatMap(type -> place(type).stream()).forEach(files::add);
    return files.stream()
        .map(file -> file.toAbsolutePath().normalize())
        .distinct()
        .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
        .toList();
  }

  private static List<Path> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? List.of()
          : List.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException unusual) {
      return List.of();
    }
  }

  private static Map<String, String> hashes(Collection<Path> files) {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      try {
        hashes.put(file.getFileName().toString(), hash(Files.readAllBytes(file)));
      } catch (IOException unreadable) {
        hashes.put(file.getFileName().toString(), "unreadable");
      }
    }
    return hashes;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Writes it to a file of JSON, whole or not at all. */
  public void write(Path file) {
    LockFile.write(file, this);
  }

  /** {@return the environment that was written to a file} */
  public static Environment read(Path file) {
    return LockFile.read(file);
  }

  /**
   * {@return what differs from another environment, one line for each, in that one's words first}
   */
  public List<String> differences(Environment other) {
    List<String> lines = new ArrayList<>();
    facts.forEach(
        (name, value) -> {
          String theirs = other.facts.getOrDefault(name, "not said");
          if (!value.equals(theirs)) {
            String note = isFree(name) ? "      (makes no difference to the numbers)" : "";
            lines.add(
                String.format(Locale.ROOT, "%s: locked %s, here %s%s", name, theirs, value, note));
          }
        });
    other.jars.forEach(
        (jar, hash) -> {
          if (!hash.equals(jars.get(jar))) {
            lines.add(jar + ": " + (jars.containsKey(jar) ? "another build" : "not here"));
          }
        });
    jars.keySet().stream()
        .filter(jar -> !other.jars.containsKey(jar))
        .forEach(jar -> lines.add(jar + ": here only"));
    return lines;
  }
}
