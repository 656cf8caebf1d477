package odeum.compile;

import java.util.List;
import java.util.Optional;
import odeum.graph.ImplicitFunction;
import odeum.tensor.Shape;

/** One evaluation of an implicit function inside a program. Its arrays are the program's own. */
@SuppressWarnings("ArrayRecordComponent")
record ImplicitCall(Site site, double[] memory, Object[] records) implements ImplicitFunction.Call {

  /** Where in a program an implicit function stands. */
  record Site(
      Place[] operands,
      int[] origins,
      Shape[] shapes,
      Place result,
      int slot,
      boolean recordIsRead) {
    boolean isFramed() {
      boolean framed = result.framed();
      for (Place operand : operands) {
        framed |= operand.framed();
      }
      return framed;
    }
  }

  /** Evaluates with operands from run and frame, copied together: a call has one memory. */
  static void gathered(
      Site site, ImplicitFunction function, double[] m, double[] f, Object[] records) {
    Place[] operands = new Place[site.operands.length];
    int size = 0;
    for (int i = 0; i < operands.length; i++) {
      operands[i] = new Place(size, false);
      size += site.shapes[i].size();
    }
    Place result = new Place(size, false);
    int count = function.shape(List.of(site.shapes)).size();
    double[] memory = new double[size + count];
    for (int i = 0; i < operands.length; i++) {
      Place from = site.operands[i];
      System.arraycopy(from.in(m, f), from.at(), memory, operands[i].at(), site.shapes[i].size());
    }
    Site copied =
        new Site(operands, site.origins, site.shapes, result, site.slot, site.recordIsRead);
    function.evaluate(new ImplicitCall(copied, memory, records));
    System.arraycopy(memory, size, site.result.in(m, f), site.result.at(), count);
  }

  @Override
  public int operand(int i) {
    return site.operands[i].at();
  }

  @Override
  public Shape shape(int i) {
    return site.shapes[i];
  }

  @Override
  public int result() {
    return site.result.at();
  }

  @Override
  public Object recordOf(int i) {
    return records[site.origins[i]];
  }

  @Override
  public boolean recordIsRead() {
    return site.recordIsRead;
  }

  @Override
  public Optional<Object> previousRecord() {
    return Optional.ofNullable(records[site.slot]);
  }

  @Override
  public void record(Object record) {
    records[site.slot] = record;
  }
}
