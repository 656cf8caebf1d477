package odeum.plot;

/** The attributes of an SVG element, escaped and in the order given. */
record Attributes(String text) {
  static final Attributes NONE = new Attributes("");

  static Attributes of(String name, Object value) {
    return NONE.and(name, value);
  }

  /** {@return these attributes with one more, or the same when {@code value} is null} */
  Attributes and(String name, Object value) {
    if (value == null) {
      return this;
    }
    String shown = value instanceof Double number ? SvgDocument.number(number) : value.toString();
    return new Attributes(text + " " + name + "=\"" + SvgDocument.escape(shown) + "\"");
  }
}
