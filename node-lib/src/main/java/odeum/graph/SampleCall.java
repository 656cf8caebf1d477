package odeum.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import odeum.tensor.Shape;

/** The call of one sample of a batch, in memory of its own. */
final class SampleCall implements ImplicitFunction.Call {
  private final List<Shape> shapes;
  private final int[] offsets;
  private final int result;
  private final double[] memory;
  private final Object[] records;
  private final boolean recordIsRead;
  private Optional<Object> previous = Optional.empty();
  private Object left;

  SampleCall(List<Shape> shapes, int resultSize, boolean recordIsRead) {
    this.shapes = shapes;
    this.recordIsRead = recordIsRead;
    this.offsets = new int[shapes.size()];
    int end = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = end;
      end += shapes.get(i).size();
    }
    this.result = end;
    this.memory = new double[end + resultSize];
    this.records = new Object[offsets.length];
  }

  /** Calls the function for the operands set before. Gives its record, or null. */
  Object evaluate(ImplicitFunction function, Optional<Object> previousRecord) {
    previous = previousRecord;
    left = null;
    function.evaluate(this);
    return left;
  }

  void recordOf(int i, Object record) {
    records[i] = record;
  }

  double[] resultValues() {
    return Arrays.copyOfRange(memory, result, memory.length);
  }

  @Override
  public double[] memory() {
    return memory;
  }

  @Override
  public int operand(int i) {
    return offsets[i];
  }

  @Override
  public Shape shape(int i) {
    return shapes.get(i);
  }

  @Override
  public int result() {
    return result;
  }

  @Override
  public Object recordOf(int i) {
    return records[i];
  }

  @Override
  public boolean recordIsRead() {
    return recordIsRead;
  }

  @Override
  public Optional<Object> previousRecord() {
    return previous;
  }

  @Override
  public void record(Object record) {
    left = record;
  }
}
