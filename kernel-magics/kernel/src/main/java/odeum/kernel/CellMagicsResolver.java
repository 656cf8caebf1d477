package odeum.kernel;

import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsResolver;

/** Finds magics in code, but not in its strings, text blocks and comments, as JJava does. */
final class CellMagicsResolver extends MagicsResolver {
  private static final Pattern LINE = Pattern.compile("[ \\t]*%\\w[^\\n]*");
  private static final Pattern ASSIGNED = Pattern.compile("=\\s*%\\w[^\\n]*");
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"\"\"(?:[^\\\\\"]|\\\\.|\"(?!\"\"))*\"\"\""
              + "|\"(?:[^\\\\\"\\n]|\\\\.)*\""
              + "|'(?:[^\\\\'\\n]|\\\\.)*'"
              + "|//[^\\n]*"
              + "|/\\*(?:[^*]|\\*(?!/))*+\\*/",
          Pattern.DOTALL);
  // Of the private use area: no cell has it.
  private static final char NO_MAGIC = '\uE5F0';

  CellMagicsResolver(MagicTranspiler transpiler) {
    super("(?<=(?:^|=))\\s*%", "%%", transpiler);
  }

  @Override
  public String resolve(String code) {
    return code.startsWith("%%")
        ? super.resolve(code)
        : super.resolve(masked(code)).replace(NO_MAGIC, '%');
  }

  /** The code with other signs in place of the percent signs that begin no magic. */
  private static String masked(String code) {
    StringBuilder text = new StringBuilder();
    var line = LINE.matcher(code);
    var assigned = ASSIGNED.matcher(code);
    var quoted = QUOTED.matcher(code);
    int at = 0;
    while (at < code.length()) {
      boolean begins = at == 0 || code.charAt(at - 1) == '\n';
      int end = at + 1;
      if (begins && line.region(at, code.length()).lookingAt()) {
        end = line.end();
        text.append(code, at, end);
      } else if (code.charAt(at) == '=' && assigned.region(at, code.length()).lookingAt()) {
        end = assigned.end();
        text.append(code, at, end);
      } else if (quoted.region(at, code.length()).lookingAt()) {
        end = quoted.end();
        text.append(code.substring(at, end).replace('%', NO_MAGIC));
      } else {
        text.append(code.charAt(at));
      }
      at = end;
    }
    return text.toString();
  }
}
