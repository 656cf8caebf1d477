package odeum.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import odeum.tensor.Structure;

/** Names that share what stands before their first dot. In a structure they lie side by side. */
final class Families {
  private Families() {}

  private static String family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Refuses a name that is there already, or would continue a family that others follow. */
  static void requireNew(Structure structure, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A parameter needs a name.");
    }
    List<Structure.Part> parts = structure.parts();
    String family = family(name);
    boolean continues = !parts.isEmpty() && family(parts.getLast().name()).equals(family);
    for (Structure.Part part : parts) {
      String known = part.name();
      if (known.equals(name) || (!continues && family(known).equals(family))) {
        throw new IllegalArgumentException(
            "There is a parameter '%s' already, '%s' cannot be added here. Name members of one part one after the other."
                .formatted(known, name));
      }
    }
  }

  /**
   * {@return the names, those of one family next to each other on every level, otherwise in their
   * order} Other programs sort by type of number first, which may separate them.
   */
  static List<String> sideBySide(List<String> names) {
    Map<String, List<String>> families = new LinkedHashMap<>();
    for (String name : names) {
      families.computeIfAbsent(family(name), _ -> new ArrayList<>()).add(name);
    }
    List<String> sorted = new ArrayList<>();
    families.forEach((family, members) -> sorted.addAll(members(family, members)));
    return sorted;
  }

  private static List<String> members(String family, List<String> names) {
    if (names.size() == 1) {
      return names;
    }
    List<String> sorted = new ArrayList<>();
    List<String> rests = new ArrayList<>();
    for (String name : names) {
      if (name.equals(family)) {
        sorted.add(name);
      } else {
        rests.add(name.substring(family.length() + 1));
      }
    }
    sideBySide(rests).forEach(rest -> sorted.add(family + "." + rest));
    return sorted;
  }
}
