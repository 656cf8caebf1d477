package odeum.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Names and shapes of the parts of one flat vector. A part's name may have dots: {@code "net.bias"}
 * belongs to the part {@code "net"}, whose members always lie side by side.
 */
public final class Structure {
  /** No parts at all. */
  public static final Structure EMPTY = new Structure(List.of());

  /**
   * One named part.
   *
   * @param name dotted name
   * @param shape the part's shape
   * @param offset where it starts in the flat vector
   */
  public record Part(String name, Shape shape, int offset) {}

  private final List<Part> parts;
  private final Map<String, Part> byName;
  private final int size;

  private Structure(List<Part> parts) {
    this.parts = List.copyOf(parts);
    Map<String, Part> index = new LinkedHashMap<>();
    int end = 0;
    for (Part part : parts) {
      if (index.put(part.name(), part) != null) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Two parts are named '%s'.", part.name()));
      }
      end = part.offset() + part.shape().size();
    }
    this.byName = Collections.unmodifiableMap(index);
    this.size = end;
  }

  /** {@return a structure of numbers with these names} */
  public static Structure ofNumbers(List<String> names) {
    Structure structure = EMPTY;
    for (String name : names) {
      structure = structure.and(name, Shape.of());
    }
    return structure;
  }

  /** {@return the structure of these names and shapes, in their order} */
  public static Structure of(SequencedMap<String, Shape> shapes) {
    List<Part> parts = new ArrayList<>(shapes.size());
    int end = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      parts.add(new Part(entry.getKey(), entry.getValue(), end));
      end = Math.addExact(end, entry.getValue().size());
    }
    return new Structure(parts);
  }

  /** {@return this structure with one more part at the end} */
  public Structure and(String name, Shape shape) {
    List<Part> longer = new ArrayList<>(parts);
    longer.add(new Part(name, shape, size));
    return new Structure(longer);
  }

  /** {@return this structure with another one's parts at the end, as members of {@code name}} */
  public Structure and(String name, Structure members) {
    Structure result = this;
    for (Part part : members.parts) {
      result = result.and(part.name().isEmpty() ? name : name + "." + part.name(), part.shape());
    }
    return result;
  }

  /** {@return the parts in their order} */
  public List<Part> parts() {
    return parts;
  }

  /** {@return the names of the parts in their order} */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** {@return the part of this name, if there is one} */
  public Optional<Part> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** {@return whether there is a part of this name, or a member of it} */
  public boolean has(String name) {
    return byName.keySet().stream().anyMatch(n -> n.equals(name) || n.startsWith(name + "."));
  }

  /** {@return the part of this name} */
  public Part part(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "There is no '%s'. Known: %s.",
                        name,
                        String.join(" ", names()))));
  }

  /** {@return the members of a part, named without its prefix; offsets start at zero} */
  public Structure members(String name) {
    Structure result = EMPTY;
    for (Part part : parts) {
      if (part.name().equals(name)) {
        result = result.and("", part.shape());
      } else if (part.name().startsWith(name + ".")) {
        result = result.and(part.name().substring(name.length() + 1), part.shape());
      }
    }
    if (result.parts.isEmpty()) {
      part(name);
    }
    return result;
  }

  /** {@return where a part, or the first of its members, starts in the flat vector} */
  public int offset(String name) {
    for (Part part : parts) {
      if (part.name().equals(name) || part.name().startsWith(name + ".")) {
        return part.offset();
      }
    }
    return part(name).offset();
  }

  /** {@return how many numbers there are in all} */
  public int size() {
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Structure that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(text.isEmpty() ? "" : ", ").append(part.name()).append(part.shape());
    }
    return text.toString();
  }
}
