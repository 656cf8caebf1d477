package odeum.term;

import java.util.List;
import odeum.autodiff.CompressedJacobian;
import odeum.autodiff.MatrixLayout;
import odeum.autodiff.SparsityPattern;
import odeum.compile.Program;
import odeum.graph.Graph;

/**
 * The derivatives of a traced field made executable. Immutable.
 *
 * @param program inputs t, y, p; outputs df/dy compressed, and df/dt if it is not zero
 * @param layout where df/dy goes
 * @param from for each entry, its place in the first output
 * @param to for each entry, its place in the layout
 */
record FieldJacobian(
    Program program, MatrixLayout layout, boolean autonomous, int[] from, int[] to) {
  static FieldJacobian of(Graph field) {
    CompressedJacobian byState = CompressedJacobian.of(field, 0, 1);
    CompressedJacobian byTime = CompressedJacobian.of(field, 0, 0);
    boolean autonomous = byTime.pattern().count() == 0;
    Graph both =
        Graph.trace(
            field.inputs(),
            in ->
                autonomous
                    ? byState.graph().inline(in)
                    : List.of(
                        byState.graph().inline(in).getFirst(),
                        byTime.graph().inline(in).getFirst()));
    MatrixLayout layout = byState.pattern().layout();
    int[] from = new int[byState.pattern().count()];
    int[] to = new int[from.length];
    fill(byState, layout, from, to);
    return new FieldJacobian(Program.of(both, List.of(2)), layout, autonomous, from, to);
  }

  private static void fill(CompressedJacobian jacobian, MatrixLayout layout, int[] from, int[] to) {
    SparsityPattern pattern = jacobian.pattern();
    int entry = 0;
    for (int row = 0; row < pattern.rows(); row++) {
      for (int column : pattern.row(row)) {
        from[entry] = jacobian.index(row, column);
        to[entry++] = layout.index(row, column);
      }
    }
  }
}
