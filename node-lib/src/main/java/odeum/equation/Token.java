package odeum.equation;

/**
 * One word of a line.
 *
 * @param kind what it is
 * @param text as written, in normal form: names composed, minus and times signs as in ASCII
 * @param value of a number
 * @param place where it stands
 */
record Token(Kind kind, String text, double value, Place place) {
  enum Kind {
    NUMBER,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** {@return whether this is a prime that stands apart, as behind a bracket} */
  boolean isPrime() {
    return kind == Kind.SYMBOL && "'′’″".contains(text);
  }

  boolean isEnd() {
    return kind == Kind.END;
  }

  /** {@return whether an operand may begin here} */
  boolean startsOperand() {
    return kind == Kind.NUMBER || kind == Kind.NAME || is("(");
  }

  /** {@return whether this marks what a student has still to write} */
  boolean isStub() {
    return switch (kind) {
      case NAME -> text.matches("_+|TODO|YOUR_CODE_HERE|YOUR");
      case SYMBOL -> text.equals("..") || text.equals(".") || text.equals("…") || text.equals("?");
      case NUMBER, END -> false;
    };
  }
}
