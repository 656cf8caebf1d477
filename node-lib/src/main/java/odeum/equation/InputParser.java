package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Definition.Input;

/** Reads {@code input u = {series}, v = {other}}. */
final class InputParser {
  private static final String EXAMPLE = "input u = {series}";

  private final Cursor cursor;

  InputParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the inputs whose line begins here, behind the word {@code input}} */
  List<Input> parse() {
    List<Input> inputs = new ArrayList<>();
    do {
      Token name = SystemParser.leftName(cursor, EXAMPLE);
      inputs.add(input(name));
      SystemParser.refuseMissingComma(cursor);
    } while (cursor.accept(","));
    SystemParser.end(cursor);
    return inputs;
  }

  private Input input(Token name) {
    Token token = cursor.peek();
    if (token.isEnd() || token.isStub()) {
      throw cursor.error(
          token.isEnd() ? cursor.whole() : token.place(),
          "%s is not written yet. Write it as: %s".formatted(name.text(), EXAMPLE));
    }
    if (!token.is("{")) {
      throw cursor.error(
          token,
          token.isName() && cursor.peek(1).isEnd()
              ? "An input is a Java expression in braces: input %s = {%s}"
                  .formatted(name.text(), token.text())
              : "An input is a series from Java, in braces: %s. A formula of t is a let: let %s = …"
                  .formatted(EXAMPLE, name.text()));
    }
    Braces braces = Braces.parse(cursor, "Write a series, as in: " + EXAMPLE);
    return new Input(name.text(), name.place(), braces.code(), braces.place());
  }
}
