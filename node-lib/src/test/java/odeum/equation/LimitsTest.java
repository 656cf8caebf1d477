package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large systems work; absurd ones end in a message. */
class LimitsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "-",
        "2^",
        "sin(",
        "x*(",
        "max(1,",
        "x+",
        "x*",
        "x^-",
        "((x)*",
        "-x-",
        "x*y/",
        "u[",
        "sum(",
        "sum(x for i in ",
        "sum(x for i in 1..",
        "stiff(-",
        "u[i]+"
      })
  void absurdFormulasEndInAMessage(String piece) throws Exception {
    for (int times : List.of(90, 101, 400, 740, 200_000)) {
      String body = "x' = " + piece.repeat(times) + "x\ninit x = 1";
      String message = onUsualStack(() -> outcome(body));
      assertTrue(message.equals("read") || message.startsWith("line 1: "), message);
    }
  }

  private static String outcome(String body) {
    try {
      Ode ode = Ode.parse(body);
      return ode.latex().isEmpty() || ode.toString().isEmpty() ? "empty" : "read";
    } catch (EquationException mistake) {
      return mistake.getMessage();
    }
  }

  private static String onUsualStack(Supplier<String> work) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Runnable task = () -> result.completeAsync(work, Runnable::run);
    new Thread(null, task, "usual stack", 1024 * 1024).start();
    return result.join();
  }

  @Test
  void heightsAddUp() {
    String body = "x' = " + "(".repeat(90) + "x" + "+x+x+x+x+x)".repeat(90);
    assertTrue(outcome(body).startsWith("line 1: This is too long."), outcome(body));
    String call = "max(" + "x+".repeat(250) + "x, x, y)";
    assertEquals("read", outcome("y' = %s\nx' = 1\ninit x = 1, y = 1".formatted(call)));
  }

  @Test
  void aLongSumIsRead() {
    String sum =
        IntStream.rangeClosed(1, 250).mapToObj(i -> "k*x").collect(Collectors.joining(" + "));
    assertArrayEquals(
        new double[] {1000},
        Ode.parse("x' = " + sum + "\ninit x = 1\nparam k = 2").derivative(0, 2));
  }

  @Test
  void aHundredStatesInBackwardOrderOfLets() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      lines.add("let r%d = r%d + x%d".formatted(i, i - 1, i));
      lines.add("x%d' = r%d\ninit x%1$d = %d".formatted(i, i, i));
    }
    lines.add("let r0 = 0");
    Collections.reverse(lines);
    Ode ode = Ode.parse(String.join("\n", lines));
    assertEquals("x100", ode.states().getFirst());
    double[] dy = ode.derivative(0, ode.initial().toArray());
    assertEquals(5050, dy[0]);
    assertEquals(1, dy[99]);
  }

  @Test
  void aDeepParenthesisNamesItsPlace() {
    EquationException mistake =
        assertThrows(EquationException.class, () -> Ode.parse("x' = " + "(".repeat(300) + "x"));
    assertEquals("This is nested too deeply. Give its parts names with let.", mistake.problem());
  }
}
