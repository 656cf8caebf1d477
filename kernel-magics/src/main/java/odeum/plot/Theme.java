package odeum.plot;

/** The ground that a figure is made for. */
public enum Theme {
  /** No ground of its own, and greys that read on white and on black: what figures have. */
  AUTO("rgba(0,0,0,0)", Palette.TEXT, Palette.AXIS, Palette.GRID, Palette.ZERO, "#9c9c9c"),

  /** Dark ink on white, for print and slides. */
  LIGHT(
      "#ffffff",
      "#333333",
      "#6b6b6b",
      "rgba(128,128,128,0.25)",
      "rgba(128,128,128,0.6)",
      "#cfcfcf"),

  /** Light ink on a dark ground. */
  DARK(
      "#111111",
      "#d8d8d8",
      "#9c9c9c",
      "rgba(128,128,128,0.35)",
      "rgba(160,160,160,0.6)",
      "#4c4c4c");

  private final String ground;
  private final String text;
  private final String axis;
  private final String grid;
  private final String zero;
  private final String solidGrid;

  Theme(String ground, String text, String axis, String grid, String zero, String solidGrid) {
    this.ground = ground;
    this.text = text;
    this.axis = axis;
    this.grid = grid;
    this.zero = zero;
    this.solidGrid = solidGrid;
  }

  String ground() {
    return ground;
  }

  String text() {
    return text;
  }

  String axis() {
    return axis;
  }

  String grid() {
    return grid;
  }

  String zero() {
    return zero;
  }

  /** {@return the grid of pictures in space, which WebGL draws without opacity} */
  String solidGrid() {
    return solidGrid;
  }
}
