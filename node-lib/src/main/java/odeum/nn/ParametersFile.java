package odeum.nn;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import odeum.file.Safetensors;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/** Parameters on disk: a safetensors file with a tensor per parameter. */
final class ParametersFile {
  private static final int MOST_DOTS = 32;

  private ParametersFile() {}

  static void save(Parameters parameters, Path file) {
    Safetensors.EMPTY.with("", parameters.structure(), parameters.flat()).write(file);
  }

  static Parameters load(Path file) {
    return Safetensors.read(
        file,
        content -> {
          SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
          for (String name : Families.sideBySide(checked(content.tensors().keySet()))) {
            shapes.put(name, content.tensor(name).shape());
          }
          Structure structure = Structure.of(shapes);
          return Parameters.of(structure, content.flat("", structure));
        });
  }

  private static List<String> checked(Collection<String> names) {
    for (String name : names) {
      if (name.isEmpty() || name.chars().filter(c -> c == '.').count() > MOST_DOTS) {
        throw new IllegalArgumentException("'%s' is no name for a parameter".formatted(name));
      }
    }
    return List.copyOf(names);
  }

  static Parameters load(Path file, Structure structure) {
    return Safetensors.read(
        file,
        content -> {
          requireNames(content.tensors(), structure);
          return Parameters.of(structure, content.flat("", structure));
        });
  }

  private static void requireNames(Map<String, Tensor> tensors, Structure structure) {
    List<String> surplus =
        tensors.keySet().stream().filter(name -> structure.find(name).isEmpty()).toList();
    List<String> missing =
        structure.names().stream().filter(name -> !tensors.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      String near =
          Names.nearest(missing.getFirst(), surplus)
              .map(" It has '%s': was that meant?"::formatted)
              .orElse("");
      throw new IllegalArgumentException(
          "it has no %s.%s Its names: %s."
              .formatted(shown(missing), near, shown(List.copyOf(tensors.keySet()))));
    }
    if (!surplus.isEmpty()) {
      throw new IllegalArgumentException(
          "it has %s besides what is needed. Load it without a structure and take what you need with at(...)."
              .formatted(shown(surplus)));
    }
  }

  private static String shown(List<String> names) {
    int most = 10;
    String text = String.join(" ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? "%s and %s more".formatted(text, names.size() - most) : text;
  }
}
