package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same work gives the same doubles however the JVM executes it. */
class BitsTest {
  private static final String AUTO = "--add-modules=jdk.incubator.vector -Dodeum.simd=auto ";
  private static final String VECTOR = "--add-modules=jdk.incubator.vector -Dodeum.simd=vector ";
  private static final List<String> HERE = Bits.lines(false);

  /** A way to run the work, and what comes out. They run two at a time. */
  private record Way(String work, String flags, Future<List<String>> lines) {
    Way(String work, String flags, ExecutorService processes) {
      this(work, flags, processes.submit(() -> elsewhere(work, flags)));
    }

    @Override
    public String toString() {
      return work + ", " + flags;
    }
  }

  /** Only quick where there is no compiler for vectors, or no instruction for {@code fma}. */
  private static Stream<Way> ways() {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Way> ways =
          List.of(
              new Way("all", "-Xint", two),
              new Way("quick", VECTOR + "-Xint", two),
              new Way("quick", VECTOR + "-XX:TieredStopAtLevel=1", two),
              new Way("quick", "-Dodeum.simd=scalar", two),
              new Way("all", "-XX:ActiveProcessorCount=1", two),
              new Way("all", "-XX:ActiveProcessorCount=2", two),
              new Way("all", "-XX:UseAVX=2", two),
              new Way("quick", "-XX:UseAVX=0", two),
              new Way("all", "-XX:MaxVectorSize=16", two),
              new Way("all", "-XX:TieredStopAtLevel=1", two),
              new Way("all", VECTOR.strip(), two),
              new Way("all", VECTOR + "-XX:ActiveProcessorCount=1", two),
              new Way("all", VECTOR + "-XX:UseAVX=2", two),
              new Way("all", VECTOR + "-XX:MaxVectorSize=16", two),
              new Way("all", VECTOR + "-XX:MaxVectorSize=32", two),
              new Way("changing", AUTO.strip(), two));
      // What closes the executor waits for all of them.
      return ways.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isEqualInThisWay(Way way) throws Exception {
    List<String> lines = way.work().equals("quick") ? HERE.subList(0, HERE.size() / 2) : HERE;
    assertEquals(lines, way.lines().get());
  }

  private static List<String> elsewhere(String work, String flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.strip().split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bits.class.getName()));
    command.add(work);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.lines().toList();
  }
}
