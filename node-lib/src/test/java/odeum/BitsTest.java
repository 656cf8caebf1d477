package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same work gives the same doubles however the JVM executes it. */
class BitsTest {
  private static final String AUTO = "--add-modules=jdk.incubator.vector -Dodeum.simd=auto ";
  private static final String VECTOR = "--add-modules=jdk.incubator.vector -Dodeum.simd=vector ";
  private static final List<String> HERE = Bits.lines(false);

  /** Only quick where there is no compiler for vectors, or no instruction for {@code fma}. */
  @ParameterizedTest
  @CsvSource({
    "quick, -Dodeum.simd=scalar",
    "all, -XX:ActiveProcessorCount=1",
    "all, -XX:ActiveProcessorCount=2",
    "all, -XX:UseAVX=2",
    "quick, -XX:UseAVX=0",
    "all, -XX:MaxVectorSize=16",
    "all, -XX:TieredStopAtLevel=1",
    "all, -Xint",
    "all, " + VECTOR,
    "all, " + VECTOR + "-XX:ActiveProcessorCount=1",
    "all, " + VECTOR + "-XX:UseAVX=2",
    "all, " + VECTOR + "-XX:MaxVectorSize=16",
    "all, " + VECTOR + "-XX:MaxVectorSize=32",
    "quick, " + VECTOR + "-XX:TieredStopAtLevel=1",
    "quick, " + VECTOR + "-Xint",
    "changing, " + AUTO,
  })
  void isEqualInThisWay(String work, String flags) throws Exception {
    List<String> lines = work.equals("quick") ? HERE.subList(0, HERE.size() / 2) : HERE;
    assertEquals(lines, elsewhere(work, flags));
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
