package odeum.solver;

import java.util.function.Supplier;

/** A text that is made when it is first asked for. */
final class LazyText implements Supplier<String> {
  private Supplier<String> maker;
  private String text;

  private LazyText(Supplier<String> maker) {
    this.maker = maker;
  }

  static LazyText of(Supplier<String> maker) {
    return new LazyText(maker);
  }

  @Override
  public synchronized String get() {
    if (text == null) {
      text = maker.get();
      maker = null; // and what it holds
    }
    return text;
  }
}
