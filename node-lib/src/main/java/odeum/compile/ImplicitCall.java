package odeum.compile;

import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** One evaluation of an implicit function inside a program. Its arrays are the program's own. */
@SuppressWarnings("ArrayRecordComponent")
record ImplicitCall(
    double[] memory,
    Object[] records,
    int[] offsets,
    int[] origins,
    Shape[] shapes,
    int result,
    int slot)
    implements ImplicitFunction.Call {

  @Override
  public int operand(int i) {
    return offsets[i];
  }

  @Override
  public Shape shape(int i) {
    return shapes[i];
  }

  @Override
  public Object recordOf(int i) {
    return records[origins[i]];
  }

  @Override
  public void record(Object record) {
    records[slot] = record;
  }
}
