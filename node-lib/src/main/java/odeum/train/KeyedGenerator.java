package odeum.train;

import odeum.tensor.RandomKey;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/** The numbers of a key, one after the other, for Apache Commons Math. */
final class KeyedGenerator extends AbstractRandomGenerator {
  private RandomKey key;
  private long count;

  KeyedGenerator(RandomKey key) {
    this.key = key;
  }

  @Override
  public void setSeed(long seed) {
    clear();
    key = RandomKey.of(seed);
    count = 0;
  }

  @Override
  public double nextDouble() {
    return key.uniform(count++);
  }

  @Override
  public double nextGaussian() {
    return key.normal(count++);
  }
}
