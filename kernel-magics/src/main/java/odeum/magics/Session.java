package odeum.magics;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import odeum.tensor.Names;

/** The user's variables and expressions in a JShell that runs in this process. */
public final class Session {
  private final JShell shell;
  private final Consumer<String> evaluator;

  private Session(JShell shell, Consumer<String> evaluator) {
    this.shell = shell;
    this.evaluator = evaluator;
  }

  /**
   * {@return a session}
   *
   * @param shell where the variables are
   * @param evaluator runs one snippet the way the kernel does, and throws what the snippet throws
   */
  public static Session of(JShell shell, Consumer<String> evaluator) {
    return new Session(shell, evaluator);
  }

  /** {@return the user's variables that are defined; the ones JShell made are left out} */
  public List<KernelPort.Variable> variables() {
    return shell
        .variables()
        .filter(v -> shell.status(v).isDefined() && !v.name().startsWith("$"))
        .map(v -> new KernelPort.Variable(v.name(), v.typeName()))
        .toList();
  }

  /**
   * {@return whether the snippet that calls this declares a variable: {@code var r = %solve …}}
   * JShell runs a snippet as a method of a class, which has the variable as its field.
   */
  public static boolean isAssigning() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getMethodName().equals("do_it$"))
                    .findFirst()
                    .map(StackWalker.StackFrame::getDeclaringClass))
        .filter(snippet -> Stream.of(snippet.getDeclaredFields()).anyMatch(Session::isVariable))
        .isPresent();
  }

  /** What the user named; JShell's own names, as for the value of an expression, have a dollar. */
  private static boolean isVariable(Field field) {
    return Modifier.isStatic(field.getModifiers()) && field.getName().indexOf('$') < 0;
  }

  /** Imports what is not imported yet. */
  public void importMissing(List<String> names) {
    Set<String> present =
        shell
            .imports()
            .map(i -> (i.isStatic() ? "static " : "") + i.fullname())
            .collect(Collectors.toSet());
    names.stream()
        .filter(name -> !present.contains(name))
        .forEach(name -> shell.eval("import " + name + ";"));
  }

  /** Declares a variable of this type. */
  public void declare(String name, String type, Object value) {
    String key = Handover.offer(value);
    evaluator.accept(
        String.format(
            Locale.ROOT, "%s %s = %s.take(\"%s\");", type, name, Handover.class.getName(), key));
  }

  /** {@return the value of an expression, the live object} */
  public Object evaluate(String expression) {
    String key = Handover.expect();
    String snippet =
        String.format(
            Locale.ROOT, "%s.give(\"%s\", %s\n);", Handover.class.getName(), key, expression);
    try {
      evaluator.accept(snippet);
    } catch (RuntimeException e) {
      throw new MagicException(explain(expression, snippet, e));
    }
    return Handover.take(key);
  }

  private String explain(String expression, String snippet, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EvalException thrown) {
        String type = thrown.getExceptionClassName();
        return String.format(
            Locale.ROOT,
            "%s throws %s: %s",
            expression,
            type.substring(type.lastIndexOf('.') + 1),
            thrown.getMessage());
      }
    }
    return unknownName(expression)
        .orElseGet(
            () ->
                String.format(Locale.ROOT, "'%s' is not Java: %s", expression, diagnosis(snippet)));
  }

  private Optional<String> unknownName(String expression) {
    if (!expression.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*")) {
      return Optional.empty();
    }
    List<String> known = variables().stream().map(KernelPort.Variable::name).toList();
    String hint = Names.nearest(expression, known).map(" Did you mean '%s'?"::formatted).orElse("");
    String names = known.isEmpty() ? "no variable yet" : String.join(" ", known);
    return Optional.of(
        String.format(Locale.ROOT, "'%s' is not defined. Known: %s.%s", expression, names, hint));
  }

  /** A snippet that does not compile is not run, so asking JShell again has no effect. */
  private String diagnosis(String snippet) {
    for (SnippetEvent event : shell.eval(snippet)) {
      Optional<String> message =
          shell
              .diagnostics(event.snippet())
              .map(d -> d.getMessage(Locale.ROOT).strip().lines().map(String::strip).toList())
              .map(lines -> String.join("; ", lines))
              .findFirst();
      if (message.isPresent()) {
        return message.get();
      }
    }
    return "it gives no value";
  }
}
