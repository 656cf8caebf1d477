package odeum.solver;

import java.util.AbstractList;
import java.util.Objects;

/** The names y0, y1, ...: made only when somebody reads them, as a state may have many values. */
final class NumberedNames extends AbstractList<String> {
  private final int count;

  NumberedNames(int count) {
    this.count = count;
  }

  @Override
  public String get(int index) {
    return "y" + Objects.checkIndex(index, count);
  }

  @Override
  public int size() {
    return count;
  }
}
