package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The change from plain loops to vectors, each time in a JVM of its own. */
class MachineTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String CLASSES = "-Xlog:class+load:stdout";

  /** Prints how the loops run and a hash of results; with {@code wait}, after a long job. */
  public static final class Job {
    private Job() {}

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException {
      long before = hash();
      if (arguments.length > 0) {
        Machine.worked(1_000_000_000);
        for (int i = 0; i < 9_000 && !all(); i++) {
          Thread.sleep(10);
          assertEquals(before, hash());
        }
      }
      System.out.println("vector " + Machine.vector() + " " + hash());
    }

    private static boolean all() {
      return Machine.loops
          && Machine.functions
          && Machine.lanes == VectorLanes.USABLE
          && Machine.products;
    }

    private static long hash() {
      double[] a = Twins.moderate(1, 400);
      double[] b = Twins.moderate(2, 400);
      double[] c = new double[400];
      Loops.tanh(c, 0, a, 0, 400);
      Loops.add(c, 0, c, 0, b, 0, 400);
      Products.multiply(a, 0, b, 0, c, 0, 20, 20, 20);
      Products.multiplyRightTransposed(c, 0, a, 0, b, 0, 20, 20, 20);
      long hash = 0;
      for (double value : c) {
        hash = 31 * hash + Double.doubleToLongBits(value);
      }
      return hash;
    }
  }

  private static String run(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Job.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  private static String last(String out) {
    return out.strip().lines().reduce((_, line) -> line).orElse("");
  }

  @Test
  void aLongJobChangesToVectorsAndNoBitChanges() throws Exception {
    String plain = last(run(List.of(MODULE)));
    String warm = last(run(List.of(MODULE), "wait"));
    assertTrue(plain.startsWith("vector false "), plain);
    assertEquals(plain.replace("false", "true"), warm);
    assertEquals(warm, last(run(List.of(MODULE, "-Dodeum.simd=vector"))));
    assertEquals(plain, last(run(List.of(MODULE, "-Dodeum.simd=scalar"))));
  }

  @Test
  void noClassOfTheModuleIsLoadedBeforeALongJob() throws Exception {
    String start = run(List.of(MODULE, CLASSES));
    assertTrue(start.contains("odeum.simd.Products "), start);
    assertFalse(start.contains("jdk.incubator.vector.DoubleVector "));
    assertFalse(start.contains("odeum.simd.Vector"));
    String forced = run(List.of(MODULE, CLASSES, "-Dodeum.simd=vector"));
    assertTrue(forced.contains("jdk.incubator.vector.DoubleVector "));
  }

  @Test
  void withoutTheModuleAllStaysPlain() throws Exception {
    String plain = last(run(List.of()));
    assertTrue(plain.startsWith("vector false "), plain);
    String forced = run(List.of("-Dodeum.simd=vector"));
    assertEquals(plain, last(forced));
    assertTrue(forced.contains("--add-modules jdk.incubator.vector"), forced);
    String misspelt = run(List.of("-Dodeum.simd=fast"));
    assertTrue(misspelt.contains("auto, scalar or vector"), misspelt);
  }
}
