package odeum.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The process of a side: one line in, one line of JSON out. {@code first} builds the case and runs
 * one iteration; {@code run R N} runs R times N iterations.
 */
final class Side {
  private final Case.Builder builder;
  private final String task;
  private final Path inputs;
  private Case work;

  private Side(Case.Builder builder, String task, Path inputs) {
    this.builder = builder;
    this.task = task;
    this.inputs = inputs;
  }

  /** Answers until the input ends. The arguments are the task and the file of the inputs. */
  static void serve(String[] args, Case.Builder builder) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    answers.println(
        "{\"ready\": {\"java\": \"%s\"}}".formatted(System.getProperty("java.version")));
    Side side = new Side(builder, args[0], Path.of(args[1]));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(side.answer(line.split(" ")));
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "first" -> first();
      case "run" -> run(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      default -> throw new IllegalArgumentException("Unknown request '" + words[0] + "'.");
    };
  }

  /** Nothing may be loaded here that the work does not need: it would count as its start. */
  private String first() throws IOException {
    long begin = System.nanoTime();
    work = builder.build(task, Inputs.read(inputs));
    Map<String, Double> check = work.run(1);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return "{\"wall\": " + seconds + ", \"check\": " + json(check) + "}";
  }

  /** {@return the processor time of this process so far, of compiling too} */
  static double cpuSeconds() {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return process.getProcessCpuTime() * 1e-9;
  }

  private String run(int repeats, int count) {
    var threads = ManagementFactory.getThreadMXBean();
    double cpu = cpuSeconds();
    long thread = threads.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    Map<String, Double> check = Map.of();
    for (int i = 0; i < repeats; i++) {
      check = work.run(count);
    }
    long end = System.nanoTime();
    long threadEnd = threads.getCurrentThreadCpuTime();
    return "{\"wall\": %s, \"cpu\": %s, \"thread\": %s, \"check\": %s}"
        .formatted(
            (end - begin) * 1e-9, cpuSeconds() - cpu, (threadEnd - thread) * 1e-9, json(check));
  }

  private static String json(Map<String, Double> values) {
    StringJoiner members = new StringJoiner(", ", "{", "}");
    new TreeMap<>(values).forEach((name, value) -> members.add("\"" + name + "\": " + value));
    return members.toString();
  }
}
