package odeum.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A cell that reads the rows of a series one after the other, from a state of zeros. Between the
 * rows the state stays, or moves by a rule of its own, as an equation. Immutable.
 */
public final class Recurrence {
  private final Cell cell;
  private final Optional<BinaryOperator<Tracer>> move;
  private final boolean backwards;

  private Recurrence(Cell cell, Optional<BinaryOperator<Tracer>> move, boolean backwards) {
    this.cell = cell;
    this.move = move;
    this.backwards = backwards;
  }

  /** {@return the rows read by a cell, first to last} */
  public static Recurrence of(Cell cell) {
    return new Recurrence(cell, Optional.empty(), false);
  }

  /** {@return the same, last row to first} */
  public Recurrence backwards() {
    return new Recurrence(cell, move, true);
  }

  /**
   * {@return the same with a rule for the state between two rows}
   *
   * @param rule from a state, shape {@code (states)}, and the time until the next row, shape {@code
   *     ()}, to the state then; backwards that time is negative
   */
  public Recurrence withMove(BinaryOperator<Tracer> rule) {
    return new Recurrence(cell, Optional.of(rule), backwards);
  }

  /**
   * The states beside each row, in the order of the rows.
   *
   * @param before what the cell found
   * @param after what the cell left
   * @param last the state when all rows are read
   */
  public record States(List<Tracer> before, List<Tracer> after, Tracer last) {
    public States {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * {@return the states beside each row}
   *
   * @param p the parameters of the cell
   * @param inputs what is observed, shape {@code (rows, inputs)}
   * @param gaps the time since the row before, shape {@code (rows)}; the first does not count
   * @param seen 1 where there is an observation, shape {@code (rows)}; else the state just goes on
   */
  public States apply(Traced p, Tracer inputs, Tracer gaps, Optional<Tracer> seen) {
    int rows = inputs.shape().extent(0);
    Tracer[] before = new Tracer[rows];
    Tracer[] after = new Tracer[rows];
    Tracer h = inputs.constant(Tensor.full(Shape.of(cell.states()), 0));
    for (int n = 0; n < rows; n++) {
      int row = backwards ? rows - 1 - n : n;
      if (n > 0 && move.isPresent()) {
        Tracer gap = backwards ? gaps.get(row + 1).unaryMinus() : gaps.get(row);
        h = move.get().apply(h, gap);
      }
      before[row] = h;
      Tracer next = cell.apply(p, inputs.get(row), h);
      h = seen.isPresent() ? Tracer.where(seen.get().get(row), next, h) : next;
      after[row] = h;
    }
    return new States(Arrays.asList(before), Arrays.asList(after), h);
  }
}
