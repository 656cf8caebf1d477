package odeum.graph;

import java.util.Locale;
import odeum.tensor.Structure;

/**
 * Named parts of one traced vector: parameters, or the fields of a sample.
 *
 * @param structure names, shapes and places
 * @param flat the whole vector, shape {@code (structure.size())}
 */
public record Traced(Structure structure, Tracer flat) {
  public Traced {
    if (flat.shape().size() != structure.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The structure holds %d values, the vector %s.",
              structure.size(),
              flat.shape()));
    }
  }

  /** {@return the part of this name, in its shape} */
  public Tracer get(String name) {
    Structure.Part part = structure.part(name);
    int end = part.offset() + part.shape().size();
    return flat.slice(0, part.offset(), end).reshape(part.shape());
  }

  /** {@return the members of a part} */
  public Traced at(String name) {
    Structure members = structure.members(name);
    int offset = structure.offset(name);
    return new Traced(members, flat.slice(0, offset, offset + members.size()));
  }

  /** {@return the members of a part, or none if there is no such part} */
  public Traced atIfPresent(String name) {
    return structure.has(name) ? at(name) : new Traced(Structure.EMPTY, flat.slice(0, 0, 0));
  }
}
