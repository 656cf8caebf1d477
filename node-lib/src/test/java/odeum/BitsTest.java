package odeum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same work gives the same doubles however the JVM executes it. */
class BitsTest {
  private static final List<List<String>> WAYS =
      List.of(
          List.of("-XX:ActiveProcessorCount=1"),
          List.of("-XX:ActiveProcessorCount=2"),
          List.of("-XX:UseAVX=2"),
          List.of("-XX:UseAVX=0"),
          List.of("-XX:MaxVectorSize=16"),
          List.of("-XX:TieredStopAtLevel=1"),
          List.of("-Xint"));

  private final List<String> here = Bits.lines(false);

  @Test
  void areEqualInEveryWayOfExecution() throws Exception {
    for (List<String> way : WAYS) {
      assertEquals(here, elsewhere(way), "with " + way);
    }
  }

  @Test
  void aQuickRunGivesTheFirstLines() throws Exception {
    List<String> quick = elsewhere(List.of(), "quick");
    assertTrue(quick.size() > 1, "lines: " + quick);
    assertEquals(here.subList(0, here.size() / 2), quick);
  }

  private static List<String> elsewhere(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bits.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.lines().toList();
  }
}
