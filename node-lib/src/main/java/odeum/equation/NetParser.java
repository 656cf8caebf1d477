package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Definition.Net;
import odeum.nn.Activation;
import odeum.nn.Mlp;
import odeum.tensor.Names;

/** Reads {@code net f = mlp(2, 16, 1, tanh), g = {layer}}. */
final class NetParser {
  private static final String MLP = "mlp(2, 16, 1, tanh)";
  private static final String EXAMPLE = "net f = " + MLP;
  private static final long MOST_PARAMETERS = 1_000_000;

  private final Cursor cursor;

  NetParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the networks whose line begins here, behind the word {@code net}} */
  List<Net> parse() {
    List<Net> nets = new ArrayList<>();
    do {
      Token name = SystemParser.leftName(cursor, EXAMPLE);
      nets.add(design(name));
    } while (cursor.accept(","));
    SystemParser.end(cursor);
    return nets;
  }

  private Net design(Token name) {
    Token token = cursor.peek();
    if (token.isEnd() || token.isStub()) {
      String stub = token.is("..") ? "..." : token.text();
      throw cursor.error(
          token.isEnd() ? cursor.whole() : token.place(),
          "%s is not written yet. %s"
              .formatted(
                  name.text(),
                  token.isEnd()
                      ? "Write it after the '=', as in: " + EXAMPLE
                      : "Put it where '%s' stands, as in: %s".formatted(stub, EXAMPLE)));
    }
    if (token.is("{")) {
      return java(name);
    }
    if (token.isName("mlp") && !cursor.peek(1).is("(")) {
      throw cursor.error(token, "The sizes stand behind mlp, in parentheses: " + MLP);
    }
    if (!token.isName("mlp")) {
      throw cursor.error(
          token,
          "A net is %s or a Java layer in braces: {layer}. Got '%s'.%s"
              .formatted(
                  MLP,
                  token.text(),
                  token.isName()
                      ? Names.nearest(token.text(), List.of("mlp"))
                          .map(" Did you mean '%s'?"::formatted)
                          .orElse("")
                      : ""));
    }
    return perceptron(name);
  }

  private Net java(Token name) {
    Braces braces = Braces.parse(cursor, "Write a Java layer, as in: net f = {layer}");
    return new Net.Java(name.text(), name.place(), braces.code(), braces.place());
  }

  private Net perceptron(Token name) {
    int start = cursor.position();
    cursor.next();
    Token opening = cursor.next();
    List<Integer> sizes = new ArrayList<>();
    List<Activation> activations = new ArrayList<>();
    if (!cursor.peek().is(")")) {
      do {
        argument(sizes, activations);
      } while (cursor.accept(","));
    }
    if (cursor.peek().isEnd()) {
      throw cursor.error(opening, "This '(' is never closed.");
    }
    if (!cursor.accept(")")) {
      throw Unexpected.after(cursor, "')'");
    }
    Place place = cursor.placeFrom(start);
    if (sizes.size() < 2) {
      throw cursor.error(
          place,
          "A net has two sizes or more: its inputs, layers between, its outputs, as in: " + MLP);
    }
    requireSmall(sizes, place);
    return new Net.Perceptron(name.text(), name.place(), mlp(sizes, activations));
  }

  private void argument(List<Integer> sizes, List<Activation> activations) {
    Token token = cursor.peek();
    if (token.isName()) {
      activations.add(activation(token, activations.size()));
    } else {
      sizes.add(size(token, activations));
    }
    cursor.next();
    if (!cursor.peek().is(",") && !cursor.peek().is(")") && !cursor.peek().isEnd()) {
      throw token.isName()
          ? Unexpected.after(cursor, "')'")
          : cursor.error(token.place().to(cursor.peek().place()), wholeNumbers());
    }
  }

  private int size(Token token, List<Activation> activations) {
    if (token.isEnd()) {
      throw cursor.error(
          cursor.last(), "Something is missing after '%s'.".formatted(cursor.last().text()));
    }
    if (token.kind() != Token.Kind.NUMBER) {
      throw token.is("-") ? cursor.error(token, wholeNumbers()) : Unexpected.operand(cursor);
    }
    if (!activations.isEmpty()) {
      throw cursor.error(token, "The sizes of a net come before its activation, as in: " + MLP);
    }
    if (token.value() != Math.rint(token.value())
        || token.value() < 1
        || token.value() > MOST_PARAMETERS) {
      throw cursor.error(token, wholeNumbers());
    }
    return (int) token.value();
  }

  private static String wholeNumbers() {
    return "The sizes of a net are whole numbers from 1 to %s, as in: %s"
        .formatted(MOST_PARAMETERS, MLP);
  }

  private Activation activation(Token token, int before) {
    if (before == 2) {
      throw cursor.error(
          token,
          "A net has one activation between its layers, and may have one more after the last layer.");
    }
    try {
      return Activation.named(token.text());
    } catch (IllegalArgumentException e) {
      boolean amongSizes = cursor.peek(1).is(",") && cursor.peek(2).kind() == Token.Kind.NUMBER;
      throw cursor.error(token, amongSizes ? wholeNumbers() : e.getMessage());
    }
  }

  private void requireSmall(List<Integer> sizes, Place place) {
    double count = 0;
    for (int i = 1; i < sizes.size(); i++) {
      count += sizes.get(i) * (sizes.get(i - 1) + 1.0);
    }
    if (count > MOST_PARAMETERS) {
      throw cursor.error(
          place,
          "This net has more than %s parameters. Make its layers smaller."
              .formatted(MOST_PARAMETERS));
    }
  }

  private static Mlp mlp(List<Integer> sizes, List<Activation> activations) {
    Activation between = activations.isEmpty() ? Activation.TANH : activations.getFirst();
    Mlp mlp = Mlp.of(between, sizes.stream().mapToInt(Integer::intValue).toArray());
    return activations.size() == 2 ? mlp.withLast(activations.get(1)) : mlp;
  }
}
