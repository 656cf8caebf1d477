package odeum.adjoint;

import java.util.List;
import odeum.tensor.Shape;

/** What a solve with events is asked for. */
sealed interface Wanted {
  /** The states at given times, shape {@code (times, state)}. */
  record States() implements Wanted {
    @Override
    public Shape shape(List<Shape> operands) {
      return operands.get(Setting.INITIAL).prepend(operands.get(Setting.TIMES).size());
    }

    @Override
    public boolean counts(int event) {
      return false;
    }

    @Override
    public int most() {
      return -1;
    }
  }

  /**
   * Time and state where an event happens for the n-th time, shape {@code (1 + state)}.
   *
   * @param event which one
   */
  record Occurrence(int event, int most) implements Wanted {
    @Override
    public Shape shape(List<Shape> operands) {
      return Shape.of(1 + operands.get(Setting.INITIAL).size());
    }

    @Override
    public boolean counts(int other) {
      return other == event;
    }
  }

  /** The times of the first events, whichever they are, shape {@code (most)}. */
  record EventTimes(int most) implements Wanted {
    @Override
    public Shape shape(List<Shape> operands) {
      return Shape.of(most);
    }

    @Override
    public boolean counts(int event) {
      return true;
    }
  }

  /** The shape of the result. */
  Shape shape(List<Shape> operands);

  /** Whether an event is one that is waited for. */
  boolean counts(int event);

  /** After how many of them the solve ends. */
  int most();
}
