package odeum.train;

import odeum.tensor.RandomKey;

/**
 * What decides the drawn fields of a batch.
 *
 * @param key of this batch
 * @param epoch counted from 0
 */
record Draw(RandomKey key, int epoch) {
  /** Outside any epoch. */
  static final Draw FIXED = new Draw(RandomKey.of(0), Integer.MAX_VALUE);

  /** {@return the draw of the batch of this number} */
  Draw batch(int number) {
    return new Draw(key.fold(number), epoch);
  }
}
