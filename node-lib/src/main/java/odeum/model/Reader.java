package odeum.model;

import java.util.Optional;
import odeum.graph.Traced;
import odeum.nn.Cell;
import odeum.nn.Parameters;
import odeum.nn.Recurrence;
import odeum.tensor.RandomKey;

/**
 * Reads the rows of a series into a hidden state. Its parameters are {@code cell} and, if the state
 * follows an equation between the rows, {@code drift}.
 *
 * @param cell what happens at a row
 * @param drift what happens between rows; nothing if absent
 */
record Reader(Cell cell, Optional<Drift> drift) {
  static Reader of(Cell cell) {
    return new Reader(cell, Optional.empty());
  }

  Parameters initial(RandomKey key) {
    Parameters first = Parameters.of("cell", cell.initial(key.fold(0)));
    return drift.map(d -> first.and("drift", d.field().initial(key.fold(1)))).orElse(first);
  }

  Recurrence.States read(Traced p, Rows rows, boolean backwards) {
    Recurrence plain = Recurrence.of(cell);
    Recurrence moving =
        drift.map(d -> plain.withMove(d.rule(p.at("drift"), cell.states()))).orElse(plain);
    return (backwards ? moving.backwards() : moving)
        .apply(p.at("cell"), rows.inputs(cell.inputs()), rows.gaps(), rows.seen());
  }

  @Override
  public String toString() {
    return drift.map(d -> cell + " along " + d.field()).orElseGet(cell::toString);
  }
}
