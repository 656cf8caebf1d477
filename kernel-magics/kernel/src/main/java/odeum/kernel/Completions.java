package odeum.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import odeum.magics.CellHelp;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;

/** What may stand at the cursor: magics and their words, equations, or Java. */
final class Completions {
  private static final int MOST = 500;

  private final JShell shell;
  private final Optional<CellHelp> magics;
  private final List<String> others;

  /**
   * Completions.
   *
   * @param others magics of the kernel itself, with their percent signs
   */
  Completions(JShell shell, Optional<CellHelp> magics, List<String> others) {
    this.shell = shell;
    this.magics = magics;
    this.others = List.copyOf(others);
  }

  ReplacementOptions at(String code, int at) {
    return body(code, at)
        .or(() -> MagicLine.at(code, at).map(line -> magic(line, at)))
        .orElseGet(() -> java(code, at));
  }

  private Optional<ReplacementOptions> body(String code, int at) {
    return code.startsWith("%%") && code.lastIndexOf('\n', at - 1) >= 0
        ? magics
            .flatMap(known -> known.completeBody(code, at))
            .map(found -> new ReplacementOptions(found.options(), found.start(), at))
        : Optional.empty();
  }

  private ReplacementOptions magic(MagicLine line, int at) {
    Optional<ReplacementOptions> found = line.complete(magics);
    String typed = line.text().substring(0, line.cursor());
    if (typed.indexOf(' ') >= 0) {
      return found.orElse(new ReplacementOptions(List.of(), at, at));
    }
    List<String> all = new ArrayList<>();
    found.ifPresent(options -> all.addAll(options.getReplacements()));
    others.stream().filter(name -> name.startsWith(typed) && !all.contains(name)).forEach(all::add);
    return new ReplacementOptions(all, line.start(), at);
  }

  private ReplacementOptions java(String code, int at) {
    int[] start = new int[1];
    List<Suggestion> found = shell.sourceCodeAnalysis().completionSuggestions(code, at, start);
    String typed = code.substring(Math.clamp(start[0], 0, at), at);
    boolean open = typed.isEmpty() && (start[0] == 0 || code.charAt(start[0] - 1) != '.');
    List<String> fitting = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (Suggestion one : found) {
      String text = one.continuation();
      // Where nothing was typed, every class there is would fit; JShell's own names never do.
      boolean noise = text.startsWith("$") && !typed.startsWith("$") || open && !isOwn(text);
      if (one.matchesType() && !noise) {
        fitting.add(text);
      } else if (!noise) {
        rest.add(text);
      }
    }
    fitting.addAll(rest);
    return new ReplacementOptions(fitting.stream().distinct().limit(MOST).toList(), start[0], at);
  }

  private boolean isOwn(String text) {
    String name = text.replaceFirst("[(<].*", "");
    return Stream.of(
            shell.variables().map(VarSnippet::name),
            shell.methods().map(MethodSnippet::name),
            shell.types().map(TypeDeclSnippet::name))
        .flatMap(names -> names)
        .anyMatch(name::equals);
  }

  /** {@return the answer, with positions in characters as Jupyter counts them, and kinds} */
  CompleteReply reply(String code, int cursor) {
    int at = position(code, cursor);
    ReplacementOptions found = at(code, at);
    int start = code.codePointCount(0, found.getSourceStart());
    int end = code.codePointCount(0, found.getSourceEnd());
    boolean ofMagic = code.startsWith("%%") || MagicLine.at(code, at).isPresent();
    List<Map<String, Object>> kinds = new ArrayList<>();
    for (String text : found.getReplacements()) {
      Map<String, Object> kind = new LinkedHashMap<>();
      kind.put("text", text);
      kind.put("type", ofMagic ? ofMagic(text) : ofJava(text));
      kind.put("start", start);
      kind.put("end", end);
      kinds.add(kind);
    }
    return new CompleteReply(
        found.getReplacements(), start, end, Map.of("_jupyter_types_experimental", kinds));
  }

  /** {@return the position in Java's count; characters beyond 16 bits count twice there} */
  static int position(String code, int cursor) {
    int most = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.clamp(cursor, 0, most));
  }

  private static String ofMagic(String text) {
    return text.startsWith("%") ? "magic" : text.startsWith("-") ? "keyword" : "instance";
  }

  private String ofJava(String text) {
    if (text.indexOf('(') >= 0) {
      return "function";
    }
    if (shell.variables().anyMatch(variable -> variable.name().equals(text))) {
      return "instance";
    }
    boolean type = !text.isEmpty() && Character.isUpperCase(text.charAt(0));
    return type ? "class" : text.endsWith(".") ? "module" : "property";
  }
}
