package odeum.nn;

import odeum.tensor.RandomKey;

/** A layer without parameters. */
interface Plain extends Layer {
  @Override
  default Parameters initial(RandomKey key) {
    return Parameters.EMPTY;
  }

  @Override
  default int parameterCount() {
    return 0;
  }
}
