package odeum.train;

import java.util.Iterator;
import java.util.NoSuchElementException;
import odeum.tensor.RandomKey;

/** Batches drawn from one random order of the samples after the other. */
final class Draws implements Iterator<Batch> {
  private final Dataset data;
  private final int batchSize;
  private final RandomKey key;
  private int left;
  private int passes;
  private int batches;
  private int at;
  private int[] order = new int[0];

  Draws(Dataset data, int batchSize, int count, RandomKey key) {
    this.data = data;
    this.batchSize = batchSize;
    this.left = count;
    this.key = key;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Batch next() {
    if (left-- <= 0) {
      throw new NoSuchElementException();
    }
    int[] positions = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      if (at == order.length) {
        order = data.shuffled(key.fold(passes++));
        at = 0;
      }
      positions[i] = order[at++];
    }
    Draw draw = new Draw(key.fold(-1), Math.max(0, passes - 1));
    return new Batch(data, positions, draw.batch(batches++));
  }
}
