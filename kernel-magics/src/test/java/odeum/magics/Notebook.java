package odeum.magics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import odeum.plot.MimeBundle;

/** A notebook without a kernel: a real JShell in this process, and the outputs in a list. */
final class Notebook implements KernelPort, AutoCloseable {
  final List<MimeBundle> outputs = new ArrayList<>();
  final Map<String, List<MimeBundle>> live = new LinkedHashMap<>();
  Path directory = Path.of("");
  BooleanSupplier interrupt = () -> false;
  private final JShell shell;
  private final Session session;

  Notebook() {
    shell = JShell.builder().executionEngine("local").build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    session = Session.of(shell, this::java);
  }

  /** Runs Java lines as a cell would. */
  void java(String code) {
    String rest = code;
    while (!rest.isBlank()) {
      var info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      for (SnippetEvent event : shell.eval(info.source())) {
        if (event.exception() != null) {
          throw new IllegalStateException(event.exception());
        }
        if (event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED) {
          throw new IllegalStateException(
              info.source()
                  + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList());
        }
      }
      rest = info.remaining();
    }
  }

  /** Runs a cell that is one magic and gives the text of its last output. */
  String cell(String code) {
    run(code);
    return outputs.isEmpty() ? "" : outputs.getLast().text();
  }

  Object run(String code) {
    String first = code.lines().findFirst().orElseThrow();
    String body = first.length() == code.length() ? "" : code.substring(first.length() + 1);
    String[] parts = first.replaceFirst("^%+", "").split("\\s+", 2);
    return Magics.catalogue().run(parts[0], parts.length == 1 ? "" : parts[1], body, this);
  }

  /** The value of a Java expression in this notebook, typed by the caller. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T value(String expression) {
    return (T) evaluate(expression);
  }

  @Override
  public void display(MimeBundle output) {
    outputs.add(output);
  }

  @Override
  public void display(MimeBundle output, String displayId) {
    live.computeIfAbsent(displayId, id -> new ArrayList<>()).add(output);
  }

  @Override
  public Object evaluate(String expression) {
    return session.evaluate(expression);
  }

  @Override
  public void declare(String name, String type, Object value) {
    session.declare(name, type, value);
  }

  @Override
  public List<Variable> variables() {
    return session.variables();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public boolean interrupted() {
    return interrupt.getAsBoolean();
  }

  @Override
  public void close() {
    shell.close();
  }
}
