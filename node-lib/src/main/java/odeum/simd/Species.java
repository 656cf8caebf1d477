package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that are used: the machine's own, of at most {@link Machine#LEAST} doubles. */
final class Species {
  static final VectorSpecies<Double> DOUBLES =
      DoubleVector.SPECIES_PREFERRED.length() <= Machine.LEAST
          ? DoubleVector.SPECIES_PREFERRED
          : DoubleVector.SPECIES_512;

  private Species() {}
}
